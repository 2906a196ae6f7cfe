// What is said about the decision just made.

import { h, more, prose, uid } from "../shared/dom.js";
import { receipt } from "../shared/receipt.js";
import { sourceList, toneTag } from "./parts.js";

/** The feedback; it takes the focus after a decision, so that it is what is read next. */
export function feedbackCard({ feedback: given, labels, lang }) {
  const title = uid("feedback");
  const isDose = Boolean(given.receipt);
  const mine = isDose ? labels.you_answered : labels.you_wrote;
  return h(
    "section",
    {
      class: "pk-feedback pk-stack",
      "data-tone": given.tone,
      tabindex: "-1",
      "aria-labelledby": title,
    },
    h(
      "header",
      { class: "pk-tight" },
      toneTag(given.tone, isDose, labels),
      h("h3", { id: title, class: "ds-heading", "data-size": "xs", lang }, given.about),
    ),
    given.given && h("p", { class: "pk-given" }, h("span", { class: "pk-soft" }, `${mine} `), given.given),
    prose(given.html, lang),
    receipt(given.receipt, labels),
    given.sources.length > 0 && more(labels.sources, sourceList(given.sources, labels)),
  );
}
