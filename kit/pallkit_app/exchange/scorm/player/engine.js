// Play an unrolled case: each answer is judged by the step's own rules and takes one edge; the
// edge says what follows and where it leads. A pure function of the state and the decision.

import { JUDGES, added, sureOf, withPicks } from "./judging.js";
import { Refused } from "./reading.js";

/** The state in which the case opens. */
export function begin(model) {
  const { start } = model;
  const state = {
    node: 0,
    clock: start.clock,
    place: start.place,
    esas: start.esas,
    vitals: start.vitals,
    consciousness: start.consciousness,
    frame: start.frame,
    people: start.people,
    tasks: start.tasks,
    medicines: start.medicines,
    answers: {},
    asked: [],
    score: {},
  };
  return { ...state, marks: [markOf(state)] };
}

/** Make one decision: the next state, and what the decision was and gave. */
export function play(model, state, decision) {
  if (state.node === null) throw new Refused(model.texts.choose_first);
  const node = model.nodes[state.node];
  const step = model.steps[node.step];
  const sure = sureOf(decision);
  const judged = JUDGES[step.view.kind](model, node, state, decision);
  const event = { step: node.step, kind: step.view.kind, sure, ...judged };
  return follow(model, state, event);
}

/** Take the edge that stands for `choice` where nobody answered. */
export function take(model, state, choice) {
  const node = model.nodes[state.node];
  const key = choice === null ? "" : node.ways[choice];
  return follow(model, state, { step: node.step, kind: model.steps[node.step].view.kind, key }).state;
}

/** Go on from a state to the end with the best choice at every step. */
export function continueWell(model, state) {
  for (let count = 0; state.node !== null && count < 200; count += 1) {
    const node = model.nodes[state.node];
    state = follow(model, state, { step: node.step, key: node.best ?? "" }).state;
  }
  return state;
}

function follow(model, state, event) {
  const node = model.nodes[state.node];
  const [number, next] = node.edges[event.key];
  const edge = model.edges[number];
  const score = event.picked && event.kind === "multi" ? withPicks(model, event, edge.score) : edge.score;
  const made = {
    ...event,
    choice: edge.choice,
    best: edge.best === true,
    danger: edge.danger === true,
    score,
  };
  let after = { ...state, score: added(state.score, score) };
  if (event.answer) after.answers = { ...state.answers, [event.step]: event.answer };
  after.asked = next !== null && model.nodes[next].step === event.step && event.kind === "consult" && edge.choice !== "on"
    ? [...state.asked, edge.choice]
    : [];
  for (const one of edge.effects) after = applied(model, after, model.effects[one]);
  after.node = next;
  const mark = markOf(after);
  const last = after.marks.at(-1);
  after.marks = last.clock === mark.clock ? [...after.marks.slice(0, -1), mark] : [...after.marks, mark];
  return { state: after, event: made };
}

// ---- what follows ----

function applied({ scales }, state, effect) {
  const esas = mapped(state.esas, (item, value) => held(value + (effect.esas?.[item] ?? 0), 0, scales.highest));
  const vitals = mapped(state.vitals, (vital, value) =>
    held(value + (effect.vitals?.[vital] ?? 0), ...scales.vitals[vital].bounds),
  );
  const gone = [...(effect.stop ?? []), ...(effect.start ?? []).map(({ id }) => id)];
  const opened = [...new Set([...state.tasks, ...(effect.open ?? [])])];
  return {
    ...state,
    clock: state.clock + (effect.clock ?? 0),
    place: effect.place ?? state.place,
    consciousness: effect.consciousness ?? state.consciousness,
    frame: effect.frame ?? state.frame,
    esas,
    vitals,
    people: state.people.map((one) => changed(one, effect.people?.[one.id], scales)),
    tasks: opened.filter((task) => !(effect.close ?? []).includes(task)),
    medicines: [
      ...state.medicines.filter(({ id }) => !gone.includes(id)),
      ...(effect.start ?? []).map((entry) => entered(entry, state)),
    ],
  };
}

function changed(person, change, { highest }) {
  if (!change) return person;
  return {
    ...person,
    worry: held(person.worry + change.worry, 0, highest),
    wish: change.wish ?? person.wish,
  };
}

function entered(entry, state) {
  return entry.answer_to ? { ...entry, answer: state.answers[entry.answer_to] } : entry;
}

function markOf({ clock, esas, vitals }) {
  return { clock, esas, vitals };
}

function mapped(figures, change) {
  return Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, change(key, value)]));
}

function held(value, low, high) {
  return Math.max(low, Math.min(high, value));
}
