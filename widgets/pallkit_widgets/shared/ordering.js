// Things to put in order, by buttons: the same for a keyboard, a finger and a mouse.

import { format, h } from "./dom.js";

/**
 * A numbered list whose lines are moved up and down; each move is said aloud.
 *
 * `order` holds the ids as they stand and is changed in place; `onmove` is called after.
 */
export function orderList(options, order, { labels, lang, announce, onmove = () => {} }) {
  const list = h("ol", { class: "pk-plain pk-order" });
  const lines = new Map(options.map((option) => [option.id, orderLine(option, { labels, lang }, move)]));

  function move(id, by) {
    const from = order.indexOf(id);
    const to = from + by;
    if (to < 0 || to >= order.length) return;
    order.splice(to, 0, ...order.splice(from, 1));
    arrange();
    const line = lines.get(id);
    (by < 0 ? line.up : line.down).focus(); // moved in the page, it lost the focus
    onmove();
    announce(format(labels.moved, { item: line.label, place: to + 1, count: order.length }));
  }

  function arrange() {
    list.replaceChildren(...order.map((id) => lines.get(id).row));
    for (const [place, id] of order.entries()) {
      const { up, down, number } = lines.get(id);
      number.textContent = place + 1;
      up.setAttribute("aria-disabled", place === 0);
      down.setAttribute("aria-disabled", place === order.length - 1);
    }
  }

  arrange();
  return list;
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
