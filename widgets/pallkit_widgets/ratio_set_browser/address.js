// The place in the page's address. Only our own pages listen, and only there is a link offered.

import { h, uid } from "../shared/dom.js";

/** Tell the page around us what to put into its address. */
export function tellAddress(root, q) {
  root.dispatchEvent(new CustomEvent("pallkit:state", { bubbles: true, detail: { q } }));
}

/** A button that copies a link to what is shown; nothing where no page listens. */
export function linkButton({ q, labels }, announce) {
  if (!q || document.body.dataset.content === undefined) return null;
  const told = h("span", { class: "pk-small pk-told" });
  const copy = async () => {
    const link = linkTo(q);
    try {
      await navigator.clipboard.writeText(link);
      told.replaceChildren(labels.copied);
      announce(labels.copied);
    } catch {
      byHand(told, link, labels);
    }
  };
  return [smallButton(labels.copy_link, copy), told];
}

/** A quiet button for what is beside the matter. */
export function smallButton(text, onclick, attributes = {}) {
  return h(
    "button",
    { class: "ds-button", type: "button", "data-variant": "tertiary", "data-size": "sm", onclick, ...attributes },
    text,
  );
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
