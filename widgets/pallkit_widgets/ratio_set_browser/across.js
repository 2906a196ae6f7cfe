// One drug in every table, on one axis. What is drawn stands in words beside it.

import { smallButton } from "../shared/address.js";
import { format, h, uid } from "../shared/dom.js";
import { printWidget } from "../shared/print.js";
import { methadoneSwitch } from "./about.js";
import { linkButton } from "./link_button.js";

/** Choose a drug, and see each table's figure for it. */
export function acrossPage(view, link) {
  const { drug, labels, methadone } = view;
  const { shown } = drug;
  return h(
    "div",
    { class: "pk-across pk-stack" },
    picker(drug, labels, link),
    (drug.locked || methadone) && methadoneSwitch(view, link),
    !shown && !drug.hidden && h("p", { class: "pk-soft" }, labels.empty),
    shown && chart(shown, labels, link),
    shown &&
      h(
        "div",
        { class: "pk-row pk-screen-only" },
        linkButton(view, link.announce),
        smallButton(labels.print, () => printWidget(link.root)),
      ),
  );
}

function picker({ options, chosen }, labels, { send }) {
  const select = h(
    "select",
    {
      class: "ds-input",
      id: uid("drug"),
      "data-pk-field": "drug",
      onchange: () => send({ type: "drug", drug: select.value }),
    },
    h("option", { value: "" }, labels.choose),
    options.map(({ id, label }) => h("option", { value: id, selected: id === chosen }, label)),
  );
  return h(
    "div",
    { class: "ds-field pk-screen-only pk-picker" },
    h("label", { class: "ds-label", for: select.id }, labels.pick),
    select,
  );
}

function chart({ name, unit, summary, ticks, lanes, lacking }, labels, { send }) {
  const scale = (texts) =>
    h(
      "div",
      { class: "pk-axis", "aria-hidden": "true" },
      ticks.map(({ at, text }) => h("span", { class: "pk-tick", "--pk-at": at }, texts && h("span", { class: "pk-tick-text" }, text))),
    );
  return h(
    "section",
    { class: "pk-card pk-stack", "aria-label": name },
    h("h2", { class: "ds-heading pk-across-title", "data-size": "sm", tabindex: "-1" }, name),
    summary.map((line) => h("p", { class: "pk-summary" }, line)),
    h("p", { class: "pk-soft pk-tiny pk-axis-name" }, format(labels.axis, { unit })),
    h(
      "div",
      { class: "pk-lanes" },
      h("div", { class: "pk-lane pk-lane-head", "aria-hidden": "true" }, h("div", { class: "pk-lane-line" }, scale(true))),
      h(
        "ol",
        { class: "pk-plain" },
        lanes.map((lane) => laneOf(lane, scale(false), labels, send)),
      ),
    ),
    h("p", { class: "pk-soft pk-small" }, labels.compare_only),
    lacking.length > 0 &&
      h(
        "details",
        { class: "pk-more" },
        h("summary", {}, format(labels.lacking, { count: lacking.length })),
        h("ul", { class: "pk-plain pk-small" }, lacking.map((table) => h("li", {}, table))),
      ),
  );
}

function laneOf(lane, scale, labels, send) {
  const { publisher, title, date, made_for: madeFor, mark, local, survey, text, notes, parts, id } = lane;
  const open = { type: "button", class: "pk-lane-open", title: labels.open_set, onclick: () => send({ type: "open", set: id }) };
  return h(
    "li",
    { class: `pk-lane${survey ? " pk-survey" : ""}` },
    h(
      "div",
      { class: "pk-lane-name" },
      h("p", {}, h("button", open, publisher)),
      h("p", { class: "pk-soft pk-tiny" }, `${title}, ${date}`),
      mark && h("span", { class: "ds-tag", "data-size": "sm", "data-color": local ? "warning" : "neutral" }, mark),
    ),
    h(
      "div",
      { class: "pk-lane-figure" },
      h("p", { class: "pk-lane-text pk-number" }, text),
      h("p", { class: "pk-soft pk-tiny" }, [survey ? labels.survey : madeFor, ...(survey ? [] : notes)].join("; ")),
    ),
    h(
      "div",
      { class: "pk-lane-line", "aria-hidden": "true" },
      scale,
      parts.map(({ low, point, high }) => [
        h("span", { class: "pk-lane-bar", "--pk-low": low, "--pk-high": high }),
        point !== null && h("span", { class: "pk-lane-mark", "--pk-at": point }),
      ]),
    ),
  );
}
