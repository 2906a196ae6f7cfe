// What an answer comes to at each kind of step: the key of the edge it takes, and what is said
// of it later. What does not fit is refused, with the engine's own words.

import { compare, decimal, over } from "./numbers.js";
import { Refused, readAmount, refuseIdentity } from "./reading.js";

const LONGEST_TEXT = 5000;

/** By kind: a function of the model, the node, the state and the decision. */
export const JUDGES = {
  info: plain,
  gather: plain,
  reflect: plain,
  choice: chosen,
  consult: chosen,
  multi: ticked,
  dose: (model, node, state, decision) => measured(model, node, decision, "dose"),
  pump: (model, node, state, decision) => measured(model, node, decision, "rate"),
  estimate: estimated,
  order: ordered,
  document: filledIn,
};

function plain(model, _node, _state, decision) {
  const text = decision.text ?? null;
  if (text !== null) checkText(model, text);
  return { key: "", text };
}

function chosen(model, node, _state, { option }) {
  if (typeof option !== "string" || !Object.hasOwn(node.edges, option)) {
    throw new Refused(model.texts.choose_first);
  }
  return { key: option };
}

function ticked(model, node, _state, decision) {
  const step = model.steps[node.step];
  const picked = ids(decision.picks);
  const known = step.picks.map(({ id }) => id);
  if (!picked.length || new Set(picked).size !== picked.length || !picked.every((id) => known.includes(id))) {
    throw new Refused(model.texts.tick_first);
  }
  const ticks = step.picks.filter(({ id }) => picked.includes(id));
  const hits = ticks.filter(({ right }) => right).length;
  const wanted = step.picks.filter(({ right }) => right).length;
  const misses = ticks.length - hits;
  const dangerous = ticks.some(({ danger }) => danger);
  const some = !dangerous && hits > misses && hits * 2 >= wanted;
  const name = hits === wanted && misses === 0 ? "all" : some ? "some" : "wrong";
  const event = { kind: "multi", step: node.step, picked: ticks.map(({ id }) => id) };
  return { ...event, key: tickKey(model, node, name, dangerous, event) };
}

function tickKey(model, node, name, dangerous, event) {
  const step = model.steps[node.step];
  const danger = dangerous || step.outcomes[name].danger;
  const key = `${name}${danger ? "!" : ""}`;
  if (!step.points) return key;
  const score = withPicks(model, event, step.outcomes[name].score);
  const points = model.scales.points.filter((axis) => score[axis]).map((axis) => ` ${axis}:${score[axis]}`);
  return key + points.join("");
}

/** The points of a multi step with those of the single ticks. */
export function withPicks(model, { step, picked }, score) {
  const ticks = model.steps[step].picks.filter(({ id }) => picked.includes(id));
  return ticks.reduce((sum, pick) => added(sum, pick.score), score);
}

function measured(model, node, decision, part) {
  const step = model.steps[node.step];
  const typed = decision[part];
  if (typeof typed !== "string" || !typed.trim()) throw new Refused(model.texts.dose_first);
  const given = readAmount(typed.trim(), { units: step.units, unit: step.view.unit }, model.texts);
  const right = model.solutions[node.solution];
  const below = compare(given, decimal(right.least)) < 0;
  const name = below ? "too_low" : compare(given, decimal(right.most)) > 0 ? "too_high" : "right";
  const found = step.bands && consequence(step, right, given);
  const truths = step.truths.map((one) => (found && holds(one, found.ratio) ? "1" : "0"));
  const band = found && found.band >= 0 ? found.band : "-";
  return {
    key: `${name}/${band}/${truths.join("")}`,
    given: typed.trim(),
    amount: given,
    solution: node.solution,
    consequence: found,
    ...(right.dose ? { answer: { text: right.dose, amount: given } } : {}),
  };
}

function consequence(step, { low, high }, given) {
  const [least, most] = [decimal(low), decimal(high)];
  const raised = compare(given, least) < 0 ? least : given;
  const computed = compare(raised, most) > 0 ? most : raised;
  const ratio = over(given, computed);
  const band = step.bands.findIndex(
    ({ at_least: from, below }) =>
      (from === null || compare(ratio, decimal(from)) >= 0) && (below === null || compare(ratio, decimal(below)) < 0),
  );
  return { given, computed, ratio, band };
}

const SIGNS = {
  "==": (by) => by === 0,
  "!=": (by) => by !== 0,
  "<": (by) => by < 0,
  "<=": (by) => by <= 0,
  ">": (by) => by > 0,
  ">=": (by) => by >= 0,
};

function holds({ sign, value, low, high }, ratio) {
  if (sign) return SIGNS[sign](compare(ratio, decimal(value)));
  return compare(ratio, decimal(low)) >= 0 && compare(ratio, decimal(high)) <= 0;
}

function estimated(model, node, state, decision) {
  const value = figure(decision.value, model.scales.highest);
  if (value === null) throw new Refused(model.texts.figure_first);
  const [low, high] = spread(model, model.steps[node.step], state);
  const key = value < low ? "too_low" : value > high ? "too_high" : "right";
  return { key, given: String(value), spread: [low, high] };
}

function spread({ scales }, { of: item, low, high }, state) {
  if (item === null) return [low ?? 0, high ?? scales.highest];
  const own = state.esas[item];
  return [Math.max(0, own - 1), Math.min(scales.highest, own + 1)];
}

function ordered(model, node, _state, decision) {
  const { items } = model.steps[node.step];
  const order = ids(decision.order);
  if ([...order].sort().join() !== [...items].sort().join()) throw new Refused(model.texts.order_first);
  const wrong = items.flatMap((item, place) => (order[place] === item ? [] : [place]));
  const near = wrong.length === 2 && wrong[1] - wrong[0] === 1;
  return { key: wrong.length === 0 ? "right" : near ? "near" : "wrong", picked: order };
}

function filledIn(model, node, _state, decision) {
  const { fields } = model.steps[node.step];
  const filled = {};
  for (const field of fields) {
    const text = decision[`field.${field.id}`] ?? "";
    checkText(model, text);
    const allowed = { text: null, choice: ["", ...field.ids], tick: ["", "yes"] }[field.kind];
    if (allowed && !allowed.includes(text.trim())) throw new Refused(model.texts.choose_first);
    if (text.trim()) filled[field.id] = text.trim();
  }
  const lacks = fields.some(
    ({ id, required, right }) => (required && !filled[id]) || (right !== null && filled[id] !== right),
  );
  return { key: lacks ? "incomplete" : "complete", fields: filled };
}

function checkText(model, text) {
  if (typeof text !== "string" || text.length > LONGEST_TEXT) {
    throw new Refused(model.texts.too_long.replace("{most}", LONGEST_TEXT));
  }
  refuseIdentity(text, model.texts);
}

/** How sure the learner said they were; null where they did not. */
export function sureOf({ sure }) {
  return sure === undefined ? null : figure(sure, 100);
}

function figure(text, most) {
  if (typeof text !== "string" || !/^\d{1,3}$/.test(text)) return null;
  return Number(text) <= most ? Number(text) : null;
}

function ids(text) {
  return typeof text === "string" && text ? text.split(",") : [];
}

/** Two sets of points together. */
export function added(score, more) {
  const sum = { ...score };
  for (const [axis, points] of Object.entries(more)) sum[axis] = (sum[axis] ?? 0) + points;
  return sum;
}
