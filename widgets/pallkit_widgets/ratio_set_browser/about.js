// One table: for what and not for what, its rows, what is odd in it, and where it comes from.

import { smallButton } from "../shared/address.js";
import { format, h, more, uid } from "../shared/dom.js";
import { standingNotices } from "../shared/notices.js";
import { printWidget } from "../shared/print.js";
import { linkButton } from "./link_button.js";
import { tags } from "./cards.js";
import { rowTable } from "./rows.js";

/** The page of one table. */
export function setPage(view, link) {
  const { set, labels } = view;
  const close = () => link.send({ type: "open", set: "" });
  return h(
    "article",
    { class: "pk-set pk-stack", "aria-label": set.title },
    h(
      "div",
      { class: "pk-row pk-screen-only" },
      smallButton([h("span", { "aria-hidden": "true" }, "← "), labels.back], close, { "data-pk-field": "back" }),
    ),
    h(
      "header",
      { class: "pk-tight" },
      h("p", { class: "pk-soft" }, `${set.publisher}, ${set.date}`),
      h("h2", { class: "ds-heading pk-set-title", "data-size": "md", tabindex: "-1" }, set.title),
      tags(set),
      h("p", { class: set.standing.draft ? "pk-draft" : "pk-soft" }, set.standing.signed),
    ),
    standingNotices(set.standing, labels),
    set.warnings.map((text) => h("div", { class: "ds-alert pk-small", "data-color": "warning" }, text)),
    h("section", { "aria-label": labels.about }, factList(set.facts.slice(0, 2))),
    h(
      "section",
      { class: "pk-stack" },
      h("h3", { class: "ds-heading", "data-size": "xs" }, labels.rows),
      set.locked && methadoneSwitch(view, link),
      set.has.ratio && h("p", { class: "pk-soft pk-small" }, figuresAre(set, labels)),
      rowTable(set, labels),
      set.has.spread && h("p", { class: "pk-soft pk-tiny pk-spread-help" }, labels.spread_help),
    ),
    findings(set, labels),
    h(
      "section",
      { class: "pk-tight" },
      h("h3", { class: "ds-heading", "data-size": "xs" }, labels.sources),
      h("ul", { class: "pk-plain pk-tight" }, set.sources.map((source) => h("li", {}, sourceLine(source, labels)))),
      factList(set.facts.slice(2)),
    ),
    h(
      "div",
      { class: "pk-row pk-screen-only" },
      linkButton(view, link.announce),
      smallButton(labels.print, () => printWidget(link.root)),
    ),
  );
}

/** The switch that shows what is for specialists; off until the reader turns it on. */
export function methadoneSwitch({ labels, methadone }, { send }) {
  const help = uid("methadone");
  const field = h("input", {
    class: "ds-input",
    type: "checkbox",
    role: "switch",
    id: uid("switch"),
    checked: methadone,
    "data-pk-field": "methadone",
    "aria-describedby": help,
    onchange: () => send({ type: "methadone", shown: field.checked }),
  });
  return h(
    "div",
    { class: methadone ? "pk-methadone" : "pk-methadone pk-screen-only" },
    h("div", { class: "ds-field pk-screen-only" }, field, h("label", { class: "ds-label", for: field.id }, labels.methadone)),
    h("p", { class: "pk-small", id: help }, labels.methadone_why),
  );
}

function figuresAre({ has, rows }, labels) {
  return has.units || !rows.length ? labels.ratio : format(labels.axis, { unit: rows[0].unit });
}

function factList(facts) {
  return (
    facts.length > 0 &&
    h(
      "dl",
      { class: "pk-facts" },
      facts.map(({ name, text }) => h("div", {}, h("dt", {}, name), h("dd", {}, text))),
    )
  );
}

function findings({ findings: found, findings_hidden: hidden }, labels) {
  const one = ({ title, text, meaning, fault }) =>
    h(
      "li",
      { class: "pk-finding" },
      h("p", {}, h("strong", {}, fault ? `${labels.fault}: ${title}` : title), ". ", text),
      h("p", { class: "pk-soft pk-small" }, meaning),
    );
  const list = (some) => h("ul", { class: "pk-plain pk-findings" }, some.map(one));
  const few = 4; // the rest is a press away
  return h(
    "section",
    { class: "pk-tight" },
    h("h3", { class: "ds-heading", "data-size": "xs" }, labels.findings),
    found.length === 0 && !hidden && h("p", {}, labels.no_findings),
    found.length > 0 && list(found.slice(0, few)),
    found.length > few && more(format(labels.more_findings, { count: found.length - few }), list(found.slice(few))),
    hidden && h("p", { class: "pk-soft" }, hidden),
  );
}

function sourceLine({ title, publisher, date, url, seen, note }, labels) {
  const name = `${publisher}: ${title}`;
  const link =
    url &&
    h(
      "a",
      { class: "ds-link", href: url, target: "_blank", rel: "noopener noreferrer" },
      name,
      h("span", { class: "ds-sr-only" }, ` (${labels.new_window})`),
    );
  return [
    h("p", {}, link || name, date && `, ${date}`, seen && h("span", { class: "pk-soft" }, ` (${seen.toLowerCase()})`)),
    url && h("p", { class: "pk-print-only pk-tiny" }, url),
    note && h("p", { class: "pk-soft pk-small" }, note),
  ];
}
