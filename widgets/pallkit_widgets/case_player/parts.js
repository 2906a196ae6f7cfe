// Parts that the step, the feedback and the debrief share.

import { format, h } from "../shared/dom.js";

/** A list of sources, each with publisher and date, linked where it has an address. */
export function sourceList(sources, labels) {
  return h(
    "ul",
    { class: "pk-plain pk-tight pk-small" },
    sources.map((source) => {
      const title = source.url
        ? h(
            "a",
            { class: "ds-link", href: source.url, target: "_blank", rel: "noopener noreferrer" },
            source.title,
            h("span", { class: "ds-sr-only" }, ` (${labels.new_window})`),
          )
        : source.title;
      const seen = source.seen === "original" ? null : labels[`seen_${source.seen}`];
      const where = [source.publisher, source.date, seen].filter(Boolean).join(", ");
      return h("li", {}, title, where && h("span", { class: "pk-soft" }, ` ${where}`));
    }),
  );
}

/** How a decision is met, in a word and a colour: never in the colour alone. */
export function toneTag({ tone, verdict }, labels) {
  const tag = (name, colour) => h("span", { class: "ds-tag pk-tone", "data-color": colour }, name);
  const name = labels[`tone_${tone}`];
  if (!verdict) return tag(name, COLOURS[tone]);
  return tone === "danger" ? [tag(name, COLOURS.danger), tag(verdict, "neutral")] : tag(verdict, COLOURS[tone]);
}

/** A symptom's change: an arrow for the eye, words for the ear. */
export function change(by, labels) {
  if (by === 0) return null;
  const words = format(by > 0 ? labels.change_up : labels.change_down, { number: Math.abs(by) });
  return h(
    "span",
    { class: "pk-change pk-number", "data-way": by > 0 ? "worse" : "better" },
    h("span", { "aria-hidden": "true" }, `${by > 0 ? "▲" : "▼"} ${Math.abs(by)}`),
    h("span", { class: "ds-sr-only" }, words),
  );
}

/** A vital sign's change: up is neither better nor worse by itself. */
export function vitalChange({ change: by, change_text: size }, labels) {
  if (by === 0) return null;
  const words = format(by > 0 ? labels.change_up : labels.change_down, { number: size });
  return h(
    "span",
    { class: "pk-change pk-number", "data-way": "other" },
    h("span", { "aria-hidden": "true" }, `${by > 0 ? "▲" : "▼"} ${size}`),
    h("span", { class: "ds-sr-only" }, words),
  );
}

const COLOURS = { good: "success", caution: "warning", danger: "danger", neutral: "info" };
