// The case player: header, feedback on the last decision, the step, and the patient's state.

import { format, h } from "../shared/dom.js";
import { connect, focusOn } from "../shared/link.js";
import { controls } from "./controls.js";
import { debrief } from "./debrief.js";
import { feedbackCard } from "./feedback.js";
import { patient, statusPanel } from "./status.js";
import { fieldInError, stepCard } from "./step.js";

function render({ model, el }) {
  const drafts = new Map(); // what was typed or chosen, by step
  const paint = (view, link) => {
    link.body.replaceChildren(...(view.case ? player(view, link, drafts) : [alert(view)]));
  };
  return connect({ model, el, name: "pk-case", paint, after });
}

function player(view, link, drafts) {
  const main = h(
    "div",
    { class: "pk-main" },
    view.note && alert(view),
    view.feedback && !isInDialogue(view) && feedbackCard(view),
    view.step ? stepCard(view, link, drafts) : debrief(view),
    view.can_undo && controls(view, link, () => drafts.clear()),
  );
  const columns = h("div", { class: "pk-columns" }, main, view.step && statusPanel(view));
  columns.toggleAttribute("data-over", !view.step);
  return [header(view), columns, h("p", { class: "pk-watermark" }, view.labels.watermark)];
}

// An answer just had from somebody who may be asked more stands in the dialogue itself.
function isInDialogue({ step, feedback }) {
  return step?.kind === "consult" && feedback.step === step.id;
}

// One clear line: the case cannot be shown, could not be saved, or has gone on elsewhere.
function alert({ note, focus }) {
  const colour = focus === "step" ? "warning" : "danger";
  return h("p", { class: "ds-alert pk-note", "data-color": colour, tabindex: "-1" }, note);
}

// Only the first step has it all; later on the step and the patient beside it come first.
function header(view) {
  const { case: about, labels, lang } = view;
  const first = !view.can_undo;
  const tag = (text, colour = "neutral") => h("span", { class: "ds-tag", "data-color": colour }, text);
  return h(
    "header",
    { class: "pk-header" },
    h(
      "div",
      { class: "pk-row pk-tags" },
      first && tag(format(labels.level, { level: about.level_name })),
      first && tag(format(labels.minutes, { number: about.minutes })),
      first && about.topics.map((topic) => tag(topic)),
      about.draft && tag(labels.draft, "warning"),
    ),
    !isTitleOfPage(about.title) &&
      h("h2", { class: "ds-heading pk-title", "data-size": first ? "md" : "xs", lang }, about.title),
    first && patient(view),
    first && about.notice && h("p", { class: "pk-soft pk-small" }, about.notice),
  );
}

// Our own pages have the case's title as their heading; a notebook does not.
function isTitleOfPage(title) {
  return [...document.querySelectorAll("h1")].some((heading) => heading.textContent.trim() === title);
}

// Where the reader goes on: a fault first, then what was said, then what comes next.
const NEXT = {
  error: [".pk-note"],
  feedback: [".pk-note", "[data-newest]", ".pk-feedback", ".pk-step-title", ".pk-debrief-title"],
  step: [".pk-note", ".pk-step-title", ".pk-debrief-title"],
};

function after(view, link) {
  const places = NEXT[view.focus].map((selector) => link.root.querySelector(selector));
  const field = view.focus === "error" && fieldInError(link.root);
  focusOn(field || places.find(Boolean));
  link.announce(spoken(view));
}

function spoken(view) {
  if (view.error || view.note) return view.error?.text ?? view.note;
  if (!view.step) return view.labels.debrief;
  const changes = view.esas
    .filter(({ change }) => change !== 0 && view.feedback)
    .map(({ label, value, change }) => `${label} ${value - change} → ${value}`);
  return [`${view.progress.label}: ${view.step.title}`, ...changes].join(". ");
}

export default { render };
