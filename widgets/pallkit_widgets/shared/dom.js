// Building blocks for views. Text is always text: only `prose` takes HTML, and only
// fields that Python has sanitised (their names end in `html`).

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: h("p", { class: "x", onclick: f }, child, …). Empty children are left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Make an SVG element, in the same way. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Sanitised HTML from Python, in the language it is written in. */
export function prose(html, lang, attributes = {}) {
  const box = h("div", { ...attributes, class: `pk-prose ${attributes.class ?? ""}`.trim(), lang });
  box.innerHTML = html;
  return box;
}

/** A disclosure: a line to click, and what it opens. */
export function more(summary, ...children) {
  return h("details", { class: "pk-more" }, h("summary", {}, summary), ...children);
}

/** A table that is moved sideways where there is no room for it, with the keyboard too. */
export function sideways(label, table) {
  return h("div", { class: "pk-scroll", tabindex: "0", role: "group", "aria-label": label }, table);
}

// Every widget on a page loads this module anew, and so counts from 0.
const loaded = Math.random().toString(36).slice(2, 10);
let counter = 0;

/** An id no other element of the page has, for label, aria-describedby and the like. */
export function uid(name) {
  counter += 1;
  return `pk-${name}-${loaded}-${counter}`;
}

/** Put parameters into a text from Python: fill in «{number}». */
export function format(text, parameters) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => parameters[name] ?? whole);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) element.style.setProperty(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}
