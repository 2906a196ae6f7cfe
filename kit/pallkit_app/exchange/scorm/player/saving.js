// The decisions as one short line, for the learning platform to keep (4096 characters at most).
// What was written in free text is not sent anywhere: only that something was.

import { begin, play } from "./engine.js";

const MOST = 4096;
const BETWEEN = "~";

/** The decisions of a run, as many as fit, marked with the package they were made in. */
export function pack(model, passages) {
  const parts = passages.map(({ event }) => packed(model, event));
  const head = `1|${model.mark}|`;
  while (head.length + parts.join(BETWEEN).length + 1 > MOST) parts.pop();
  return head + parts.map((part) => `${part}${BETWEEN}`).join("");
}

/** The decisions again; null where the line is empty, broken, or another package's. */
export function unpack(model, line) {
  const [format, mark, rest] = line.split("|");
  if (format !== "1" || mark !== model.mark || rest === undefined) return null;
  const decisions = [];
  let state = begin(model);
  try {
    for (const part of rest.split(BETWEEN).slice(0, -1)) {
      const decision = unpacked(model, model.nodes[state.node].step, part);
      const made = play(model, state, decision);
      if (packed(model, made.event) !== part) return null;
      state = made.state;
      decisions.push(decision);
    }
  } catch {
    return null; // whatever stands there, it is not what this package wrote
  }
  return decisions;
}

function packed(model, event) {
  const step = model.steps[event.step];
  const sure = event.sure === null ? "" : `@${event.sure}`;
  return PACK[event.kind](step, event) + sure;
}

const PACK = {
  info: () => "",
  gather: () => "",
  reflect: (_step, { text }) => (text ? "1" : ""),
  choice: (step, { choice }) => place(step.ids, choice),
  consult: (step, { choice }) => (choice === "on" ? "" : place(step.ids, choice)),
  multi: (step, { picked }) => step.picks.map(({ id }) => (picked.includes(id) ? "1" : "0")).join(""),
  dose: (_step, { given }) => escaped(given),
  pump: (_step, { given }) => escaped(given),
  estimate: (_step, { given }) => given,
  order: (step, { picked }) => picked.map((id) => place(step.items, id)).join(""),
  document: (step, { fields }) =>
    step.fields
      .map(({ id, kind, ids }) => {
        if (kind === "choice") return fields[id] ? place(ids, fields[id]) : "-";
        return fields[id] ? "1" : "0";
      })
      .join(""),
};

function unpacked(model, id, part) {
  const step = model.steps[id];
  const [said, sure] = part.split("@");
  const decision = { step: id, ...UNPACK[step.view.kind](step, said, model.texts) };
  return sure === undefined ? decision : { ...decision, sure };
}

const UNPACK = {
  info: () => ({}),
  gather: () => ({}),
  reflect: (_step, said, texts) => (said ? { text: texts.not_kept } : { text: "" }),
  choice: (step, said) => ({ option: at(step.ids, said) }),
  consult: (step, said) => ({ option: said ? at(step.ids, said) : "on" }),
  multi: (step, said) => ({
    picks: step.picks
      .filter((_pick, index) => said[index] === "1")
      .map(({ id }) => id)
      .join(","),
  }),
  dose: (_step, said) => ({ dose: decodeURIComponent(said) }),
  pump: (_step, said) => ({ rate: decodeURIComponent(said) }),
  estimate: (_step, said) => ({ value: said }),
  order: (step, said) => ({ order: [...said].map((one) => at(step.items, one)).join(",") }),
  document: (step, said, texts) =>
    Object.fromEntries(
      step.fields.map(({ id, kind, ids }, index) => [`field.${id}`, fieldText(kind, ids, said[index], texts)]),
    ),
};

function fieldText(kind, ids, said, texts) {
  if (kind === "choice") return said === "-" ? "" : at(ids, said);
  if (said !== "1") return "";
  return kind === "tick" ? "yes" : texts.not_kept;
}

function place(ids, id) {
  return ids.indexOf(id).toString(36);
}

function at(ids, said) {
  return ids[parseInt(said, 36)];
}

function escaped(text) {
  return encodeURIComponent(text).replace(/~/g, "%7E");
}
