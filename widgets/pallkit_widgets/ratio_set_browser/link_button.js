// The button that copies a link to the table or the drug that is shown.

import { addressIsOurs, copyLink, smallButton } from "../shared/address.js";
import { h } from "../shared/dom.js";

/** A button that copies a link to what is shown; nothing where no page listens. */
export function linkButton({ q, labels }, announce) {
  if (!q || !addressIsOurs()) return null;
  const told = h("span", { class: "pk-small pk-told" });
  const copy = () => copyLink(q, { told, said: labels.copied, labels, announce });
  return [smallButton(labels.copy_link, copy), told];
}
