// What is said of a decision, and the step the case is at: from the texts that came along.

import { shownNumber } from "./patient.js";
import { put } from "./reading.js";

const JUDGED = ["multi", "dose", "pump", "estimate", "order", "document"];

/** The step one stands at. */
export function stepView(model, state) {
  const { step: id, edges } = model.nodes[state.node];
  const step = model.steps[id];
  const options = step.ids.filter(
    (one) => !["choice", "consult"].includes(step.view.kind) || Object.hasOwn(edges, one),
  );
  return {
    ...step.view,
    options: options.map((one) => ({ id: one, label: step.options[one].label, ...whoOf(step.options[one]) })),
    ...(step.view.kind === "consult" ? consulted(step, state) : {}),
  };
}

/** What is said about the decision just made; null where there is nothing to say. */
export function feedbackView(model, event, effects) {
  const html = event && feedbackHtml(model, event);
  if (!html) return null;
  const { view } = model.steps[event.step];
  return {
    ...saidOf(model, event),
    html,
    about: view.title,
    given: event.given ?? event.text ?? null,
    effects_text: event.consequence ? effects : "",
    sources: view.sources,
  };
}

/** What is said of a decision, the same in the feedback on it and in the debrief. */
export function saidOf(model, event) {
  const step = model.steps[event.step];
  const receipt = event.solution === undefined ? null : model.solutions[event.solution].receipt;
  return {
    step: event.step,
    kind: event.kind,
    tone: tone(event),
    verdict: JUDGED.includes(event.kind) ? step.outcomes[event.choice].verdict : null,
    answered: answered(model, event, step),
    form: step.form ?? null,
    spread: spreadView(event, step),
    consequence: consequenceView(model, event, step),
    receipt,
    expert_html: event.kind === "document" ? step.expert_html : "",
    sure: event.sure,
  };
}

/** What is said about a decision, as the safe HTML it came as. */
export function feedbackHtml(model, { step: id, kind, choice }) {
  const step = model.steps[id];
  if (kind === "reflect") return step.expert_html;
  if (JUDGED.includes(kind)) return step.outcomes[choice].html;
  if (kind === "choice" || (kind === "consult" && choice !== "on")) return step.options[choice].html;
  return "";
}

/** Whether a kind of step has outcomes. */
export function isJudged(kind) {
  return JUDGED.includes(kind);
}

function tone({ danger, kind, best }) {
  if (danger) return "danger";
  if (kind !== "choice" && !JUDGED.includes(kind)) return "neutral";
  return best ? "good" : "caution";
}

function answered({ texts }, event, step) {
  if (event.kind === "multi") {
    return step.picks.map(({ id, right, danger }) => ({
      label: step.options[id].label,
      chosen: event.picked.includes(id),
      right,
      danger,
      html: step.options[id].html,
    }));
  }
  if (event.kind === "order") {
    return event.picked.map((item) => ({
      label: step.options[item].label,
      right: step.items.indexOf(item) + 1,
    }));
  }
  return event.kind === "document" ? step.fields.map((field) => filled(field, event, texts)) : [];
}

function filled({ id, kind, required, right, label, options }, { fields }, texts) {
  const given = fields[id] ?? "";
  const text = { text: given, choice: options[given] ?? "", tick: given ? texts.yes : texts.no }[kind];
  return {
    label,
    text,
    missing: required && !given,
    right: right === null ? null : given === right,
    right_text: right === null ? null : options[right],
  };
}

function spreadView({ spread, given }, { view }) {
  if (!spread) return null;
  return { value: Number(given), low: spread[0], high: spread[1], ends: view.scale };
}

function consequenceView({ texts, ui_lang: lang }, { consequence: found }, step) {
  if (!found) return null;
  const [given, computed, ratio] = [found.given, found.computed, found.ratio].map((one) => shownNumber(one, lang));
  return {
    sum: put(texts.sum, { given, computed, ratio }),
    band: found.band < 0 ? null : step.bands[found.band].text,
    note: texts.teaching_rule,
  };
}

function consulted(step, { asked }) {
  return {
    asked: asked.map((id) => {
      const { label, html, danger } = step.options[id];
      return { id, label, answer_html: html, danger, ...whoOf(step.options[id]) };
    }),
    questions_left: step.most - asked.length,
  };
}

function whoOf({ who }) {
  return who === undefined ? {} : { who };
}
