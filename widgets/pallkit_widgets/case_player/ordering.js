// Things to put in order, as a decision of a case.

import { h, uid } from "../shared/dom.js";
import { orderList } from "../shared/ordering.js";
import { certainty, sureOf } from "./certainty.js";
import { asking, decisionForm, draftOf, errorLine, hint, submit } from "./form.js";

/** A numbered list whose lines are moved up and down. */
export function putInOrder(view, link, drafts) {
  const { step, labels, lang } = view;
  const draft = draftOf(drafts, step);
  draft.order ??= step.options.map(({ id }) => id);
  const problem = errorLine(view);
  const help = uid("help");
  return decisionForm(
    view,
    link,
    () => ({ order: draft.order.join(","), ...sureOf(draft) }),
    asking(
      view,
      { "aria-describedby": `${help} ${problem.id}` },
      h("p", { class: "pk-soft pk-small", id: help }, labels.order_help),
      orderList(step.options, draft.order, { labels, lang, announce: link.announce }),
    ),
    problem.room,
    certainty(view, draft),
    submit(labels.answer),
    hint(view),
  );
}
