// What sources say to watch for. Where several speak, each stands with its own words.

import { format, h } from "../shared/dom.js";

/** The notes that belong to an answer: one voice in a line, several behind a line to open. */
export function noteList(notes, labels) {
  if (!notes?.length) return null;
  return h(
    "section",
    { class: "pk-notes pk-tight", "aria-label": labels.notes },
    h("h3", { class: "ds-heading", "data-size": "2xs" }, labels.notes),
    h("ul", { class: "pk-plain" }, notes.map((note) => h("li", { class: "pk-note" }, oneNote(note, labels)))),
  );
}

function oneNote({ title, says }, labels) {
  if (says.length === 1) {
    return h("p", {}, h("strong", {}, `${title}. `), says[0].text, " ", h("span", { class: "pk-soft pk-tiny" }, names(says[0], labels)));
  }
  return h(
    "details",
    { class: "pk-more-note" },
    h("summary", {}, h("strong", {}, title), " ", h("span", { class: "pk-soft pk-tiny" }, format(labels.sources, { count: says.length }))),
    h(
      "ul",
      { class: "pk-plain pk-says" },
      says.map((one) => h("li", {}, h("p", { class: "pk-soft pk-tiny" }, names(one, labels)), h("p", {}, one.text))),
    ),
  );
}

function names({ sources }, labels) {
  return sources.flatMap((source, index) => [index > 0 && " · ", sourceName(source, labels)]);
}

function sourceName({ name, title, url }, labels) {
  if (!url) return h("span", { title }, name);
  return h(
    "a",
    { class: "ds-link", href: url, title, target: "_blank", rel: "noopener noreferrer" },
    name,
    h("span", { class: "ds-sr-only" }, ` (${labels.new_window})`),
  );
}
