// Looking back: what the decisions gave, and what the branches not taken would have given.

import { format, h, more, prose, uid } from "../shared/dom.js";
import { receipt } from "../shared/receipt.js";
import { answeredPart, consequencePart } from "./answered.js";
import { courses, courseTable } from "./chart.js";
import { sureTag } from "./feedback.js";
import { change, sourceList, toneTag } from "./parts.js";

/** The whole debrief, below the feedback of the last decision. */
export function debrief(view) {
  const { debrief: done, labels } = view;
  return h(
    "div",
    { class: "pk-debrief" },
    h("h3", { class: "ds-heading pk-debrief-title", "data-size": "md", tabindex: "-1" }, labels.debrief),
    done.dangers.length > 0 && dangers(done.dangers, labels),
    h("div", { class: "pk-results" }, h("div", {}, scores(done, labels), course(view)), ending(view)),
    path(view),
    block(labels.sources, sourceList(done.sources, labels)),
  );
}

function block(title, ...children) {
  const id = uid("block");
  return h(
    "section",
    { class: "pk-card pk-block", "aria-labelledby": id },
    h("h4", { id, class: "ds-heading", "data-size": "xs" }, title),
    ...children,
  );
}

function dangers(titles, labels) {
  return h(
    "div",
    { class: "ds-alert", "data-color": "danger" },
    h("h4", { class: "ds-heading", "data-size": "2xs" }, labels.dangers),
    h("ul", {}, titles.map((title) => h("li", {}, title))),
  );
}

function scores({ score }, labels) {
  return block(
    labels.score,
    h("p", { class: "pk-soft pk-small" }, labels.score_help),
    h(
      "table",
      { class: "pk-scores" },
      h("caption", { class: "ds-sr-only" }, labels.score),
      h("tbody", {}, score.map((axis) => scoreRow(axis, labels))),
    ),
  );
}

function scoreRow({ label, points, max }, labels) {
  const share = max > 0 ? Math.max(0, Math.min(1, points / max)) : 0;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, label),
    h(
      "td",
      { class: "pk-score-bar", "aria-hidden": "true" },
      h("span", { class: "pk-bar" }, h("span", { "--pk-share": share })),
    ),
    h("td", { class: "pk-number" }, format(labels.points, { points: minus(points), max })),
  );
}

function ending(view) {
  const { debrief: done, labels } = view;
  const rows = done.end.esas.map(({ label, start, end }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, label),
      h("td", { class: "pk-number" }, start),
      h("td", { class: "pk-number" }, end),
      h("td", {}, change(end - start, labels)),
    ),
  );
  const columns = [labels.symptom, labels.start, labels.end, labels.change];
  return block(
    labels.ending,
    h("p", { class: "pk-soft pk-small" }, `${done.end.clock} · ${done.end.place}`),
    h(
      "table",
      { class: "pk-grid pk-small" },
      h("caption", { class: "ds-sr-only" }, labels.ending),
      h("thead", {}, h("tr", {}, columns.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, rows),
    ),
  );
}

function course({ chart, labels }) {
  const table = more(labels.as_table, courseTable(chart, labels));
  return block(labels.course, courses(chart, labels), h("div", { class: "pk-screen-only" }, table));
}

function path(view) {
  return block(
    view.labels.path,
    h("ol", { class: "pk-plain pk-path" }, view.debrief.path.map((passage) => passed(passage, view))),
  );
}

function passed(passage, view) {
  const { labels, lang } = view;
  const decided = !["info", "gather", "reflect"].includes(passage.kind);
  const said =
    { choice: labels.you_chose, consult: labels.you_asked, reflect: labels.you_wrote }[passage.kind] ??
    labels.you_answered;
  return h(
    "li",
    { class: "pk-passage", "data-tone": decided ? passage.tone : "plain" },
    h("p", { class: "pk-soft pk-tiny" }, passage.clock),
    h("h5", { class: "pk-passage-title", lang }, passage.title),
    decided && h("p", { class: "pk-row" }, toneTag(passage, labels), sureTag(passage, labels)),
    passage.chosen &&
      h(
        "p",
        {},
        h("span", { class: "pk-soft" }, `${said} `),
        h("span", { lang: decided ? lang : null, class: "pk-chosen" }, passage.chosen),
      ),
    passage.feedback_html && prose(passage.feedback_html, lang),
    answeredPart(passage, view),
    passage.consequence
      ? consequencePart(passage, view)
      : passage.effects_text && effect(labels.what_changed, passage.effects_text),
    receipt(passage.receipt, labels),
    passage.alternatives.length > 0 &&
      more(
        labels.others,
        h(
          "ul",
          { class: "pk-plain pk-others" },
          passage.alternatives.map((other) => alternative(other, view)),
        ),
      ),
  );
}

function alternative(other, { labels, lang }) {
  return h(
    "li",
    { class: "pk-tight" },
    h("p", { class: "pk-other-label", lang }, other.label),
    (other.best || other.danger) && toneTag({ tone: other.danger ? "danger" : "good" }, labels),
    prose(other.feedback_html, lang),
    other.effects_text && effect(labels.would_change, other.effects_text),
    other.leads_to && effect(labels.would_lead, other.leads_to),
    other.end_text && effect(labels.would_end, other.end_text),
  );
}

function effect(name, text) {
  return h("p", { class: "pk-small pk-effect" }, h("span", { class: "pk-soft" }, `${name} `), text);
}

function minus(number) {
  return String(number).replace("-", "−");
}
