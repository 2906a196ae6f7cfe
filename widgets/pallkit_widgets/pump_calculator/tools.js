// Print, and copy the link: the link only where the page's address is this tool's alone.

import { addressIsOurs, copyLink } from "../shared/address.js";
import { h } from "../shared/dom.js";
import { printWidget } from "../shared/print.js";

/** The row of buttons below everything. */
export function toolRow(view, link) {
  const { labels } = view;
  return h(
    "div",
    { class: "pk-row pk-tools pk-screen-only" },
    h("button", { class: "ds-button", type: "button", "data-variant": "secondary", onclick: () => printWidget(link.root) }, labels.print),
    addressIsOurs() && view.q && copyButton(view, link),
  );
}

function copyButton({ labels, q }, link) {
  const told = h("span", { class: "pk-small pk-told" });
  const copy = () => copyLink(q, { told, said: labels.copied, labels, announce: link.announce });
  return [h("button", { class: "ds-button", type: "button", "data-variant": "secondary", onclick: copy }, labels.copy), told];
}
