// What was answered beside what was right: ticks, an order, a figure, a form.

import { format, h, prose, svg } from "../shared/dom.js";

/** The answer as it was given, marked against the right one; nothing for other kinds. */
export function answeredPart(said, view) {
  const shown = SHOWN[said.kind];
  return shown ? shown(said, view) : null;
}

/** What a dose did to the patient by the case's teaching rule, with its arithmetic. */
export function consequencePart(said, { labels }) {
  const found = said.consequence;
  if (!found) return null;
  return h(
    "div",
    { class: "pk-consequence pk-tight" },
    h("p", { class: "pk-strong" }, labels.consequence),
    h(
      "p",
      {},
      h("span", { class: "pk-soft" }, `${labels.ratio_sum} `),
      h("span", { class: "pk-number" }, found.sum),
      found.band && h("span", { class: "pk-soft" }, ` (${found.band})`),
    ),
    h("p", {}, said.effects_text || labels.no_consequence),
    h("p", { class: "pk-soft pk-tiny" }, found.note),
  );
}

const SHOWN = { multi: ticked, order: ordered, estimate: estimated, document: filledIn };

function ticked({ answered }, { labels, lang }) {
  const lines = answered.map((pick) => {
    const [colour, words] = tickVerdict(pick, labels);
    return h(
      "li",
      { "data-chosen": pick.chosen },
      h(
        "p",
        { class: "pk-tick" },
        h("span", { class: "pk-box", "aria-hidden": "true" }, pick.chosen ? "✓" : ""),
        h("span", { lang }, pick.label),
        h("span", { class: "ds-tag pk-tone", "data-size": "sm", "data-color": colour }, words),
      ),
      pick.html && prose(pick.html, lang, { class: "pk-small" }),
    );
  });
  return h("ul", { class: "pk-plain pk-ticked" }, lines);
}

function tickVerdict({ chosen, right, danger }, labels) {
  if (chosen && danger) return ["danger", labels.ticked_danger];
  if (chosen) return right ? ["success", labels.ticked_right] : ["warning", labels.ticked_wrong];
  return right ? ["warning", labels.left_right] : ["neutral", labels.left_wrong];
}

function ordered({ answered }, { labels, lang }) {
  if (answered.every(({ right }, place) => right === place + 1)) {
    return sequence(labels.your_order, answered, lang, null);
  }
  const wanted = [...answered].sort((one, other) => one.right - other.right);
  return h(
    "div",
    { class: "pk-orders" },
    sequence(labels.your_order, answered, lang, labels),
    sequence(labels.right_order, wanted, lang, null),
  );
}

function sequence(title, items, lang, labels) {
  const lines = items.map(({ label, right }, place) =>
    h(
      "li",
      {},
      h("span", { lang }, label),
      labels &&
        right !== place + 1 &&
        h("span", { class: "pk-soft pk-tiny" }, ` ${format(labels.belongs, { place: right })}`),
    ),
  );
  return h("div", {}, h("p", { class: "pk-strong pk-small" }, title), h("ol", {}, lines));
}

const STEP = 30;
const EDGE = 16;

function estimated({ spread }, { labels }) {
  if (!spread) return null;
  const { value, low, high } = spread;
  const words = format(low === high ? labels.right_figure : labels.right_figures, { value, low, high });
  const at = (figure) => EDGE + figure * STEP;
  const figures = Array.from({ length: 11 }, (_unused, figure) =>
    svg("text", { x: at(figure), y: 44, class: "pk-figure" }, String(figure)),
  );
  const picture = svg(
    "svg",
    { class: "pk-spread", viewBox: `0 0 ${2 * EDGE + 10 * STEP} 50`, "aria-hidden": "true" },
    svg("line", { x1: at(0), y1: 18, x2: at(10), y2: 18, class: "pk-spread-line" }),
    svg("rect", {
      x: at(low) - 9,
      y: 9,
      width: (high - low) * STEP + 18,
      height: 18,
      rx: 9,
      class: "pk-spread-right",
    }),
    svg("circle", { cx: at(value), cy: 18, r: 6, class: "pk-spread-given" }),
    figures,
  );
  return h("div", {}, h("p", {}, words), picture);
}

function filledIn({ answered, form, expert_html }, { labels, lang }) {
  const rows = answered.map(({ label, text, missing, right, right_text }) =>
    h(
      "div",
      { class: "pk-paper-line" },
      h("dt", { class: "pk-small pk-strong", lang }, label),
      h(
        "dd",
        {},
        text ? h("span", { class: "pk-given", lang }, text) : h("span", { class: "pk-soft" }, labels.empty),
        missing && h("span", { class: "ds-tag pk-tone", "data-color": "warning" }, labels.missing),
        right === false &&
          h("p", { class: "pk-small" }, h("span", { class: "pk-soft" }, `${labels.better} `), h("span", { lang }, right_text)),
      ),
    ),
  );
  return h(
    "div",
    { class: "pk-stack" },
    h(
      "div",
      { class: "pk-paper" },
      h("p", { class: "pk-paper-head pk-strong" }, form),
      h("dl", {}, rows),
    ),
    expert_html &&
      h("div", { class: "pk-tight" }, h("p", { class: "pk-strong" }, labels.expert), prose(expert_html, lang)),
  );
}
