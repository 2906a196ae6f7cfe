// «Sjekk før innlevering»: what a check found, and what can be done about it here.

import { format, h } from "../shared/dom.js";
import { connect, focusOn } from "../shared/link.js";
import { shownTime } from "../shared/moments.js";
import { fileLines, remarkList, taskList, verdict } from "./parts.js";

function render({ model, el }) {
  return connect({ model, el, name: "pk-preflight", paint, after });
}

function paint(view, link) {
  const { labels, report, failed } = view;
  link.body.replaceChildren(
    h(
      "div",
      { class: "pk-card pk-stack" },
      h("h2", { class: "ds-heading", "data-size": "sm" }, labels.widget),
      view.told && notice("info", view.told),
      view.error && notice("danger", view.error),
      failed && notice("warning", failed),
      report && [verdict(report), taskList(report, labels), remarkList(report, labels)],
      report?.mendable && mending(view, link),
      report && fileLines(report, labels),
      buttons(view, link),
    ),
    h("p", { class: "pk-watermark pk-print-only" }, labels.watermark),
  );
}

function notice(colour, text) {
  return h("div", { class: "ds-alert pk-told-of", "data-color": colour, tabindex: "-1" }, h("p", {}, text));
}

function mending({ labels }, link) {
  return h(
    "div",
    { class: "pk-tight pk-screen-only" },
    button(labels.mend, () => link.send({ type: "mend", unsaved: unsaved(link.root) })),
    h("p", { class: "pk-small pk-soft" }, labels.mend_help),
  );
}

function buttons({ labels, report, undo, ui_lang: lang }, link) {
  const check = () => link.send({ type: "check", unsaved: unsaved(link.root) });
  const when = report && shownTime(report.checked_at, lang);
  return h(
    "div",
    { class: "pk-row pk-screen-only" },
    button(labels.check, check, "secondary"),
    undo && button(labels.undo, () => link.send({ type: "undo" }), "tertiary"),
    when && h("span", { class: "pk-small pk-soft" }, format(labels.checked, { time: when })),
  );
}

function button(text, onclick, variant = null) {
  return h("button", { class: "ds-button", type: "button", "data-variant": variant, onclick }, text);
}

// JupyterLab marks the tab of a notebook with changes that are not saved; nothing else tells.
function unsaved(root) {
  const panel = root.closest(".jp-NotebookPanel");
  if (!panel) return "unknown";
  const tab = document.querySelector(`.lm-TabBar-tab[data-id="${panel.id}"]`);
  if (!tab) return "unknown";
  return tab.classList.contains("jp-mod-dirty") ? "yes" : "no";
}

function after(view, { root, announce }) {
  focusOn(root.querySelector(".pk-told-of") ?? root.querySelector(".ds-alert"));
  announce(view.error || view.told || view.failed || view.report.headline);
}

export default { render };
