// The receipt, opened one step at a time or all at once. On paper all of it stands.

import { format, h } from "../shared/dom.js";

/** The steps of a calculation, with a heading if it is not behind one; a source is named where it changes. */
export function stepper(steps, labels, announce, heading = labels.steps) {
  if (!steps?.length) return null;
  const lines = steps.map((step, index) => stepLine(step, steps[index - 1], labels));
  let shown = 0;
  const next = h("button", { class: "ds-button", type: "button", "data-variant": "secondary", "data-size": "sm", onclick: () => open(shown + 1) });
  const all = h(
    "button",
    { class: "ds-button", type: "button", "data-variant": "tertiary", "data-size": "sm", onclick: () => open(lines.length) },
    labels.all_steps,
  );
  const row = h("p", { class: "pk-row pk-screen-only" }, next, all);

  function open(count) {
    const before = shown;
    shown = count;
    for (const [index, line] of lines.entries()) line.hidden = index >= shown;
    next.textContent = format(labels.next_step, { number: Math.min(shown + 1, lines.length), all: lines.length });
    row.hidden = shown === lines.length;
    all.hidden = lines.length - shown < 2;
    if (before === 0) return;
    const told = steps.slice(before, shown).map(({ text }, at) => format(labels.step, { number: before + at + 1, text }));
    announce(told.join(" "));
    if (row.hidden) lines[before].focus(); // the buttons are gone
  }

  open(1);
  // Behind a heading of its own it is no part of the page to go to: the page has one already.
  return h(
    heading ? "section" : "div",
    { class: "pk-steps pk-tight", "aria-label": heading && labels.steps },
    heading && h("h3", { class: "ds-heading", "data-size": "2xs" }, heading),
    h("ol", { class: "pk-receipt" }, lines),
    row,
  );
}

function stepLine({ text, ratio, source }, before, labels) {
  const by = source === before?.source ? null : source;
  const from = [ratio && format(labels.ratio, { ratio }), by].filter(Boolean).join(" · ");
  return h("li", { tabindex: "-1" }, text, from && h("p", { class: "pk-soft pk-tiny" }, from));
}
