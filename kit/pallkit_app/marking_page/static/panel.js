// The form beside an answer: levels, points, comment, and what others have made of it.

import { ask, at, made, say, second, shown } from "./basics.js";
import { needsReason, number, standing, stateText } from "./saving.js";

export class Panel {
  // options() is what is asked along with each request; follow(item) is told what came of one.
  constructor(options, follow) {
    this.options = options;
    this.follow = follow;
    this.item = null;
    for (const id of ["points", "reason", "comment"]) {
      at(id).addEventListener("input", () => this.#edited(id === "points"));
    }
    at("form").addEventListener("submit", (event) => event.preventDefault());
    at("undo").addEventListener("click", () => this.undo());
    at("take-back").addEventListener("click", async () => {
      await this.saver.takeBack(this.item);
      this.show(this.item);
    });
    at("settle").addEventListener("submit", (event) => this.#settle(event));
    at("appeal").addEventListener("submit", (event) => this.#appeal(event));
    at("history-box").addEventListener("toggle", () => this.#history());
  }

  begin(task, saver) {
    this.task = task;
    this.saver = saver;
    at("most").textContent = say("points_of", { points: "", most: shown(task.most) }).trim();
    at("rubric").replaceChildren(
      ...task.rubric.map((criterion) => this.#criterion(criterion)),
      ...this.#lookFor(task.look_for),
    );
    at("sum").hidden = task.rubric.length === 0;
  }

  show(item) {
    if (item !== this.item) {
      at("history-box").open = false;
      at("appeal-box").open = item.appeals.some((one) => one.outcome === null);
      for (const id of ["settle-state", "appeal-state"]) at(id).textContent = "";
      for (const id of ["settle", "appeal"]) at(id).reset();
    }
    this.item = item;
    const { points, rubric, comment, reason } = standing(item);
    at("points").value = shown(points ?? "");
    at("comment").value = comment;
    at("comment").lang = item.lang;
    at("reason").value = reason;
    for (const radio of at("rubric").querySelectorAll("input")) {
      radio.checked = rubric[radio.name] === radio.value;
    }
    at("bank").replaceChildren(...this.task.comments.map((one) => this.#comment(one)));
    this.refresh();
  }

  // All that may change while the form is being written in; the fields are left alone.
  refresh() {
    const item = this.item;
    const state = at("state");
    state.textContent = stateText(item, this.task.most);
    state.dataset.state = item.state;
    at("undo").disabled = item.undo.length === 0;
    at("take-back").hidden = item.mark === null;
    at("reason-box").hidden = !(needsReason(item) && item.draft) && !at("reason").value;
    this.#sum();
    this.#conflict();
    this.#other();
    this.#appeals();
  }

  async undo() {
    await this.saver.undo(this.item);
    this.show(this.item);
  }

  #criterion({ id, title, levels }) {
    const choices = levels.map(({ points, text }) => {
      const radio = made("input", { type: "radio", name: id, value: points, className: "mk-level__dot" });
      radio.addEventListener("change", () => this.#chosen());
      return made(
        "label",
        { className: "mk-level" },
        radio,
        made("span", { className: "mk-level__text", textContent: text }),
        made("span", { className: "mk-level__points", textContent: say("level", { points: shown(points) }) }),
      );
    });
    const legend = made("legend", { textContent: title });
    return made("fieldset", { className: "mk-criterion" }, legend, ...choices);
  }

  #lookFor(lines) {
    if (!lines.length) return [];
    const points = lines.map((line) => made("li", { textContent: line }));
    return [made("ul", { className: "mk-look-for" }, ...points)];
  }

  #levels() {
    const chosen = at("rubric").querySelectorAll("input:checked");
    return Object.fromEntries([...chosen].map((radio) => [radio.name, radio.value]));
  }

  #added() {
    const levels = this.#levels();
    const all = this.task.rubric.length > 0 && this.task.rubric.every(({ id }) => id in levels);
    if (!all) return null;
    // In hundredths: 0.1 + 0.2 is not 0.3 here.
    const cents = Object.values(levels).reduce((sum, one) => sum + Math.round(Number(one) * 100), 0);
    return String(cents / 100);
  }

  #chosen() {
    const sum = this.#added();
    if (sum !== null) at("points").value = shown(sum);
    this.#edited(false);
  }

  #edited() {
    this.saver.edit(this.item, {
      points: at("points").value,
      rubric: this.#levels(),
      comment: at("comment").value,
      reason: at("reason").value,
    });
  }

  #sum() {
    const sum = this.#added();
    const given = number(at("points").value);
    let text = say("choose_levels");
    if (sum !== null) {
      text =
        given === null || given === sum
          ? say("sum", { sum: shown(sum) })
          : say("sum_other", { sum: shown(sum), points: shown(given) });
    }
    at("sum").textContent = text;
    at("points").setAttribute("aria-invalid", String(this.item.state === "points"));
  }

  #comment(one) {
    const text = one[this.item.lang];
    const button = made("button", { type: "button", className: "mk-ready", textContent: text, lang: this.item.lang });
    button.addEventListener("click", () => {
      const field = at("comment");
      const gap = field.value.trim() ? "\n" : "";
      field.value = `${field.value.trimEnd()}${gap}${text}`;
      this.#edited(false);
    });
    return button;
  }

