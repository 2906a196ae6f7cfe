// The patient as they are now, as the views show it: the same parts as the engine's own view.

import { decimal, readable, written } from "./numbers.js";
import { put } from "./reading.js";

/** Describe the patient in `state`, and what is different from the state `before`. */
export function patientView(model, before, state) {
  const asked = askedAbout(model, state);
  const { scales, texts } = model;
  const shown = scales.esas.filter(({ key }) => key !== asked);
  return {
    clock: { minutes: state.clock, text: clockText(model, state.clock) },
    place: texts.place[state.place],
    esas: scales.esas.map(({ key, label }) => ({
      key,
      label,
      value: key === asked ? null : state.esas[key],
      change: key === asked ? 0 : state.esas[key] - before.esas[key],
    })),
    chart: {
      series: shown.map(({ key, label }) => ({
        key,
        label,
        points: state.marks.map((mark) => [mark.clock, mark.esas[key]]),
      })),
      vitals: Object.keys(state.vitals).map((vital) => charted(model, vital, state)),
      times: state.marks.map(({ clock }) => ({ minutes: clock, text: clockText(model, clock) })),
    },
    vitals: Object.keys(state.vitals).map((vital) => vitalSign(model, vital, before, state)),
    consciousness: texts.consciousness[state.consciousness],
    frame: texts.frame[state.frame],
    watched: watched(state),
    people: state.people.map((one) => person(model, one, before)),
    tasks: state.tasks.map((task) => ({ id: task, text: model.tasks[task] })),
    regimen: state.medicines.map((entry) => medicine(model, entry)),
    changes: effectsText(model, before, state, asked),
  };
}

/** What changed between two states, in one line; the symptom `hidden` is left out. */
export function effectsText(model, before, after, hidden = null) {
  const { scales, texts } = model;
  const symptoms = scales.esas
    .filter(({ key }) => key !== hidden && before.esas[key] !== after.esas[key])
    .map(({ key, label }) => `${label} ${before.esas[key]} → ${after.esas[key]}`);
  const signs = Object.keys(after.vitals)
    .filter((vital) => before.vitals[vital] !== after.vitals[vital])
    .map((vital) => {
      const [was, now] = [before, after].map(({ vitals }) => vitalText(model, vital, vitals[vital]));
      return `${scales.vitals[vital].label} ${was} → ${now}`;
    });
  return [
    ...symptoms,
    ...signs,
    after.consciousness !== before.consciousness && texts.consciousness[after.consciousness],
    after.clock > before.clock && put(texts.later, { span: span(model, after.clock - before.clock) }),
    after.place !== before.place && texts.place[after.place],
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The case's clock: days from 1, then hours and minutes of that day. */
export function clockText(model, minutes) {
  const [days, hours, left] = parts(minutes);
  const head = put(model.texts.day, { day: days + 1 });
  const tail = times(model, [["hours", hours], ["minutes", left]]);
  return tail ? `${head}, ${tail}` : head;
}

function span(model, minutes) {
  const [days, hours, left] = parts(minutes);
  return times(model, [["days", days], ["hours", hours], ["minutes", left]]) || "0 min";
}

function times({ texts }, counted) {
  return counted
    .filter(([, count]) => count)
    .map(([name, count]) => put(texts[name], { [name]: count }))
    .join(" ");
}

function parts(minutes) {
  return [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
}

function askedAbout({ nodes, steps }, { node }) {
  return node === null ? null : (steps[nodes[node].step].of ?? null);
}

function figureText({ scales, ui_lang: lang }, vital, value) {
  if (!scales.vitals[vital].tenths) return String(value);
  return written({ digits: BigInt(value), power: -1 }, lang);
}

function vitalText(model, vital, value) {
  return put(model.scales.vitals[vital].text, { value: figureText(model, vital, value) });
}

function charted(model, vital, state) {
  const { label, chart } = model.scales.vitals[vital];
  const values = state.marks.map(({ vitals }) => vitals[vital]);
  return {
    key: vital,
    label,
    low: Math.min(chart[0], ...values),
    high: Math.max(chart[1], ...values),
    points: state.marks.map(({ clock, vitals }) => [clock, vitals[vital]]),
    texts: values.map((value) => vitalText(model, vital, value)),
    figures: values.map((value) => figureText(model, vital, value)),
  };
}

function vitalSign(model, vital, before, state) {
  const change = state.vitals[vital] - before.vitals[vital];
  return {
    key: vital,
    label: model.scales.vitals[vital].label,
    text: vitalText(model, vital, state.vitals[vital]),
    change,
    change_text: figureText(model, vital, Math.abs(change)),
  };
}

function watched(state) {
  const conscious = Object.keys(state.vitals).length > 0 || state.consciousness !== "alert";
  return [conscious && "consciousness", state.frame !== "unknown" && "frame"].filter(Boolean);
}

function person({ people }, { id, worry, wish }, before) {
  const { name, role, age, about, wishes } = people[id];
  const was = before.people.find((one) => one.id === id).worry;
  return { id, name, role, age, about, wish: wish === null ? null : wishes[wish], worry, change: worry - was };
}

function medicine({ medicines, texts, ui_lang: lang }, { id, use, given, dose, answer }) {
  const amount = answer && written(readable(answer.amount), lang);
  return {
    id,
    text: medicines[id] ?? "",
    dose: answer ? put(answer.text, { amount }) : dose,
    use: texts.use[use],
    as_needed: use === "as_needed",
    given,
  };
}

/** A number as the engine shows it: rounded for reading. */
export function shownNumber(value, lang) {
  return written(readable(typeof value === "string" ? decimal(value) : value), lang);
}
