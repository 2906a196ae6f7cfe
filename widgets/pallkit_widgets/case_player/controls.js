// Print, take back the last decision, or start again (asked about where one stands).

import { h, uid } from "../shared/dom.js";
import { printWidget } from "../shared/print.js";

/** The row of buttons below the step; `forget` drops what was typed when a case is restarted. */
export function controls(view, link, forget) {
  const { labels } = view;
  const box = h("div", { class: "pk-controls pk-screen-only" });
  const undo = button(labels.undo, "tertiary", () => link.send({ type: "undo" }));
  const restart = button(labels.restart, "tertiary", ask);
  const print = button(labels.print, "primary", () => printWidget(link.root));
  const question = h("p", { id: uid("question") }, labels.restart_ask);
  const again = button(labels.restart_yes, "primary", () => {
    forget();
    link.send({ type: "restart" });
  });
  const stay = button(labels.restart_no, "secondary", () => {
    offer();
    restart.focus();
  });

  function ask() {
    const asked = { class: "pk-row", role: "group", "aria-labelledby": question.id };
    box.replaceChildren(h("div", asked, question, again, stay));
    stay.focus();
  }

  function offer() {
    box.replaceChildren(h("div", { class: "pk-row" }, view.debrief && print, undo, restart));
  }

  offer();
  return box;
}

function button(text, variant, onclick) {
  return h("button", { class: "ds-button", type: "button", "data-variant": variant, onclick }, text);
}
