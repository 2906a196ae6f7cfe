// The step the case is at: what it says, and the form for the one decision it asks for.

import { h, more, prose, uid } from "../shared/dom.js";
import { consult } from "./consult.js";
import { fillIn } from "./document.js";
import { decisionForm, submit } from "./form.js";
import { putInOrder } from "./ordering.js";
import { sourceList } from "./parts.js";
import { choose, estimate, tickSeveral } from "./picking.js";
import { giveDose, reflect, setPump } from "./typing.js";

/** The card of a step. `drafts` keeps what was typed, by step, until the case is restarted. */
export function stepCard(view, link, drafts) {
  const { step } = view;
  const title = uid("step");
  return h(
    "section",
    { class: "pk-card pk-step pk-stack", "aria-labelledby": title },
    h(
      "header",
      {},
      h("p", { class: "pk-overline" }, view.progress.label),
      h("h3", { id: title, class: "ds-heading pk-step-title", tabindex: "-1" }, step.title),
    ),
    prose(step.html, view.lang),
    FORMS[step.kind](view, link, drafts),
    step.sources.length > 0 &&
      more(view.labels.sources, sourceList(step.sources, view.labels)),
  );
}

/** What takes the focus when a decision was refused: the field it was about. */
export function fieldInError(root) {
  return root.querySelector("[aria-invalid]");
}

const FORMS = {
  info: goOn,
  gather: goOn,
  reflect,
  choice: choose,
  multi: tickSeveral,
  dose: giveDose,
  pump: setPump,
  estimate,
  order: putInOrder,
  document: fillIn,
  consult,
};

function goOn(view, link) {
  return decisionForm(view, link, () => ({}), submit(view.labels.go_on));
}
