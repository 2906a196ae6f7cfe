// A whole run through the case: its decisions, and the view that the case player's own scripts show.

import { begin, play } from "./engine.js";
import { debriefView } from "./debriefing.js";
import { effectsText, patientView } from "./patient.js";
import { Refused, put, refuseIdentity, withUnit } from "./reading.js";
import { feedbackView, stepView } from "./telling.js";

const PARTS = {
  reflect: ["text"],
  choice: ["option", "sure"],
  multi: ["picks", "sure"],
  dose: ["dose", "sure"],
  pump: ["rate", "sure"],
  estimate: ["value", "sure"],
  order: ["order", "sure"],
  consult: ["option"],
};

/** Replay decisions: each with the states on both sides of it. Throws where one does not fit. */
export function replay(model, decisions) {
  let state = begin(model);
  return decisions.map((decision) => {
    const before = state;
    const made = play(model, before, decision);
    state = made.state;
    return { event: made.event, before, after: state };
  });
}

/** The run: `send` takes the messages of the case player, `view` is what it is to show. */
export class Run {
  constructor(model, { today = new Date(), changed = () => {} } = {}) {
    this.model = model;
    this.today = today;
    this.changed = changed;
    this.decisions = [];
    this.passages = [];
    this.view = this.#described({ focus: "step", note: null });
  }

  /** Go on from decisions that were kept; says false and begins anew where they do not fit. */
  resume(decisions, note = null) {
    try {
      this.#stand(decisions);
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof TypeError)) throw error;
      this.#stand([]);
      return false;
    } finally {
      this.view = this.#described({ focus: "step", note });
    }
    return true;
  }

  /** Act on a message from the view, as the widget does; anything unknown is ignored. */
  send(message) {
    try {
      this.view = this.#handle(message);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const typed = error.secret ? null : typedIn(message.decision);
      this.view = this.#described({ focus: "error", note: null, error: error.message, typed });
    }
  }

  #handle({ type, decision }) {
    if (type === "decide") {
      for (const text of Object.values(decision)) refuseIdentity(String(text), this.model.texts);
      this.#stand([...this.decisions, this.#cleaned(decision)]);
      this.changed(this);
      return this.#described({ focus: "feedback", note: null });
    }
    if ((type === "undo" || type === "restart") && this.decisions.length) {
      this.#stand(type === "undo" ? this.decisions.slice(0, -1) : []);
      this.changed(this);
    }
    return this.#described({ focus: "step", note: null });
  }

  #stand(decisions) {
    this.passages = replay(this.model, decisions);
    this.decisions = decisions;
  }

  #cleaned(raw) {
    const { step } = this.view;
    const parts = [...(PARTS[step.kind] ?? []), ...step.fields.map(({ id }) => `field.${id}`)];
    const kept = parts.filter((part) => typeof raw[part] === "string").map((part) => [part, raw[part]]);
    const decision = { step: step.id, ...Object.fromEntries(kept) };
    for (const part of ["dose", "rate"]) {
      if (part in decision) decision[part] = withUnit(decision[part], step.unit);
    }
    return decision;
  }

  #described({ focus, note, error = null, typed = null }) {
    const { model, passages } = this;
    const last = passages.at(-1);
    const state = last?.after ?? begin(model);
    const before = last?.before ?? state;
    const ended = state.node === null;
    return {
      lang: model.lang,
      ui_lang: model.ui_lang,
      labels: model.labels,
      case: { ...model.case, overdue: overdue(model, this.today) },
      ...patientView(model, before, state),
      level: model.case.level,
      progress: {
        done: passages.length,
        label: put(model.texts.step_number, { number: passages.length + 1 }),
      },
      feedback: last ? feedbackView(model, last.event, effectsText(model, before, state)) : null,
      step: ended ? null : stepView(model, state),
      error: error === null ? null : { field: "answer", text: error },
      typed,
      can_undo: passages.length > 0,
      debrief: ended ? debriefView(model, passages) : null,
      choose_level: false,
      focus,
      note,
    };
  }
}

function overdue({ overdue: due }, today) {
  if (!due) return null;
  const local = new Date(today.getTime() - today.getTimezoneOffset() * 60000);
  return local.toISOString().slice(0, 10) > due.after ? due.text : null;
}

function typedIn(decision) {
  const { dose, rate, text } = decision;
  return [dose, rate, text].find((one) => typeof one === "string") ?? null;
}
