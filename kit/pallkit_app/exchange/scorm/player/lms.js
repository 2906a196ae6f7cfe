// SCORM 1.2: what the learning platform is told, and what it kept. Without a platform all of
// it does nothing, and the page says that nothing is recorded.

import { dangerous, points, titleOf } from "./debriefing.js";
import { written } from "./numbers.js";
import { put } from "./reading.js";
import { pack } from "./saving.js";

const DEEPEST = 100; // windows above ours that are searched
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const DONE = ["completed", "passed", "failed"];

/** The platform's API object: in a window above this one, or above the one that opened it. */
export function findApi(page) {
  return above(page) ?? (page.opener ? above(page.opener) : null);
}

function above(page) {
  let here = page;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    try {
      if (here.API?.LMSInitialize) return here.API;
      if (here.parent === here) return null;
    } catch {
      return null; // a window from elsewhere does not let us look
    }
    here = here.parent;
  }
  return null;
}

/** The line to the platform. `recording` says whether anything is kept. */
export class Lms {
  #api;
  #began = Date.now();
  #open = false;
  #done = false;
  #times = [];

  constructor(api) {
    this.#api = api;
    this.recording = false;
  }

  /** Open the line; what was kept from before, or an empty text. */
  start() {
    if (!this.#api || String(this.#api.LMSInitialize("")) !== "true") return "";
    this.#open = true;
    // A teacher who looks through or looks back leaves no tracks.
    this.recording = !["browse", "review"].includes(this.#get("cmi.core.lesson_mode"));
    this.#done = DONE.includes(this.#get("cmi.core.lesson_status"));
    if (!this.#done) this.#set("cmi.core.lesson_status", "incomplete");
    this.#commit();
    return this.#get("cmi.suspend_data");
  }

  /** Keep how far the run has come, and tell of it when it has ended. */
  keep({ model, passages }) {
    if (passages.length > this.#times.length) this.#times[passages.length - 1] = new Date();
    this.#times.length = passages.length;
    this.#set("cmi.suspend_data", pack(model, passages));
    const last = passages.at(-1);
    const ended = last !== undefined && last.after.node === null;
    this.#set("cmi.core.lesson_location", ended || !last ? "" : model.nodes[last.after.node].step);
    if (ended) this.#complete(model, passages);
    this.#standing();
    this.#commit();
  }

  /** Say good-bye, once. */
  finish() {
    if (!this.#open) return;
    this.#standing();
    this.#commit();
    this.#api.LMSFinish("");
    this.#open = false;
  }

  // Told each time, since a browser that is closed in haste may not let us say good-bye.
  #standing() {
    this.#set("cmi.core.session_time", timespan(Date.now() - this.#began));
    this.#set("cmi.core.exit", this.#done ? "" : "suspend");
  }

  #complete(model, passages) {
    const score = share(model, passages);
    if (score !== null) {
      this.#set("cmi.core.score.min", "0");
      this.#set("cmi.core.score.max", "100");
      this.#set("cmi.core.score.raw", String(score));
    }
    this.#interactions(model, passages);
    const acts = passages.filter(({ event }) => event.danger).map(({ event }) => event);
    const told = acts.map((event) =>
      put(model.texts.danger, { what: `${titleOf(model, event)}: ${dangerous(model, event)}` }),
    );
    if (told.length) this.#set("cmi.comments", told.join(" | ").replace(/\s+/g, " ").slice(0, 4000));
    this.#set("cmi.core.lesson_status", "completed");
    this.#done = true;
  }

  #interactions(model, passages) {
    const first = Number.parseInt(this.#get("cmi.interactions._count"), 10) || 0;
    const met = {};
    let count = 0;
    for (const [place, { event }] of passages.entries()) {
      const said = interaction(model, event);
      if (!said) continue;
      met[event.step] = (met[event.step] ?? 0) + 1;
      const id = met[event.step] === 1 ? event.step : `${event.step}.${met[event.step]}`;
      const at = this.#times[place];
      this.#tell(`cmi.interactions.${first + count}`, { id, ...(at ? { time: clockTime(at) } : {}), ...said });
      count += 1;
    }
  }

  #tell(name, { pattern, ...parts }) {
    for (const [part, value] of Object.entries(parts)) this.#set(`${name}.${part}`, value);
    for (const [place, one] of pattern.entries()) this.#set(`${name}.correct_responses.${place}.pattern`, one);
  }

  #get(name) {
    return this.#open ? String(this.#api.LMSGetValue(name) ?? "") : "";
  }

  #set(name, value) {
    if (this.#open && this.recording) this.#api.LMSSetValue(name, value);
  }

  #commit() {
    if (this.#open && this.recording) this.#api.LMSCommit("");
  }
}

/** The points of 100: of the most that could be had on the way taken; null where there are none. */
export function share(model, passages) {
  const axes = points(model, passages);
  const most = axes.reduce((sum, { max }) => sum + max, 0);
  if (most <= 0) return null;
  const got = axes.reduce((sum, axis) => sum + axis.points, 0);
  return Math.max(0, Math.min(100, Math.round((100 * got) / most)));
}

/** A judged decision as SCORM 1.2 tells it; nothing for one that is not judged. */
export function interaction(model, event) {
  const tell = TOLD[event.kind];
  if (!tell) return null;
  const told = tell(model.steps[event.step], event);
  return { ...told, result: event.best ? "correct" : "wrong", pattern: told.pattern ?? [] };
}

const TOLD = {
  choice: (step, { choice }) => ({
    type: "choice",
    student_response: letter(step.ids, choice),
    pattern: step.best.map((one) => letter(step.ids, one)),
  }),
  multi: (step, { picked }) => ({
    type: "choice",
    student_response: letters(step.picks, picked),
    pattern: [`{${letters(step.picks, step.picks.filter(({ right }) => right).map(({ id }) => id))}}`],
  }),
  order: (step, { picked }) => ({
    type: "sequencing",
    student_response: picked.map((id) => letter(step.items, id)).join(","),
    pattern: [step.items.map((id) => letter(step.items, id)).join(",")],
  }),
  estimate: (_step, { given, spread: [low, high] }) => ({
    type: "numeric",
    student_response: given,
    pattern: low === high ? [String(low)] : [],
  }),
  dose: typedAmount,
  pump: typedAmount,
  document: (_step, { choice }) => ({ type: "performance", student_response: choice }),
};

function typedAmount(_step, { amount }) {
  return { type: "numeric", student_response: written(amount, "en") };
}

function letters(picks, picked) {
  const ids = picks.map(({ id }) => id);
  return picked.map((id) => letter(ids, id)).join(",");
}

function letter(ids, id) {
  return LETTERS[ids.indexOf(id)];
}

function clockTime(moment) {
  return [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(":");
}

function timespan(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const hours = Math.min(9999, Math.floor(seconds / 3600));
  return `${String(hours).padStart(4, "0")}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function two(number) {
  return String(number).padStart(2, "0");
}
