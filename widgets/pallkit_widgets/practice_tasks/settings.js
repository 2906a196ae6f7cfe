// New tasks, the same tasks as others have, another level, and the sheet to print.

import { h, more, uid } from "../shared/dom.js";
import { printAlone } from "../shared/print.js";

/** The row below the task; `kept` is what stands in the form, and whether it is open. */
export function settings(view, link, kept) {
  const { labels } = view;
  const box = more(labels.settings, form(view, link, kept));
  box.open = kept.open || view.error?.field === "seed";
  box.addEventListener("toggle", () => {
    kept.open = box.open;
  });
  return h(
    "div",
    { class: "pk-settings pk-stack pk-screen-only" },
    h(
      "div",
      { class: "pk-row" },
      button(labels.another, () => link.send({ type: "another" })),
      button(labels.print, () => printAlone(link.root)),
    ),
    box,
    h("p", { class: "pk-soft pk-tiny" }, labels.not_kept),
  );
}

function form(view, link, kept) {
  const { labels, error } = view;
  const wrong = error?.field === "seed" && error.text;
  const ids = { level: uid("level"), seed: uid("seed"), help: uid("help"), error: uid("error") };
  const level = h(
    "select",
    { class: "ds-input", id: ids.level, onchange: () => (kept.level = level.value) },
    view.levels.map(({ id, label }) => h("option", { value: id }, label)),
  );
  level.value = kept.level ?? view.level;
  const seed = h("input", {
    class: "ds-input",
    id: ids.seed,
    type: "text",
    size: "16",
    maxlength: "60",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-describedby": `${ids.help} ${ids.error}`,
    "aria-invalid": wrong && "true",
    oninput: () => (kept.seed = seed.value),
  });
  seed.value = kept.seed ?? view.seed;
  const onsubmit = (event) => {
    event.preventDefault();
    link.send({ type: "fetch", seed: seed.value, level: level.value });
  };
  return h(
    "form",
    { class: "pk-settings-form", novalidate: true, onsubmit },
    h("div", { class: "ds-field" }, h("label", { class: "ds-label", for: ids.level }, labels.level), level),
    h("div", { class: "ds-field" }, h("label", { class: "ds-label", for: ids.seed }, labels.seed), seed),
    h("button", { class: "ds-button", type: "submit", "data-variant": "secondary" }, labels.fetch),
    h("p", { class: "pk-soft pk-small pk-wide", id: ids.help }, labels.seed_help),
    h(
      "p",
      { class: "pk-error-room pk-wide", id: ids.error },
      wrong && h("span", { class: "ds-validation-message" }, wrong),
    ),
  );
}

function button(text, onclick) {
  return h("button", { class: "ds-button", type: "button", "data-variant": "tertiary", onclick }, text);
}
