// Things to put in order, by buttons: the same for a keyboard, a finger and a mouse.

import { format, h, uid } from "../shared/dom.js";
import { certainty, sureOf } from "./certainty.js";
import { asking, decisionForm, draftOf, errorLine, hint, submit } from "./form.js";

/** A numbered list whose lines are moved up and down; each move is said aloud. */
export function putInOrder(view, link, drafts) {
  const { step, labels } = view;
  const draft = draftOf(drafts, step);
  draft.order ??= step.options.map(({ id }) => id);
  const problem = errorLine(view);
  const help = uid("help");
  const list = h("ol", { class: "pk-plain pk-order" });
  const lines = new Map(step.options.map((option) => [option.id, orderLine(option, view, move)]));

  function move(id, by) {
    const from = draft.order.indexOf(id);
    const to = from + by;
    if (to < 0 || to >= draft.order.length) return;
    draft.order.splice(to, 0, ...draft.order.splice(from, 1));
    arrange();
    const line = lines.get(id);
    (by < 0 ? line.up : line.down).focus(); // moved in the page, it lost the focus
    link.announce(format(labels.moved, { item: line.label, place: to + 1, count: draft.order.length }));
  }

  function arrange() {
    list.replaceChildren(...draft.order.map((id) => lines.get(id).row));
    for (const [place, id] of draft.order.entries()) {
      const { up, down, number } = lines.get(id);
      number.textContent = place + 1;
      up.setAttribute("aria-disabled", place === 0);
      down.setAttribute("aria-disabled", place === draft.order.length - 1);
    }
  }

  arrange();
  return decisionForm(
    view,
    link,
    () => ({ order: draft.order.join(","), ...sureOf(draft) }),
    asking(
      view,
      { "aria-describedby": `${help} ${problem.id}` },
      h("p", { class: "pk-soft pk-small", id: help }, labels.order_help),
      list,
    ),
    problem.room,
    certainty(view, draft),
    submit(labels.answer),
    hint(view),
  );
}

function orderLine({ id, label }, { labels, lang }, move) {
  const number = h("span", { class: "pk-order-number pk-number", "aria-hidden": "true" });
  const up = mover("↑", format(labels.move_up, { item: label }), () => move(id, -1));
  const down = mover("↓", format(labels.move_down, { item: label }), () => move(id, 1));
  const words = h("span", { class: "pk-order-label", lang }, label);
  const row = h("li", { class: "pk-order-line" }, number, words, h("span", { class: "pk-movers" }, up, down));
  return { row, up, down, number, label };
}

// At an end of the list the button stays, so that the focus does, and says it cannot.
function mover(arrow, name, onclick) {
  return h(
    "button",
    {
      class: "ds-button pk-mover",
      type: "button",
      "data-variant": "secondary",
      "data-icon": true,
      "aria-label": name,
      onclick,
    },
    h("span", { "aria-hidden": "true" }, arrow),
  );
}
