// The link to Python: one message at a time goes out, a whole new `view` comes back.

import { h } from "./dom.js";

const PATIENCE = 15000; // milliseconds before we say that nobody answers
const STYLES = "pallkit-designsystemet";
const SUPPRESS = "data-lm-suppress-shortcuts";

/**
 * Keep `root` showing the model's view.
 *
 * `paint(view, link)` fills the root anew; `link.send(message)` asks Python for the next
 * view; `link.after(view)`, called when an answer to *this* page's message came, moves the
 * focus. Two pages may show one model: only the one that asked is moved.
 */
export function connect({ model, el, name, paint, after }) {
  const announcer = h("p", { class: "ds-sr-only", role: "status" });
  const trouble = h("div", { class: "ds-alert pk-trouble", role: "alert", "data-color": "danger", hidden: true });
  const body = h("div", { class: "pk-body" });
  const root = h(
    "section",
    { class: `pk-root ${name}`, onfocusin: keepKeys, onkeyup: keepKeys, onkeydown: onEnter },
    announcer,
    trouble,
    body,
  );
  let waiting = null;
  let replayed = false;
  const link = { root, body, send, announce };

  function send(message) {
    if (waiting !== null) return; // a double click is one decision
    waiting = setTimeout(giveUp, PATIENCE);
    root.setAttribute("aria-busy", "true");
    tellPage("pallkit:sent", message);
    model.send(message);
  }

  function giveUp() {
    settle();
    say(model.get("view").labels.no_answer);
  }

  function say(text) {
    trouble.textContent = text;
    trouble.hidden = false;
  }

  function settle() {
    clearTimeout(waiting);
    waiting = null;
    body.inert = false;
    root.removeAttribute("aria-busy");
  }

  function announce(text) {
    // The same words once more must be another text, or a screen reader leaves them unsaid.
    announcer.textContent = announcer.textContent === text ? `${text}\u00a0` : text;
  }

  function show() {
    const view = model.get("view");
    root.lang = view.ui_lang;
    root.setAttribute("aria-label", called(root, name, view.labels.widget));
    paint(view, link);
    if (view.bug) say(view.labels.bug);
  }

  function onView() {
    const asked = waiting !== null;
    settle();
    trouble.hidden = true;
    show();
    if (asked) after(model.get("view"), link);
    tellPage("pallkit:shown", { replayed });
    replayed = false;
  }

  // The page around may keep what was sent, and send it again to a new kernel.
  function tellPage(what, detail) {
    root.dispatchEvent(new CustomEvent(what, { bubbles: true, detail }));
  }

  function onReplay({ detail }) {
    replayed = true;
    body.inert = true; // what is pressed before it is all back would be lost
    send({ type: "replay", messages: detail });
  }

  function onMessage(message) {
    if (message?.type === "styles") addStyles(message.css);
  }

  model.on("change:view", onView);
  model.on("msg:custom", onMessage);
  window.addEventListener("keydown", letSave, true);
  // Our own pages change language around a widget; what the reader has done stays.
  root.addEventListener("pallkit:language", ({ detail }) => model.send({ type: "language", lang: detail }));
  root.addEventListener("pallkit:replay", onReplay);
  const themed = askForStyles(model, root);
  show();
  el.append(root);
  return () => {
    settle();
    themed?.disconnect();
    model.off("change:view", onView);
    model.off("msg:custom", onMessage);
    window.removeEventListener("keydown", letSave, true);
  };
}

// Two tools of one kind on a page are told from each other by a number.
function called(root, name, words) {
  const alike = [...document.querySelectorAll(`.pk-root.${name}`)];
  const before = alike.includes(root) ? alike.indexOf(root) : alike.length;
  return before > 0 ? `${words} ${before + 1}` : words;
}

/** Move the focus to `target` and bring it into sight. */
export function focusOn(target) {
  if (!target) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

// JupyterLab must not take «d d» typed in a field as «delete the cell», nor an arrow in a
// list of options as «the next cell». It looks for this mark on what has the focus.
function keepKeys(event) {
  event.target.setAttribute(SUPPRESS, "true");
}

// But Ctrl+S in a field of ours is to save the notebook, as anywhere else.
function letSave({ ctrlKey, metaKey, key, target }) {
  if ((ctrlKey || metaKey) && key.toLowerCase() === "s") target.removeAttribute?.(SUPPRESS);
}

// In JupyterLab Enter in a field of an output neither sends its form nor begins a new line.
function onEnter(event) {
  const { key, target, isComposing, ctrlKey, metaKey, altKey } = event;
  if (key !== "Enter" || isComposing || ctrlKey || metaKey || altKey) return;
  if (target.tagName === "INPUT") {
    event.preventDefault();
    target.form?.requestSubmit();
  } else if (target.tagName === "TEXTAREA") {
    event.preventDefault();
    document.execCommand("insertText", false, "\n"); // unlike a new value, it can be undone
  }
}

// Our pages link Designsystemet. A page that does not (JupyterLab) gets it from Python,
// once, kept inside our widgets by @scope: JupyterLab's own buttons stay as they are.
function askForStyles(model, root) {
  const page = getComputedStyle(document.documentElement);
  if (page.getPropertyValue("--ds-size-1")) return null;
  const themed = wearTheme(root);
  const sheet = document.getElementById(STYLES);
  if (sheet?.textContent) return themed;
  root.dataset.unstyled = "";
  if (sheet) return themed; // another widget has asked
  document.head.append(h("style", { id: STYLES }));
  model.send({ type: "styles" });
  setTimeout(uncover, 3000); // an unstyled widget is better than none
  return themed;
}

// As dark as JupyterLab, also when another theme is chosen there.
function wearTheme(root) {
  const dress = () => {
    root.dataset.colorScheme = document.body.dataset.jpThemeLight === "false" ? "dark" : "light";
  };
  const watch = new MutationObserver(dress);
  watch.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  dress();
  return watch;
}

function addStyles(css) {
  document.getElementById(STYLES).textContent = css;
  uncover();
}

function uncover() {
  for (const root of document.querySelectorAll("[data-unstyled]")) delete root.dataset.unstyled;
}
