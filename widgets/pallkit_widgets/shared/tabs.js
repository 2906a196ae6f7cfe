// A row of tabs that the arrow keys, Home and End move along.

import { h } from "./dom.js";

/**
 * The buttons of a tab list, each a tab with `name`, `text`, its own `id` and its `panel`'s.
 * The keys move the focus, and Enter chooses; `follow` chooses what they come to at once, where
 * that costs no journey to Python.
 */
export function tabButtons(tabs, { chosen, onpick, follow = false }) {
  const onkeydown = (event) => {
    const there = tabAfter(event.key, buttons.indexOf(event.currentTarget), buttons.length);
    if (there === undefined) return;
    event.preventDefault();
    if (follow) onpick(tabs[there].name);
    else buttons[there].focus();
  };
  const buttons = tabs.map(({ name, text, id, panel }) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id,
        class: "pk-tab",
        "aria-selected": String(name === chosen),
        "aria-controls": panel,
        tabindex: name === chosen ? "0" : "-1",
        onclick: () => onpick(name),
        onkeydown,
      },
      text,
    ),
  );
  return buttons;
}

function tabAfter(key, here, count) {
  const there = { ArrowRight: here + 1, ArrowLeft: here - 1 + count, Home: 0, End: count - 1 }[key];
  return there === undefined ? undefined : there % count;
}
