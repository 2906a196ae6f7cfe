// The page: the tasks, the list of hand-ins, one answer at a time, and the keyboard.

import { about, ask, at, lang, made, say, second, shown } from "./basics.js";
import { keepChoice, keptChoice, keptDraft } from "./keeping.js";
import { Panel } from "./panel.js";
import { Saver } from "./saving.js";

const anonymous = () => at("anonymous").checked;
const options = () => ({ anonymous: anonymous() });
const panel = new Panel(options, (item) => follow(item));
let task = null;
let saver = null;
let item = null;

const FITS = {
  all: () => true,
  waits: (one) => one.waits,
  flagged: (one) => one.flagged,
  second: (one) => Boolean(second ? one.mark : one.other),
  differs: (one) => Boolean(one.difference && !one.difference.settled),
  appeals: (one) => one.appeals.length > 0,
};

const listed = () => task.items.filter((one) => FITS[at("filter").value](one) || one === item);
const called = (one) => one.name ?? say("candidate", { number: one.number });

// ---- what is there ----

async function overview() {
  const { status, value } = await ask("overview", options());
  if (status !== 200) {
    trouble(status ? value.error : say("state_offline"));
    return null;
  }
  const chosen = at("task").value;
  at("task").replaceChildren(
    ...value.tasks.map(({ id, title, done, of }) => made("option", { value: id, textContent: say("task", { title, done, of }) })),
  );
  if (chosen) at("task").value = chosen;
  const notes = [];
  if (value.not_recorded) notes.push(say("not_recorded", { count: value.not_recorded }));
  if (value.open_differences) notes.push(say("open_differences", { count: value.open_differences }));
  at("notes").replaceChildren(...notes.map((text) => made("p", { className: "mk-note", textContent: text })));
  if (!value.tasks.length) trouble(say("no_tasks"));
  return value.tasks;
}

function trouble(text) {
  at("trouble").textContent = text;
  at("trouble").hidden = !text;
}

async function openTask(id) {
  const { status, value } = await ask(`task/${id}`, options());
  if (status !== 200) {
    trouble(status ? value.error : say("state_offline"));
    return;
  }
  trouble("");
  const kept = item?.id;
  task = value;
  item = null;
  saver = new Saver(task.id, task.most, changed, options);
  for (const one of task.items) Object.assign(one, { draft: null, undo: [], state: one.mark ? "saved" : "empty", timer: null });
  at("question").innerHTML = task.question; // made safe by the server: pallkit.texts
  at("question-box").hidden = !task.question;
  panel.begin(task, saver);
  for (const one of task.items) {
    const draft = keptDraft(task.id, one.id);
    if (draft) saver.take(one, draft);
  }
  at("desk").hidden = false;
  keepChoice("task", task.id);
  const first = listed();
  show(first.find((one) => one.id === kept) ?? first.find((one) => one.waits) ?? first[0] ?? null);
  count();
}

// ---- one answer ----

function show(one, { focus = false } = {}) {
  if (item && item !== one) saver.leave(item);
  item = one;
  list();
  for (const part of document.querySelectorAll(".mk-answer__head, .mk-panel, #answer, #machine, #flags")) part.hidden = !item;
  if (!item) return;
  at("who").textContent = called(item);
  const shownNow = listed();
  at("where").textContent = say("place", { place: shownNow.indexOf(item) + 1, of: shownNow.length });
  at("answer").lang = item.lang;
  at("answer").dataset.kind = item.answer.kind;
  at("answer").replaceChildren(...answer(item));
  at("machine").replaceChildren(...machine(item));
  at("flags").replaceChildren(...flags(item));
  panel.show(item);
  if (focus) at("who").focus();
}

function answer({ answer: { kind, text, cut } }) {
  if (kind === "none") return [made("p", { className: "mk-soft", textContent: say("not_answered"), lang })];
  const body = kind === "code" ? made("pre", {}, made("code", { textContent: text })) : made("p", { className: "mk-text", textContent: text });
  return cut ? [body, made("p", { className: "mk-soft", textContent: say("cut"), lang })] : [body];
}

function machine(one) {
  const gave = one.machine === null ? say("machine_none") : say("machine_gave", { points: shown(one.machine), most: shown(task.most) });
  const parts = task.kind === "text" && one.machine === null ? [] : [made("p", { className: "mk-soft", textContent: gave })];
  if (one.said) {
    const said = made("p", { className: "mk-text", textContent: one.said, lang: one.lang });
    parts.push(made("details", { className: "mk-box" }, made("summary", { textContent: say("machine_said") }), said));
  }
  return parts;
}

