// How the patient is now: clock and place, people, medicines, vital signs, symptoms, course.

import { format, h, more, prose, uid } from "../shared/dom.js";
import { changed, courses, courseTable } from "./chart.js";
import { change, vitalChange } from "./parts.js";

/** Who the patient is. */
export function patient(view) {
  return prose(view.case.patient_html, view.lang, { class: "pk-patient" });
}

/**
 * The panel beside the step. Where there is no room beside it, it is folded to one line
 * with what has just changed; `panel.open` keeps what the reader chose.
 */
export function statusPanel(view, panel) {
  const { labels } = view;
  const id = uid("status");
  const toggle = h(
    "button",
    { class: "pk-status-toggle", type: "button", "aria-controls": id, onclick: () => fold(!panel.open) },
    h("span", { class: "pk-strong" }, labels.now),
    h("span", { class: "pk-soft pk-small" }, `${view.clock.text} · ${view.place}`),
  );
  const box = h(
    "aside",
    { class: "pk-status pk-card", "aria-label": labels.now },
    toggle,
    view.can_undo && view.changes && h("p", { class: "pk-status-changes pk-small" }, view.changes),
    h("div", { class: "pk-status-body", id }, body(view)),
  );

  function fold(open) {
    panel.open = open;
    box.toggleAttribute("data-open", open);
    toggle.setAttribute("aria-expanded", open);
  }

  fold(panel.open);
  return box;
}

function body(view) {
  const { labels, lang, chart } = view;
  const { esas_note: said } = view.case;
  const note = said && h("p", { class: "pk-soft pk-tiny pk-esas-note", lang }, said);
  const moved = changed(chart);
  return [
    h("dl", { class: "pk-when" }, facts(view)),
    view.can_undo && part(labels.patient, patient(view)),
    view.people.length > 0 && part(labels.people, people(view)),
    view.tasks.length > 0 && part(labels.tasks, tasks(view)),
    part(labels.medicines, medicines(view)),
    view.vitals.length > 0 && part(labels.vitals, vitals(view)),
    part(labels.symptoms, symptoms(view), note),
    (moved.series.length > 0 || moved.vitals.length > 0) &&
      part(labels.course, courses(moved, labels), more(labels.as_table, courseTable(chart, labels))),
  ];
}

function facts({ clock, place, consciousness, frame, watched, labels }) {
  return [
    pair(labels.clock, clock.text),
    pair(labels.place, place),
    watched.includes("consciousness") && pair(labels.consciousness, consciousness),
    watched.includes("frame") && pair(labels.frame, frame),
  ];
}

function part(title, ...children) {
  const id = uid("part");
  return h(
    "section",
    { class: "pk-part", "aria-labelledby": id },
    h("h3", { id, class: "pk-part-title" }, title),
    ...children,
  );
}

function pair(term, text) {
  return h("div", {}, h("dt", {}, term), h("dd", {}, text));
}

function people({ people: known, labels, lang }) {
  return h(
    "ul",
    { class: "pk-plain pk-people" },
    known.map((person) => {
      const age = person.age === null ? null : format(labels.years, { number: person.age });
      const worry = format(labels.worry, { number: person.worry });
      return h(
        "li",
        {},
        h("strong", { lang }, person.name),
        h("span", { class: "pk-soft" }, ` ${[person.role, age].filter(Boolean).join(", ")}`),
        person.about && h("p", { class: "pk-soft pk-small", lang }, person.about),
        person.wish &&
          h("p", { class: "pk-small" }, h("span", { class: "pk-soft" }, `${labels.wish} `), h("span", { lang }, person.wish)),
        (person.worry > 0 || person.change !== 0) &&
          h("p", { class: "pk-small" }, h("span", { class: "pk-soft" }, worry), " ", change(person.change, labels)),
      );
    }),
  );
}

function tasks({ tasks: open, lang }) {
  return h("ul", { class: "pk-tasks pk-small", lang }, open.map(({ text }) => h("li", {}, text)));
}

function medicines({ regimen, labels, lang }) {
  if (regimen.length === 0) return h("p", { class: "pk-soft" }, labels.no_medicines);
  return h(
    "ul",
    { class: "pk-plain pk-medicines" },
    regimen.map((item) =>
      h(
        "li",
        {},
        h("strong", { class: "pk-dose" }, item.dose),
        h("span", { class: "pk-soft" }, ` ${item.use}`),
        item.text && h("p", { class: "pk-soft pk-small", lang }, item.text),
        item.as_needed &&
          h("p", { class: "pk-soft pk-small" }, format(labels.given, { number: item.given })),
      ),
    ),
  );
}

function vitals({ vitals: measured, labels }) {
  const rows = measured.map((sign) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, sign.label),
      h("td", { class: "pk-number pk-vital" }, sign.text),
      h("td", { class: "pk-esas-change" }, vitalChange(sign, labels)),
    ),
  );
  return h(
    "table",
    { class: "pk-esas pk-vitals" },
    h("caption", { class: "ds-sr-only" }, labels.vitals),
    h("tbody", {}, rows),
  );
}

function symptoms({ esas, labels }) {
  return h(
    "table",
    { class: "pk-esas" },
    h("caption", { class: "pk-soft pk-tiny" }, labels.esas_scale),
    h("tbody", {}, esas.map((item) => symptom(item, labels))),
  );
}

// A symptom whose figure is being asked about has none to show.
function symptom({ label, value, change: by }, labels) {
  const known = value !== null;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, label),
    h(
      "td",
      { class: "pk-esas-bar", "aria-hidden": "true" },
      h("span", { class: "pk-bar" }, h("span", { "--pk-share": (value ?? 0) / 10 })),
    ),
    h(
      "td",
      { class: "pk-number pk-esas-value" },
      known ? value : [h("span", { "aria-hidden": "true" }, "?"), h("span", { class: "ds-sr-only" }, labels.asked_now)],
    ),
    h("td", { class: "pk-esas-change" }, change(by, labels)),
  );
}
