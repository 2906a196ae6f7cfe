// Looking back: the way that was taken, the points, and what the ways not taken would have given.

import { continueWell, take } from "./engine.js";
import { clockText, effectsText } from "./patient.js";
import { put } from "./reading.js";
import { feedbackHtml, isJudged, saidOf } from "./telling.js";

/** Describe a finished case; `passages` are its decisions with the states around them. */
export function debriefView(model, passages) {
  const { scales, texts } = model;
  const [first, last] = [passages[0].before, passages.at(-1).after];
  return {
    certainty: certaintyView(model, passages),
    score: points(model, passages),
    score_note: texts.score_note,
    dangers: passages
      .filter(({ event }) => event.danger)
      .map(({ event }) => ({ title: titleOf(model, event), chosen: dangerous(model, event) })),
    path: passages.map((passage) => passageView(model, passage)),
    end: {
      clock: clockText(model, last.clock),
      place: texts.place[last.place],
      esas: scales.esas.map(({ key, label }) => ({ key, label, start: first.esas[key], end: last.esas[key] })),
    },
    sources: model.sources,
  };
}

/** The points on each axis, and the most that could be had on the way that was taken. */
export function points({ nodes, scales }, passages) {
  const most = {};
  for (const { event, before } of passages) {
    const best = nodes[before.node].most ?? {};
    for (const axis of new Set([...Object.keys(best), ...Object.keys(event.score)])) {
      most[axis] = (most[axis] ?? 0) + Math.max(best[axis] ?? 0, event.score[axis] ?? 0, 0);
    }
  }
  const { score } = passages.at(-1).after;
  return scales.axes
    .filter(({ axis }) => axis in most || axis in score)
    .map(({ axis, label }) => ({ axis, label, points: score[axis] ?? 0, max: most[axis] ?? 0 }));
}

/** What was dangerous in a decision: of things ticked, only those that were. */
export function dangerous(model, event) {
  const step = model.steps[event.step];
  const ticked = (step.picks ?? []).filter(({ id, danger }) => danger && event.picked?.includes(id));
  return ticked.map(({ id }) => step.options[id].label).join(", ") || whatWasChosen(model, event);
}

/** The title of the step a decision was made at. */
export function titleOf({ steps }, { step }) {
  return steps[step].view.title;
}

function passageView(model, { event, before, after }) {
  return {
    ...saidOf(model, event),
    title: titleOf(model, event),
    clock: clockText(model, before.clock),
    chosen: whatWasChosen(model, event),
    feedback_html: feedbackHtml(model, event),
    effects_text: effectsText(model, before, after),
    alternatives: alternatives(model, event, before),
  };
}

function whatWasChosen({ steps, texts }, { step: id, kind, choice, given, text }) {
  const step = steps[id];
  if (kind === "consult" && choice === "on") return texts.go_on;
  if (kind === "choice" || kind === "consult") return step.options[choice].label;
  if (!isJudged(kind)) return text ?? "";
  const name = step.outcomes[choice].verdict;
  return given === undefined ? name : `${given} (${name[0].toLowerCase()}${name.slice(1)})`;
}

function alternatives(model, event, before) {
  const node = model.nodes[before.node];
  const step = model.steps[event.step];
  const choices = isJudged(event.kind) ? Object.keys(step.outcomes) : [...step.ids, "on"];
  return choices
    .filter((choice) => choice !== event.choice && choice in (node.ways ?? {}))
    .map((choice) => {
      const after = take(model, before, choice);
      const edge = model.edges[node.edges[node.ways[choice]][0]];
      const outcome = step.outcomes[choice];
      const option = step.options[choice];
      return {
        label: outcome?.verdict ?? option?.label ?? model.texts.go_on,
        best: edge.best === true,
        danger: outcome ? outcome.danger : edge.danger === true,
        feedback_html: outcome?.html ?? option?.html ?? "",
        effects_text: effectsText(model, before, after),
        leads_to: after.node === null ? null : titleOf(model, model.nodes[after.node]),
        end_text: effectsText(model, before, continueWell(model, after)),
      };
    });
}

function certaintyView(model, passages) {
  const said = passages.map(({ event }) => event).filter(({ sure }) => sure !== null);
  if (!said.length) return null;
  const degrees = [...new Set(said.map(({ sure }) => sure))].sort((one, other) => one - other);
  const right = said.filter(({ best }) => best).length;
  const mean = Math.floor(said.reduce((sum, { sure }) => sum + sure, 0) / said.length);
  return {
    summary: put(model.texts.certainty_summary, { mean, right, count: said.length }),
    steps: said.map((event) => ({ title: titleOf(model, event), sure: event.sure, right: event.best })),
    groups: degrees.map((sure) => {
      const group = said.filter((one) => one.sure === sure);
      return { sure, count: group.length, right: group.filter(({ best }) => best).length };
    }),
  };
}
