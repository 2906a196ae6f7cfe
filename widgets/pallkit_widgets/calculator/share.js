// The state in the page's address. Only our own pages listen, and only there is a link offered.

import { h, uid } from "../shared/dom.js";

/** Tell the page around us what to put into its address. */
export function tellAddress(root, q) {
  if (q) root.dispatchEvent(new CustomEvent("pallkit:state", { bubbles: true, detail: { q } }));
}

/** Buttons that copy a link to what is shown; nothing where no page listens. */
export function shareButtons({ q, labels }, announce) {
  if (!q || !listening()) return null;
  const plain = q.replace(/\|mode=\w+$/, "");
  const told = h("p", { class: "pk-small pk-told" });
  const button = (text, state, said) =>
    h(
      "button",
      { class: "ds-button", type: "button", "data-variant": "tertiary", "data-size": "sm", onclick: () => copy(state, said) },
      text,
    );

  async function copy(state, said) {
    const link = address(state);
    try {
      await navigator.clipboard.writeText(link);
      told.replaceChildren(said);
      announce(said);
    } catch {
      byHand(told, link, labels);
    }
  }

  return [
    button(labels.copy_link, q, labels.copied),
    !q.endsWith("mode=practice") && plain.includes("|set=") && button(labels.copy_task, `${plain}|mode=practice`, labels.copied_task),
    told,
  ];
}

// A page with several tools in slots has an address for none of them.
function listening() {
  return document.body.dataset.content !== undefined && !document.querySelector("[data-slot]");
}

// A page without encryption has no clipboard: the reader copies the address instead.
function byHand(place, link, labels) {
  const field = h("input", { class: "ds-input", type: "text", id: uid("address"), readonly: true, value: link });
  place.replaceChildren(h("label", { class: "ds-label", for: field.id }, labels.copy_by_hand), field);
  field.select();
}

function address(q) {
  const here = new URL(location.href);
  const link = new URL(here.pathname, here.origin);
  const lang = here.searchParams.get("lang");
  if (lang) link.searchParams.set("lang", lang);
  link.searchParams.set("q", q);
  return link.href;
}
