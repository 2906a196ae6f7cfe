// What may be added to a question: a rescue dose by a rule, and more about the invented patient.

import { h } from "../shared/dom.js";
import { fold, picker, slot, tick, typed } from "./fields.js";

/** The folded parts below the form's own fields. */
export function extras(parts) {
  return h("div", { class: "pk-folds" }, rescue(parts), patient(parts));
}

function rescue({ view, state, changed }) {
  const { labels } = view;
  const chosen = state.form.rescue;
  const told = () => view.rescue_rules.find(({ id }) => id === chosen.rule)?.label ?? "";
  const pick = (key) => (value) => {
    chosen[key] = value;
    changed();
    if (key === "rule") of.redraw();
  };
  const of = slot(
    () =>
      chosen.rule &&
      picker({
        label: labels.rescue_of,
        options: view.targets.filter(({ patch }) => !patch),
        chosen: chosen.of,
        empty: labels.rescue_same,
        field: "rescue",
        view,
        onpick: pick("of"),
      }),
  );
  return fold(
    { state, name: "rescue", summary: labels.rescue, told, forced: view.error?.field === "rescue" },
    picker({
      label: labels.rescue_rule,
      options: view.rescue_rules,
      chosen: chosen.rule,
      empty: labels.rescue_none,
      field: "rescue-rule",
      view,
      onpick: pick("rule"),
    }),
    of.box,
  );
}

function patient({ view, state, changed }) {
  const { labels } = view;
  const { form } = state;
  const told = () => {
    const flags = view.flags.filter(({ id }) => form.flags.includes(id)).map(({ label }) => label);
    return [form.gfr.trim() && `${form.gfr} ${labels.gfr_unit}`, ...flags].filter(Boolean).join(", ");
  };
  const flag = ({ id, label }) =>
    tick({
      label,
      checked: form.flags.includes(id),
      field: `flag-${id}`,
      onchange: (on) => {
        form.flags = on ? [...form.flags, id] : form.flags.filter((one) => one !== id);
        changed();
      },
    });
  return fold(
    { state, name: "patient", summary: labels.patient, told, forced: view.error?.field === "gfr" },
    h("p", { class: "pk-soft pk-small" }, labels.patient_help),
    typed({
      label: labels.gfr,
      value: form.gfr,
      unit: labels.gfr_unit,
      field: "gfr",
      size: 5,
      longest: 10,
      decimal: true,
      view,
      oninput: (text) => {
        form.gfr = text;
        changed();
      },
    }),
    h("div", { class: "pk-flags" }, view.flags.map(flag)),
  );
}
