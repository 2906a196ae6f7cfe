// What may be added to a question: a rescue dose by a rule, and more about the invented patient.

import { h } from "../shared/dom.js";
import { fold, picker, tick, typed } from "./fields.js";

/** The folded parts below the form's own fields. */
export function extras(parts) {
  return h("div", { class: "pk-folds" }, rescue(parts), patient(parts));
}

function rescue({ view, state, changed, repaint }) {
  const { labels } = view;
  const chosen = state.form.rescue;
  const rule = view.rescue_rules.find(({ id }) => id === chosen.rule);
  const pick = (key) => (value) => {
    chosen[key] = value;
    changed();
    repaint(`rescue-${key}`);
  };
  return fold(
    { state, name: "rescue", summary: labels.rescue, told: rule?.label, forced: view.error?.field === "rescue" },
    picker({
      label: labels.rescue_rule,
      options: view.rescue_rules,
      chosen: chosen.rule,
      empty: labels.rescue_none,
      field: "rescue-rule",
      view,
      onpick: pick("rule"),
    }),
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
}

function patient({ view, state, changed, repaint }) {
  const { labels } = view;
  const { form } = state;
  const told = view.flags.filter(({ id }) => form.flags.includes(id)).map(({ label }) => label);
  if (form.gfr.trim()) told.unshift(`${form.gfr} ${labels.gfr_unit}`);
  const flag = ({ id, label }) =>
    tick({
      label,
      checked: form.flags.includes(id),
      field: `flag-${id}`,
      onchange: (on) => {
        form.flags = on ? [...form.flags, id] : form.flags.filter((one) => one !== id);
        changed();
        repaint(`flag-${id}`);
      },
    });
  return fold(
    {
      state,
      name: "patient",
      summary: labels.patient,
      told: told.join(", "),
      forced: view.error?.field === "gfr",
    },
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
