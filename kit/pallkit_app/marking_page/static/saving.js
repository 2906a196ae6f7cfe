// Saving by itself: one request at a time for each hand-in, nothing lost on the way.

import { about, ask, say, second, shown } from "./basics.js";
import { keepDraft } from "./keeping.js";

const PAUSE = 700; // ms without a change before it is saved
const AGAIN = 4000; // ms before a server that did not answer is asked again

export const number = (text) => {
  const plain = text.trim().replace(",", ".");
  return /^\d{1,3}(\.\d{1,2})?$/.test(plain) ? plain.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") : null;
};

export const fromMark = (mark) =>
  mark
    ? { points: mark.points, rubric: { ...mark.rubric }, comment: mark.comment, reason: mark.reason }
    : { points: "", rubric: {}, comment: "", reason: "" };

// What stands in the form: the draft, or what is saved.
export const standing = (item) => item.draft ?? fromMark(item.mark);

export function needsReason(item) {
  if (second) return false;
  return item.machine !== null || (item.mark !== null && item.mark.grader !== about.grader);
}

function same(one, other) {
  const levels = (each) => JSON.stringify(Object.entries(each.rubric).sort());
  return (
    number(one.points) === number(other.points) &&
    one.comment === other.comment &&
    one.reason === other.reason &&
    levels(one) === levels(other)
  );
}

export class Saver {
  // changed(item) is called whenever an item's state is another.
  constructor(task, most, changed, options) {
    this.task = task;
    this.most = Number(most);
    this.changed = changed;
    this.options = options;
  }

  // Take what lies in the browser from an earlier time.
  take(item, draft) {
    if (same(draft, fromMark(item.mark))) {
      keepDraft(this.task, item.id, null);
      return;
    }
    item.draft = draft;
    if (draft.version !== item.version) this.#set(item, "conflict");
    else this.#consider(item, PAUSE);
  }

  edit(item, draft) {
    item.draft = { ...draft, version: item.version };
    keepDraft(this.task, item.id, item.draft);
    if (item.state !== "conflict") this.#consider(item, PAUSE);
  }

  // Leaving the hand-in: what can be saved is saved at once.
  leave(item) {
    if (item.timer) this.#consider(item, 0);
  }

  async undo(item) {
    const before = item.undo.pop();
    if (before === undefined) return;
    if (before === null) await this.takeBack(item, { undone: true });
    else await this.#send(item, { ...fromMark(before), version: item.version }, { undone: true });
  }

  async takeBack(item, how = {}) {
    const now = fromMark(item.mark);
    const empty = { ...now, points: null, rubric: {}, comment: "", reason: now.reason };
    await this.#send(item, { ...empty, version: item.version }, how);
  }

  // Nothing but the fingerprint is new: the mark holds for what is handed in now.
  async confirm(item) {
    await this.#send(item, { ...fromMark(item.mark), version: item.version });
  }

  keepTheirs(item) {
    clearTimeout(item.timer);
    item.draft = null;
    keepDraft(this.task, item.id, null);
    this.#set(item, item.mark ? "saved" : "empty");
  }

  keepMine(item) {
    item.draft.version = item.version;
    keepDraft(this.task, item.id, item.draft);
    this.#consider(item, 0);
  }

  #consider(item, pause) {
    clearTimeout(item.timer);
    item.timer = null;
    const draft = item.draft;
    if (!draft) return;
    if (same(draft, fromMark(item.mark))) {
      item.draft = null;
      keepDraft(this.task, item.id, null);
      this.#set(item, item.mark ? "saved" : "empty");
    } else if (draft.points.trim() === "") this.#set(item, "draft");
    else if (number(draft.points) === null || Number(number(draft.points)) > this.most)
      this.#set(item, "points");
    else if (needsReason(item) && !draft.reason.trim()) this.#set(item, "reason");
    else {
      this.#set(item, item.state === "offline" ? "offline" : "saving");
      item.timer = setTimeout(() => this.#send(item, draft), pause);
    }
  }

  async #send(item, draft, { undone = false } = {}) {
    item.timer = null;
    if (item.busy) {
      item.timer = setTimeout(() => this.#send(item, draft, { undone }), 100);
      return;
    }
    item.busy = true;
    if (item.state !== "offline") this.#set(item, "saving");
    const points = draft.points === null ? null : number(draft.points);
    const before = item.mark;
    const body = { do: "mark", ...draft, points };
    const { status, value } = await ask(`task/${this.task}/${item.id}`, { ...this.options(), body });
    item.busy = false;
    if (status === 200) this.#saved(item, value, draft, { before, undone });
    else if (status === 409) await this.#conflict(item);
    else if (status === 0 || status === 503) this.#later(item, draft, undone);
    else {
      item.why = value.error;
      this.#set(item, "error");
    }
  }

  #saved(item, value, draft, { before, undone }) {
    Object.assign(item, value);
    if (!undone) item.undo.push(before);
    const newer = item.draft && item.draft !== draft && !undone ? item.draft : null;
    item.draft = newer && { ...newer, version: item.version };
    keepDraft(this.task, item.id, item.draft);
    this.#set(item, undone ? "undone" : item.mark ? "saved" : "empty");
    if (item.draft) this.#consider(item, PAUSE);
  }

  #later(item, draft, undone) {
    this.#set(item, "offline");
    item.timer = setTimeout(() => this.#send(item, item.draft ?? draft, { undone }), AGAIN);
  }

  async #conflict(item) {
    const { status, value } = await ask(`task/${this.task}/${item.id}`, this.options());
    if (status === 200) Object.assign(item, value);
    if (!item.draft) item.undo = [];
    this.#set(item, item.draft ? "conflict" : item.mark ? "saved" : "empty");
  }

  #set(item, state) {
    item.state = state;
    this.changed(item);
  }
}

export function stateText(item, most) {
  const mark = item.mark;
  if (item.state === "saved" && mark) {
    if (mark.grader === about.grader) return say("state_saved", mark);
    return say(mark.at ? "state_saved_by" : "state_given_by", mark);
  }
  if (item.state === "points") return say("state_points", { most: shown(most) });
  if (item.state === "error") return say("state_error", { why: item.why });
  return say(`state_${item.state === "saved" ? "empty" : item.state}`);
}
