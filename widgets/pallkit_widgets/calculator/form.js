// The form: what is given now, which table, what to change to, how much to take off, and more.

import { h, uid } from "../shared/dom.js";
import { standingNotices } from "../shared/notices.js";
import { extras } from "./extras.js";
import { errorOf, picker, slot, tick, typed } from "./fields.js";
import { drugRows } from "./rows.js";
import { clearForm, losing, undo } from "./state.js";

/**
 * The whole form. `changed()` says that an answer shown is no longer to what stands here,
 * `repaint(field)` draws the form again and puts the focus there.
 */
export function calculatorForm(parts) {
  const { view, state, send } = parts;
  const { labels } = view;
  const ask = (type) => send({ type, form: state.form });
  const lower = slot(() => state.form.to && h("div", { class: "pk-part-of-form" }, reductionParts(parts)));
  return h(
    "form",
    {
      class: "pk-card pk-calculator-form",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        ask(state.practice ? "practice" : "calculate");
      },
    },
    modes(parts),
    h("h2", { class: "ds-heading", "data-size": "xs" }, labels.doses),
    state.undo && undoLine(parts),
    drugRows(parts),
    errorOf("form", view).line,
    h("div", { class: "pk-part-of-form pk-stack" }, tablePicker(parts), targetPicker(parts, lower.redraw)),
    lower.box,
    extras(parts),
    buttons(parts, ask),
  );
}

function modes({ view, state, repaint }) {
  const { labels } = view;
  const group = uid("mode");
  const mode = (practice, label) =>
    tick({
      label,
      group,
      checked: state.practice === practice,
      field: `mode-${practice}`,
      onchange: () => {
        state.practice = practice;
        repaint(`mode-${practice}`);
      },
    });
  return h(
    "fieldset",
    { class: "pk-modes pk-screen-only" },
    h("legend", { class: "ds-sr-only" }, labels.mode),
    h("div", { class: "pk-mode-row" }, mode(false, labels.mode_calculate), mode(true, labels.mode_practice)),
    state.practice && h("p", { class: "pk-soft pk-small" }, labels.practice_help),
  );
}

function undoLine({ view, state, changed, repaint, announce }) {
  const { labels } = view;
  const back = () => {
    undo(state);
    changed();
    repaint("row-1-drug");
    announce(labels.undone);
  };
  return h(
    "p",
    { class: "pk-undo pk-row" },
    h("span", {}, state.undo.text),
    h("button", { class: "ds-button", type: "button", "data-variant": "secondary", "data-size": "sm", "data-pk-field": "undo", onclick: back }, labels.undo),
  );
}

function buttons({ view, state, changed, repaint, announce }, ask) {
  const { labels } = view;
  const clear = () => {
    losing(state, labels.cleared, () => clearForm(state));
    changed();
    repaint("undo");
    announce(labels.cleared);
  };
  return h(
    "div",
    { class: "pk-go pk-row" },
    h("button", { class: "ds-button", type: "submit" }, state.practice ? labels.begin : labels.calculate),
    !state.practice &&
      h("button", { class: "ds-button", type: "button", "data-variant": "secondary", onclick: () => ask("compare") }, labels.compare),
    h("button", { class: "ds-button pk-clear", type: "button", "data-variant": "tertiary", onclick: clear }, labels.clear),
  );
}

function tablePicker({ view, state, changed, repaint }) {
  const { labels } = view;
  const { form } = state;
  const listed = view.sets.filter((set) => set.listed || state.copies || set.id === form.set);
  const options = listed.map((set) => ({
    id: set.id,
    label: `${set.publisher}: ${set.title}${set.mark ? ` (${set.mark})` : ""}`,
  }));
  const notices = slot(() => {
    const chosen = view.sets.find((set) => set.id === form.set);
    return chosen && h("div", { class: "pk-table-standing" }, standingNotices(chosen.standing, labels));
  });
  const pick = (value) => {
    form.set = value;
    changed();
    notices.redraw();
  };
  const more = (on) => {
    state.copies = on;
    repaint("copies");
  };
  return h(
    "div",
    {},
    picker({ label: labels.table, options, chosen: form.set, onpick: pick, empty: labels.pick, field: "table", view }),
    notices.box,
    !view.sets.every((set) => set.listed) && tick({ label: labels.copies, checked: state.copies, onchange: more, field: "copies" }),
  );
}

function targetPicker({ view, state, changed }, redraw) {
  const pick = (value) => {
    state.form.to = value;
    changed();
    redraw();
  };
  const { labels, targets } = view;
  return picker({ label: labels.to, options: targets, chosen: state.form.to, onpick: pick, empty: labels.only_count, field: "to", view });
}

function reductionParts({ view, state, changed, repaint }) {
  const { labels } = view;
  const { reduce } = state.form;
  const group = uid("reduce");
  const choice = (kind) =>
    tick({
      label: labels[`reduce_${kind}`],
      group,
      checked: reduce.kind === kind,
      field: `reduce-${kind}`,
      onchange: () => {
        reduce.kind = kind;
        changed();
        repaint(`reduce-${kind}`);
      },
    });
  const write = (key) => (value) => {
    reduce[key] = value;
    changed();
  };
  const number = () =>
    typed({ label: labels.percent, value: reduce.number, unit: "%", field: "reduction", longest: 10, decimal: true, view, oninput: write("number") });
  const rule = () =>
    picker({ label: labels.rule, options: view.rules, chosen: reduce.rule, onpick: write("rule"), empty: labels.pick, field: "reduction", view });
  return h(
    "fieldset",
    { class: "ds-fieldset pk-tight" },
    h("legend", { class: "ds-label" }, labels.reduction),
    h("p", { class: "pk-soft pk-small" }, labels.reduction_help),
    ["none", "number", "rule"].map(choice),
    reduce.kind === "number" && number(),
    reduce.kind === "rule" && rule(),
    reduce.kind === "none" && errorOf("reduction", view).line,
  );
}
