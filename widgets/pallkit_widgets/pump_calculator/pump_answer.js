// The answer about a pump: the two rates, the button, the reservoir, and the pictures.

import { format, h } from "../shared/dom.js";
import { refusalBox } from "../shared/refusal.js";
import { hourFigure } from "./hour.js";
import { below, facts } from "./notes.js";
import { reservoirPicture } from "./reservoir.js";
import { timelineFigure } from "./timeline.js";

/** The card beside the first form. */
export function pumpAnswer(answer, labels) {
  if (answer.refusal) return refusalBox(answer.refusal, labels);
  const { button, keeps } = answer;
  return [
    h("p", { class: "pk-soft" }, answer.dose),
    h("div", { class: "pk-print-only" }, facts(...answer.asked)),
    h(
      "div",
      { class: "pk-main-rates" },
      h("p", {}, h("span", { class: "pk-main-name" }, labels.per_hour), h("strong", { class: "pk-main-amount pk-number" }, answer.per_hour)),
      h("p", {}, h("span", { class: "pk-main-name" }, labels.rate), h("strong", { class: "pk-main-amount pk-number" }, answer.rate)),
    ),
    button && h("h3", { class: "pk-part-title" }, labels.the_button),
    button &&
      facts(
        [labels.one_bolus, button.volume],
        [labels.most, button.most, format(labels.fit, { count: button.fit })],
        [labels.mean, button.mean, button.capped && labels.capped],
      ),
    h("h3", { class: "pk-part-title" }, labels.the_reservoir),
    facts(
      [labels.day_volume, answer.day],
      [labels.lasts, answer.lasts],
      answer.shortest && [labels.shortest, answer.shortest],
      [labels.keeps, keeps.text],
    ),
    keeps.known && h("p", { class: "pk-note pk-small" }, keeps.says, h("cite", { class: "pk-soft pk-tiny" }, keeps.source)),
    below(answer, labels),
  ];
}

/** The pictures that go with it, below form and answer. */
export function pumpPictures(answer, labels, chosen) {
  if (!answer || answer.refusal) return null;
  return h(
    "section",
    { class: "pk-card pk-pictures", "aria-label": labels.pictures },
    h("div", { class: "pk-stack" }, reservoirPicture(answer.picture, labels.reservoir_title), hourFigure(answer, labels)),
    timelineFigure(answer, labels, chosen),
  );
}
