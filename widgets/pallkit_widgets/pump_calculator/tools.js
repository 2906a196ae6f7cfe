// Print, and copy the link: the link only where the page's address is this tool's alone. A module
// has a slot for each of its tools, and no place for what stands in them.

import { h } from "../shared/dom.js";
import { printWidget } from "../shared/print.js";

/** The row of buttons below everything. */
export function toolRow(view, link) {
  const { labels } = view;
  const listening = document.body.dataset.content !== undefined && !document.querySelector("[data-slot]");
  return h(
    "div",
    { class: "pk-row pk-tools pk-screen-only" },
    h("button", { class: "ds-button", type: "button", "data-variant": "secondary", onclick: () => printWidget(link.root) }, labels.print),
    listening && view.q && copyButton(view, link),
  );
}

/** Tell the page what to put into its address. */
export function tellState(view, root) {
  if (view.q) root.dispatchEvent(new CustomEvent("pallkit:state", { bubbles: true, detail: { q: view.q } }));
}

function copyButton({ labels, q }, link) {
  const said = h("span", { class: "pk-small" });
  const shown = h("input", { class: "ds-input pk-link-text", readonly: true, hidden: true, "aria-label": labels.link });
  const copy = async () => {
    const address = new URL(location.href);
    address.searchParams.set("q", q);
    try {
      await navigator.clipboard.writeText(address.href);
      said.textContent = labels.copied;
    } catch {
      // Without https a browser gives no clipboard: then the link can be copied by hand.
      shown.value = address.href;
      shown.hidden = false;
      shown.select();
      said.textContent = labels.copy_by_hand;
    }
    link.announce(said.textContent);
  };
  return [h("button", { class: "ds-button", type: "button", "data-variant": "secondary", onclick: copy }, labels.copy), said, shown];
}
