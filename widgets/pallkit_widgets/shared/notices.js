// What must be said before something is used: that it is withdrawn, replaced or not looked over,
// what to use instead, and who has used it.

import { h } from "./dom.js";

/** The notices of a case or a table; none where all is well. */
export function standingNotices({ withdrawn, replaced, overdue }, labels) {
  return [
    withdrawn && notice("danger", withdrawnParts(withdrawn, labels)),
    replaced && notice("warning", h("p", {}, instead(replaced))),
    overdue && notice("warning", h("p", {}, overdue)),
  ];
}

function notice(colour, parts) {
  return h("div", { class: "ds-alert pk-notice pk-tight", "data-color": colour }, parts);
}

function withdrawnParts({ text, why, instead: other, used_in: usedIn }, labels) {
  return [
    h("p", {}, h("strong", {}, text)),
    why && h("p", {}, why),
    other && h("p", {}, instead(other)),
    usedIn.length > 0 && [h("p", {}, labels.used_in), h("ul", { class: "pk-used-in" }, usedIn.map(usedLine))],
  ];
}

function usedLine({ kind, title, lang }) {
  return h("li", {}, `${kind}: `, h("span", { lang }, title));
}

// In a notebook there is no page to go to: the name alone must do.
function instead({ text, title, address }) {
  const href = ownPage(address);
  const [before, after, ...more] = text.split(title);
  if (!href || after === undefined || more.length) return text;
  return [before, h("a", { class: "ds-link", href }, title), after];
}

// The full address of a page of ours («/app/kasus?case=…»), in the reader's language. Null where
// the page around is not ours. The link to the start page knows where the server stands.
function ownPage(address) {
  const start = document.querySelector("a.site-brand");
  if (document.body.dataset.content === undefined || !start) return null;
  const page = new URL(`.${address}`, start.href);
  const lang = new URL(start.href).searchParams.get("lang");
  if (lang) page.searchParams.set("lang", lang);
  return page.href;
}
