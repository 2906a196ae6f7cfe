// One hour with the button: each bolus the lock-out allows, on top of what runs all the time.

import { format, h, svg } from "../shared/dom.js";

const HIGH = 46;
const BASE = 62;

/** The figure; nothing for a pump without a button. */
export function hourFigure(answer, labels) {
  const { presses } = answer.timelines[0];
  if (!presses.length) return null;
  const at = (minute) => `${2 + (minute / 60) * 96}%`;
  const minutes = presses.map(({ minute }) => minute).join(", ");
  const text = format(labels.hour_text, { count: presses.length, minutes, most: answer.button.most });
  const stopped = presses.some(({ within }) => !within);
  return h(
    "figure",
    { class: "pk-hour" },
    h("figcaption", { class: "pk-picture-title" }, labels.hour),
    svg(
      "svg",
      { class: "pk-hour-svg", width: "100%", height: BASE + 38, role: "img", "aria-label": text },
      svg("rect", { class: "pk-hour-basal", x: at(0), y: BASE, width: "96%", height: 10 }),
      presses.map(({ minute, within }, index) =>
        svg(
          "g",
          {},
          svg("line", { class: within ? "pk-bolus" : "pk-bolus pk-bolus-stopped", x1: at(minute), x2: at(minute), y1: BASE - HIGH, y2: BASE }),
          svg("text", { class: "pk-plot-text", x: at(minute), dx: 8, y: BASE - HIGH + 12 }, String(index + 1)),
          svg("text", { class: "pk-plot-text", x: at(minute), y: BASE + 28, "text-anchor": index ? "middle" : "start" }, String(minute)),
        ),
      ),
      svg("line", { class: "pk-plot-day", x1: at(60), x2: at(60), y1: BASE - HIGH, y2: BASE + 10 }),
      svg("text", { class: "pk-plot-text", x: "100%", y: BASE + 28, "text-anchor": "end" }, labels.sixty_min),
    ),
    h("p", { class: "pk-small" }, text),
    stopped && h("p", { class: "pk-small" }, labels.stopped),
  );
}
