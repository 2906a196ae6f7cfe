// The links a leader can send: to what is shown, and to the same as a task to answer first.

import { addressIsOurs, copyLink, smallButton } from "../shared/address.js";
import { h } from "../shared/dom.js";

/** Buttons that copy a link to what is shown; nothing where no page listens. */
export function shareButtons({ q, labels }, announce) {
  if (!q || !addressIsOurs()) return null;
  const plain = q.replace(/\|mode=\w+$/, "");
  const told = h("p", { class: "pk-small pk-told" });
  const button = (text, state, said) =>
    smallButton(text, () => copyLink(state, { told, said, labels, announce }));
  return [
    button(labels.copy_link, q, labels.copied),
    !q.endsWith("mode=practice") && plain.includes("|set=") && button(labels.copy_task, `${plain}|mode=practice`, labels.copied_task),
    told,
  ];
}
