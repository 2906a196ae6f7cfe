// How the patient is now: clock and place, medicines, symptoms and their course.

import { format, h, more, prose, uid } from "../shared/dom.js";
import { courses, courseTable } from "./chart.js";
import { change } from "./parts.js";

/** Who the patient is. */
export function patient(view) {
  return prose(view.case.patient_html, view.lang, { class: "pk-patient" });
}

/** The panel beside the step. */
export function statusPanel(view) {
  const { labels, lang } = view;
  const { esas_note: said } = view.case;
  const note = said && h("p", { class: "pk-soft pk-tiny pk-esas-note", lang }, said);
  return h(
    "aside",
    { class: "pk-status pk-card", "aria-label": labels.now },
    h(
      "dl",
      { class: "pk-when" },
      pair(labels.clock, view.clock.text),
      pair(labels.place, view.place),
    ),
    view.can_undo && part(labels.patient, patient(view)),
    part(labels.medicines, medicines(view)),
    part(labels.symptoms, symptoms(view), note),
    view.chart.times.length > 1 &&
      part(labels.course, courses(view.chart, labels), more(labels.as_table, courseTable(view.chart, labels))),
  );
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

function symptoms({ esas, labels }) {
  return h(
    "table",
    { class: "pk-esas" },
    h("caption", { class: "pk-soft pk-tiny" }, labels.esas_scale),
    h(
      "tbody",
      {},
      esas.map((item) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, item.label),
          h(
            "td",
            { class: "pk-esas-bar", "aria-hidden": "true" },
            h("span", { class: "pk-bar" }, h("span", { "--pk-share": (item.value ?? 0) / 10 })),
          ),
          h("td", { class: "pk-number pk-esas-value" }, item.value ?? "?"),
          h("td", { class: "pk-esas-change" }, change(item.change, labels)),
        ),
      ),
    ),
  );
}
