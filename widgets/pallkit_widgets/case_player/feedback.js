// What is said about the decision just made.

import { format, h, more, prose, uid } from "../shared/dom.js";
import { receipt } from "../shared/receipt.js";
import { answeredPart, consequencePart } from "./answered.js";
import { sourceList, toneTag } from "./parts.js";

/** The feedback; it takes the focus after a decision, so that it is what is read next. */
export function feedbackCard(view) {
  const { feedback: said, labels, lang } = view;
  const title = uid("feedback");
  return h(
    "section",
    {
      class: "pk-feedback pk-stack",
      "data-tone": said.tone,
      tabindex: "-1",
      "aria-labelledby": title,
    },
    h(
      "header",
      { class: "pk-tight" },
      h("p", { class: "pk-row" }, toneTag(said, labels), sureTag(said, labels)),
      h("h3", { id: title, class: "ds-heading", "data-size": "xs", lang }, said.about),
    ),
    said.given && !said.spread && yours(said, labels),
    prose(said.html, lang),
    answeredPart(said, view),
    consequencePart(said, view),
    receipt(said.receipt, labels),
    said.sources.length > 0 && more(labels.sources, sourceList(said.sources, labels)),
  );
}

/** How sure the learner said they were. */
export function sureTag({ sure }, labels) {
  if (sure === null) return null;
  return h("span", { class: "pk-soft pk-small" }, format(labels.was_sure, { number: sure }));
}

function yours({ given, receipt: computed }, labels) {
  const who = computed ? labels.you_answered : labels.you_wrote;
  return h("p", { class: "pk-given" }, h("span", { class: "pk-soft" }, `${who} `), given);
}
