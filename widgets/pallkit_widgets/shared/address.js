// The state in the page's address. Only our own pages listen, and only there is a link offered.

import { h, uid } from "./dom.js";

/** Tell the page around us what to put into its address. */
export function tellAddress(root, q) {
  root.dispatchEvent(new CustomEvent("pallkit:state", { bubbles: true, detail: { q } }));
}

/** Whether the page keeps our state. A page with several tools in slots has an address for none of them. */
export function addressIsOurs() {
  return document.body.dataset.content !== undefined && !document.querySelector("[data-slot]");
}

/** A quiet button for what is beside the matter. */
export function smallButton(text, onclick, attributes = {}) {
  return h(
    "button",
    { class: "ds-button", type: "button", "data-variant": "tertiary", "data-size": "sm", onclick, ...attributes },
    text,
  );
}

/** Copy a link to the state `q`; `told` is where it is said, or where the link can be copied by hand. */
export async function copyLink(q, { told, said, labels, announce }) {
  const link = linkTo(q);
  try {
    await navigator.clipboard.writeText(link);
    told.replaceChildren(said);
    announce(said);
  } catch {
    byHand(told, link, labels);
  }
}

// A page without encryption has no clipboard: the reader copies the address instead.
function byHand(place, link, labels) {
  const field = h("input", { class: "ds-input", type: "text", id: uid("address"), readonly: true, value: link });
  place.replaceChildren(h("label", { class: "ds-label", for: field.id }, labels.copy_by_hand), field);
  field.select();
}

function linkTo(q) {
  const here = new URL(location.href);
  const link = new URL(here.pathname, here.origin);
  const lang = here.searchParams.get("lang");
  if (lang) link.searchParams.set("lang", lang);
  link.searchParams.set("q", q);
  return link.href;
}
