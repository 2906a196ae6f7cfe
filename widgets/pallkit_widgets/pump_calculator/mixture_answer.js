// The answer about a mixture: volumes, whether it may be mixed, and one press of the button.

import { h, more, sideways } from "../shared/dom.js";
import { refusalBox } from "../shared/refusal.js";
import { below, facts } from "./notes.js";
import { reservoirPicture } from "./reservoir.js";

const TONES = { compatible: "success", incompatible: "danger", not_known: "warning" };

/** The card beside the second form. */
export function mixtureAnswer(answer, labels) {
  if (answer.refusal) return refusalBox(answer.refusal, labels);
  return [
    reservoirPicture(answer.picture, labels.contents),
    facts(
      [labels.drugs_volume, answer.drugs],
      [labels.fill_up, answer.fill_up],
      answer.rate && [labels.rate, answer.rate],
    ),
    h("h3", { class: "pk-part-title" }, labels.may_be_mixed),
    verdicts([...answer.mixing, ...answer.diluting], labels),
    answer.press_refusal && refusalBox(answer.press_refusal, labels),
    answer.pressed && pressed(answer.pressed, labels),
    printed(answer.rows, labels),
    below(answer, labels),
  ];
}

function verdicts(all, labels) {
  if (!all.length) return h("p", { class: "pk-soft pk-small" }, labels.alone);
  return h(
    "ul",
    { class: "pk-plain pk-tight" },
    alike(all).map(([{ verdict, text, source }, said]) =>
      h(
        "li",
        { class: "pk-verdict" },
        h("span", { class: "ds-tag", "data-color": TONES[verdict] }, text),
        h("div", { class: "pk-small" }, said.map((says) => h("p", {}, says)), h("cite", { class: "pk-soft pk-tiny" }, source)),
      ),
    ),
  );
}

// Verdicts that are alike and from one source stand under one mark, in the order they came.
function alike(all) {
  const groups = new Map();
  for (const one of all) {
    const key = `${one.verdict} ${one.source}`;
    if (!groups.has(key)) groups.set(key, [one, []]);
    groups.get(key)[1].push(one.says);
  }
  return [...groups.values()];
}

function pressed({ text, shares, shortest }, labels) {
  return h(
    "section",
    { class: "pk-tight", "aria-label": labels.one_press },
    h("h3", { class: "pk-part-title" }, labels.one_press, `: ${text}`),
    h("p", { class: "pk-small" }, labels.press_gives_all),
    sideways(
      labels.one_press,
      h(
        "table",
        { class: "pk-grid pk-small" },
        h(
          "thead",
          {},
          h("tr", {}, [labels.drug, labels.per_press, labels.most, labels.day_with_all].map((name) => h("th", { scope: "col" }, name))),
        ),
        h(
          "tbody",
          {},
          shares.map((one) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, one.name),
              [one.text, one.most_text, one.day_text].map((cell) => h("td", { class: "pk-number" }, cell)),
            ),
          ),
        ),
      ),
    ),
    facts([labels.shortest, shortest]),
  );
}

function printed(rows, labels) {
  const known = rows.filter((row) => row.printed.length);
  if (!known.length) return null;
  return more(
    labels.printed,
    known.map((row) =>
      h(
        "div",
        { class: "pk-printed pk-small" },
        h("h4", {}, row.name),
        h(
          "ul",
          { class: "pk-plain" },
          row.printed.map(({ text, use, source }) => h("li", {}, text, use && ` (${use})`, h("cite", { class: "pk-soft pk-tiny" }, source))),
        ),
      ),
    ),
  );
}
