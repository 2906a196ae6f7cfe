// The way that was taken, and what the branches not taken would have given.

import { h, more, prose } from "../shared/dom.js";
import { receipt } from "../shared/receipt.js";
import { answeredPart, consequencePart } from "./answered.js";
import { sureTag } from "./feedback.js";
import { toneTag } from "./parts.js";

/** The way that was taken, decision by decision. */
export function pathTaken(view) {
  return h("ol", { class: "pk-plain pk-path" }, view.debrief.path.map((passage) => passed(passage, view)));
}

function passed(passage, view) {
  const { labels, lang } = view;
  const decided = !["info", "gather", "reflect"].includes(passage.kind);
  const judged = decided && !(passage.kind === "consult" && passage.tone === "neutral");
  const said =
    { choice: labels.you_chose, consult: labels.you_asked, reflect: labels.you_wrote }[passage.kind] ??
    labels.you_answered;
  return h(
    "li",
    { class: "pk-passage", "data-tone": decided ? passage.tone : "plain" },
    h("p", { class: "pk-soft pk-tiny" }, passage.clock),
    h("h5", { class: "pk-passage-title", lang }, passage.title),
    judged && h("p", { class: "pk-row" }, toneTag(passage, labels), sureTag(passage, labels)),
    passage.chosen &&
      passage.chosen !== passage.verdict &&
      h(
        "p",
        {},
        h("span", { class: "pk-soft" }, `${said} `),
        h("span", { lang: decided ? lang : null, class: "pk-chosen" }, passage.chosen),
      ),
    passage.feedback_html && prose(passage.feedback_html, lang),
    passage.kind !== "document" && answeredPart(passage, view), // forms stand by themselves
    passage.consequence
      ? consequencePart(passage, view)
      : passage.effects_text && effect(labels.what_changed, passage.effects_text),
    receipt(passage.receipt, labels),
    passage.alternatives.length > 0 &&
      more(
        [labels.others, h("span", { class: "ds-sr-only", lang }, `: ${passage.title}`)],
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
