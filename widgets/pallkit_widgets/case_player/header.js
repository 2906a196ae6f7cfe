// Above the step: which case it is, what must be known before it is used, and its level.

import { format, h } from "../shared/dom.js";
import { standingNotices } from "../shared/notices.js";
import { patient } from "./status.js";

/** Only the first step has it all; later on the step and the patient beside it come first. */
export function caseHeader(view, link) {
  const { case: about, labels, lang } = view;
  const first = !view.can_undo;
  const tag = (text, colour = "neutral") => h("span", { class: "ds-tag", "data-color": colour }, text);
  return h(
    "header",
    { class: "pk-header" },
    standingNotices(about, labels), // all the way through, and in print
    h(
      "div",
      { class: "pk-row pk-tags" },
      (first || about.levels.length > 1) && tag(format(labels.level, { level: about.level_name })),
      first && tag(format(labels.minutes, { number: about.minutes })),
      first && about.topics.map((topic) => tag(topic)),
      about.draft && tag(labels.draft, "warning"),
    ),
    isTitleOfPage(about.title)
      ? h("h2", { class: "ds-sr-only" }, labels.widget) // so that no level of headings is left out
      : h("h2", { class: "ds-heading pk-title", "data-size": first ? "md" : "xs", lang }, about.title),
    first && patient(view),
    first && about.notice && h("p", { class: "pk-soft pk-small" }, about.notice),
    view.choose_level && levels(view, link),
  );
}

// Chosen before the first decision: after it, the level is part of what was decided.
function levels({ case: about, labels }, link) {
  const buttons = about.levels.map(({ id, name }) =>
    h(
      "button",
      {
        class: "ds-button",
        type: "button",
        "data-variant": id === about.level ? "primary" : "secondary",
        "aria-pressed": id === about.level ? "true" : "false",
        onclick: () => link.send({ type: "level", level: id }),
      },
      name,
    ),
  );
  return h(
    "div",
    { class: "pk-levels pk-row pk-screen-only", role: "group", "aria-label": labels.choose_level },
    h("span", { class: "pk-small", "aria-hidden": "true" }, labels.choose_level),
    buttons,
  );
}

// Our own pages have the case's title as their heading; a notebook does not.
function isTitleOfPage(title) {
  return [...document.querySelectorAll("h1")].some((heading) => heading.textContent.trim() === title);
}
