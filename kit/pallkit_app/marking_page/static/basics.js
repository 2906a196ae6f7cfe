// The page's words, small ways of making elements, and the way to the server.

export const about = document.body.dataset;
export const lang = about.lang;
export const second = about.second === "1";
const words = JSON.parse(about.words);
const secret = document.querySelector('meta[name="pallkit-page"]').content;

export const at = (id) => document.getElementById(id);

// A word with its blanks filled. Only text comes out of here, never markup.
export function say(name, filled = {}) {
  return words[name].replace(/\{(\w+)\}/g, (blank, key) => (key in filled ? filled[key] : blank));
}

// Points as people write them in the page's language.
export const shown = (points) => (lang === "en" ? points : points.replace(".", ","));

export function made(kind, properties = {}, ...children) {
  const { data = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(kind), rest);
  Object.assign(element.dataset, data);
  element.append(...children);
  return element;
}

// Ask the server; a server that does not answer is status 0.
export async function ask(path, { anonymous = false, body = null } = {}) {
  const query = new URLSearchParams({ lang, anonymous: anonymous ? "1" : "0" });
  const sent = body && {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-PallKit-Page": secret },
    body: JSON.stringify(body),
  };
  try {
    const answer = await fetch(`/api/${path}?${query}`, { cache: "no-store", ...sent });
    const text = await answer.text();
    const isJson = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
    return { status: answer.status, value: isJson ? JSON.parse(text) : { error: text.trim() } };
  } catch {
    return { status: 0, value: {} };
  }
}