  #conflict() {
    const { item } = this;
    if (item.state !== "conflict") {
      at("conflict").replaceChildren();
      return;
    }
    const mark = item.mark;
    const line = mark
      ? say("conflict", { grader: mark.grader, points: shown(mark.points), at: mark.at })
      : say("conflict_none");
    const button = (word, act) => {
      const made_ = made("button", { type: "button", className: "ds-button", textContent: say(word), data: { size: "sm", variant: "secondary" } });
      made_.addEventListener("click", () => {
        act();
        this.show(item);
        at("points").focus();
      });
      return made_;
    };
    if (at("conflict").textContent.startsWith(line)) return;
    at("conflict").replaceChildren(
      made(
        "div",
        { className: "ds-alert mk-alert", role: "alert", data: { color: "warning" } },
        made("p", { textContent: line }),
        made(
          "div",
          { className: "mk-moves" },
          button("keep_theirs", () => this.saver.keepTheirs(item)),
          button("keep_mine", () => this.saver.keepMine(item)),
        ),
      ),
    );
  }

  #other() {
    const { other, difference } = this.item;
    const box = [];
    if (other) {
      const said = say("other_mark", { grader: other.grader, points: shown(other.points), most: shown(this.task.most) });
      box.push(made("h3", { textContent: say(second ? "other_first" : "other_second") }), made("p", { textContent: said }));
      if (other.comment) box.push(made("p", { className: "mk-quote", textContent: other.comment }));
    }
    const settled = difference?.settled;
    if (settled) box.push(made("p", { className: "mk-soft", textContent: say("settled", settled) }));
    at("other").replaceChildren(...(box.length ? [made("div", { className: "mk-box" }, ...box)] : []));
    at("settle").hidden = !difference || Boolean(settled);
  }

  #appeals() {
    const lines = this.item.appeals.flatMap((one) => {
      const by = [one.asked_by, one.recorded_by].filter(Boolean).join(", ");
      const opened = made("p", { textContent: say("appeal_open", { at: one.at, by, why: one.why }) });
      if (one.outcome === null) return [opened];
      const told = { at: one.closed_at, by: one.closed_by, outcome: one.outcome };
      return [opened, made("p", { textContent: say("appeal_closed", told) })];
    });
    at("appeals").replaceChildren(...lines);
    const open = this.item.appeals.some((one) => one.outcome === null);
    for (const id of ["appeal-label", "appeal-send"]) {
      at(id).textContent = open ? at(id).dataset.close : at(id).dataset.open;
    }
    at("asked-by-box").hidden = open;
  }

  async #history() {
    if (!at("history-box").open) return;
    const { item } = this;
    const { status, value } = await ask(`task/${this.task.id}/${item.id}/history`, this.options());
    if (status !== 200 || item !== this.item) return;
    const rows = value.map((row) => {
      const points = row.points === null ? say("waits") : say("history_points", { points: shown(row.points) });
      const what = row.kind + (row.points === null && row.words ? "" : `: ${points}`);
      const key = row.key ? ` · ${say("history_key", { key: row.key })}` : "";
      const line = made("p", { textContent: say("history_row", { at: row.at, what, person: row.person }) + key });
      return made("li", {}, line, ...(row.words ? [made("p", { className: "mk-quote", textContent: row.words })] : []));
    });
    at("history").replaceChildren(...(rows.length ? rows : [made("li", { textContent: say("history_none") })]));
  }

  async #settle(event) {
    event.preventDefault();
    const points = number(at("settle-points").value) ?? at("settle-points").value;
    const body = { do: "settle", points, reason: at("settle-reason").value, version: this.item.difference.version };
    await this.#post(body, "settle");
  }

  async #appeal(event) {
    event.preventDefault();
    const open = this.item.appeals.some((one) => one.outcome === null);
    const words = at("appeal-words").value;
    const body = open
      ? { do: "appeal", outcome: words }
      : { do: "appeal", why: words, asked_by: at("asked-by").value };
    await this.#post(body, "appeal");
  }

  async #post(body, form) {
    const { item } = this;
    const state = at(`${form}-state`);
    state.textContent = say("state_saving");
    const { status, value } = await ask(`task/${this.task.id}/${item.id}`, { ...this.options(), body });
    if (status !== 200) {
      state.textContent = status ? say("state_error", { why: value.error }) : say("not_recorded_now");
      return;
    }
    state.textContent = "";
    at(form).reset();
    Object.assign(item, value);
    if (!item.draft) item.state = item.mark ? "saved" : "empty";
    if (item === this.item) this.show(item);
    this.follow(item);
  }
}
