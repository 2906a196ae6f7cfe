// The case player: header, the patient's state, feedback on the last decision, the step.

import { h } from "../shared/dom.js";
import { connect, focusOn } from "../shared/link.js";
import { controls } from "./controls.js";
import { debrief } from "./debrief.js";
import { feedbackCard } from "./feedback.js";
import { caseHeader } from "./header.js";
import { statusPanel } from "./status.js";
import { fieldInError, stepCard } from "./step.js";

function render({ model, el }) {
  const kept = { drafts: new Map(), panel: { open: false } }; // what was begun on, what is unfolded
  const paint = (view, link) => {
    link.body.replaceChildren(...(view.case ? player(view, link, kept) : [alert(view)]));
  };
  return connect({ model, el, name: "pk-case", paint, after });
}

function player(view, link, { drafts, panel }) {
  const main = h(
    "div",
    { class: "pk-main" },
    view.note && alert(view),
    view.feedback && !isInDialogue(view) && feedbackCard(view),
    view.step ? stepCard(view, link, drafts) : debrief(view),
    view.can_undo && controls(view, link, () => drafts.clear()),
  );
  const columns = h("div", { class: "pk-columns" }, view.step && statusPanel(view, panel), main);
  columns.toggleAttribute("data-over", !view.step);
  return [caseHeader(view, link), columns, h("p", { class: "pk-watermark" }, view.labels.watermark)];
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

// Where the reader goes on: a fault first, then what was said, then what comes next.
const NEXT = {
  error: [".pk-note"],
  feedback: [".pk-note", "[data-newest]", ".pk-feedback", ".pk-step-title", ".pk-debrief-title"],
  step: [".pk-note", ".pk-step-title", ".pk-debrief-title"],
  level: [".pk-levels [aria-pressed=true]"],
};

function after(view, link) {
  const places = NEXT[view.focus].map((selector) => link.root.querySelector(selector));
  const field = view.focus === "error" && fieldInError(link.root);
  const place = field || places.find(Boolean);
  focusOn(place);
  link.announce(spoken(view, place));
  if (view.focus === "level") tellPage(view, link);
}

// Our own page keeps the level in its address, so that the same can be opened again.
function tellPage({ case: about }, link) {
  const detail = { level: about.level };
  link.root.dispatchEvent(new CustomEvent("pallkit:level", { bubbles: true, detail }));
}

// A heading that takes the focus is read out for that: it is not said once more.
function spoken(view, place) {
  if (view.error || view.note) return view.error?.text ?? view.note;
  const isRead = place?.matches(".pk-step-title, .pk-debrief-title");
  if (!view.step) return isRead ? "" : view.labels.debrief;
  const news = view.can_undo && view.focus === "feedback" ? view.changes : "";
  const { label } = view.progress;
  return [isRead ? label : `${label}: ${view.step.title}`, news].filter(Boolean).join(". ");
}

export default { render };