function flags(one) {
  const lines = one.flags.map((line) => made("li", { textContent: line }));
  const parts = [];
  if (one.changed) {
    const holds = made("button", { type: "button", className: "ds-button", textContent: say("keep_mark"), data: { size: "sm", variant: "secondary" } });
    holds.addEventListener("click", () => saver.confirm(one));
    const said = made("p", { textContent: say(`changed_${one.changed}`) });
    parts.push(made("div", { className: "ds-alert mk-alert", data: { color: "warning" } }, said, holds));
  }
  if (lines.length) {
    const title = made("p", { className: "mk-flag", textContent: say("flagged") });
    parts.push(made("div", { className: "ds-alert mk-alert", data: { color: one.flagged ? "warning" : "info" } }, ...(one.flagged ? [title] : []), made("ul", {}, ...lines)));
  }
  return parts;
}

// ---- the list ----

function status(one) {
  if (one.draft && one.state !== "saving") return say("draft");
  if (one.changed) return say("look_again");
  if (one.mark) return say("marked", { points: shown(one.mark.points) });
  if (one.machine !== null && !second) return say("by_machine", { points: shown(one.machine) });
  return one.answer.kind === "none" ? say("not_answered") : say("not_marked");
}

function list() {
  const rows = listed();
  at("list").replaceChildren(
    ...rows.map((one) => {
      const marks = [];
      if (one.flagged) marks.push(say("flagged"));
      if (FITS.differs(one)) marks.push(say("differs"));
      if (one.appeals.some((each) => each.outcome === null)) marks.push(say("open_appeal"));
      const button = made(
        "button",
        { type: "button", data: { done: String(!one.waits && !one.draft), draft: String(Boolean(one.draft)) } },
        made("span", { className: "mk-list__name", textContent: called(one) }),
        made("span", { className: "mk-list__state", textContent: status(one) }),
        ...marks.map((text) => made("span", { className: "mk-list__mark", textContent: text })),
      );
      if (one === item) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => show(one, { focus: true }));
      return made("li", {}, button);
    }),
  );
  at("list-none").hidden = rows.length > 0;
  at("list-none").textContent = say("none_here");
}

function count() {
  const done = task.items.filter((one) => !one.waits).length;
  at("bar").max = task.items.length;
  at("bar").value = done;
  const text = say("progress", { done, of: task.items.length });
  if (at("done").textContent !== text) at("done").textContent = text;
  at("next-waiting").disabled = done === task.items.length;
  const option = at("task").selectedOptions[0];
  if (option) option.textContent = say("task", { title: task.title, done, of: task.items.length });
}

function changed(one) {
  if (one === item) {
    panel.refresh();
    at("flags").replaceChildren(...flags(one));
  }
  const focused = document.activeElement?.closest("#list") ? called(one) : null;
  list();
  if (focused) at("list").querySelector("[aria-current]")?.focus();
  count();
}

function follow(one) {
  changed(one);
  overview();
}

// ---- moving ----

function step(by) {
  const rows = listed();
  const next = rows[rows.indexOf(item) + by];
  if (next) show(next, { focus: true });
}

function nextWaiting() {
  const place = task.items.indexOf(item);
  const after = [...task.items.slice(place + 1), ...task.items.slice(0, Math.max(place, 0))];
  const next = after.find((one) => one.waits);
  if (!next) return;
  if (!FITS[at("filter").value](next)) at("filter").value = "all";
  show(next, { focus: true });
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: nextWaiting,
  u: () => panel.undo(),
  p: () => at("points").focus(),
  c: () => at("comment").focus(),
};

const writes = (element) => element.matches('textarea, select, input:not([type="radio"], [type="checkbox"])');

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !item) return;
  if (event.key === "Escape" && event.target.closest?.(".mk-panel")) at("who").focus();
  if (!at("keys").checked || writes(event.target) || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

at("previous").addEventListener("click", () => step(-1));
at("next").addEventListener("click", () => step(1));
at("next-waiting").addEventListener("click", nextWaiting);
at("filter").addEventListener("change", () => {
  item = listed().includes(item) && FITS[at("filter").value](item) ? item : null;
  show(item ?? listed()[0] ?? null);
});
at("task").addEventListener("change", () => openTask(at("task").value));
at("anonymous").addEventListener("change", () => {
  keepChoice("anonymous", anonymous());
  if (item) saver.leave(item);
  if (task) openTask(task.id);
});
at("keys").addEventListener("change", () => keepChoice("keys", at("keys").checked));

async function start() {
  at("anonymous").checked = keptChoice("anonymous") ?? false;
  at("keys").checked = keptChoice("keys") ?? true;
  at("list-box").open = matchMedia("(min-width: 62rem)").matches;
  const tasks = await overview();
  if (!tasks?.length) return;
  const ids = tasks.map((one) => one.id);
  const wanted = [about.start, keptChoice("task")].find((id) => ids.includes(id));
  const waiting = tasks.find((one) => one.kind === "text" && one.done < one.of) ?? tasks.find((one) => one.done < one.of);
  const first = wanted ?? (waiting ?? tasks.at(-1)).id;
  at("task").value = first;
  await openTask(first);
}

start();
