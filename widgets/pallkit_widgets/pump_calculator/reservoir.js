// A picture of a reservoir, to scale: what is in it from the bottom up, and how many mL.
// Every layer has a pattern of its own and a line to its name: no colour has to be seen.

import { h, svg, uid } from "../shared/dom.js";

const TALL = 240; // px of a full reservoir
const WIDE = 84;
const LEFT = 44; // room for the scale
const TOP = 14;
const LABEL = 44; // px that a name and its figures take
const LONG = 18; // letters from which a name may take a line more
const PATTERNS = ["slant", "dots", "cross", "lines", "back", "grid"];

/** The figure: drawing, names beside it, and a line that says the same. */
export function reservoirPicture(picture, title) {
  const { layers, ml, total, text } = picture;
  const name = uid("reservoir");
  const height = TALL + TOP + 10;
  const bands = stacked(layers, ml);
  const places = spread(bands);
  const tall = Math.max(height, places.length ? places[0] + LABEL : 0);
  return h(
    "figure",
    { class: "pk-reservoir" },
    h("figcaption", { class: "pk-picture-title" }, title),
    h(
      "div",
      { class: "pk-reservoir-drawn", "--pk-tall": `${tall}px` },
      svg(
        "svg",
        { class: "pk-reservoir-svg", width: LEFT + WIDE + 36, height: tall, role: "img", "aria-label": text },
        svg("defs", {}, PATTERNS.map((kind) => pattern(kind, `${name}-${kind}`))),
        scale(ml, total),
        bands.map((band, index) => drawn(band, places[index], index, name)),
        svg("path", { class: "pk-vessel", d: vessel() }),
      ),
      h(
        "ol",
        { class: "pk-plain pk-layers", "aria-hidden": "true" },
        bands.map(({ label, detail }, index) =>
          h("li", { "--pk-y": `${places[index]}px` }, h("strong", {}, label), h("span", { class: "pk-number" }, detail)),
        ),
      ),
    ),
  );
}

// Where each layer stands, in px from the top; the first one lies at the bottom.
function stacked(layers, whole) {
  let below = 0;
  return layers.map((layer) => {
    const high = (layer.ml / whole) * TALL;
    const y = TOP + TALL - below - high;
    below += high;
    return { ...layer, y, high, middle: y + high / 2 };
  });
}

// Names keep clear of each other: first pushed up from the bottom, then down from the top.
function spread(bands) {
  const half = bands.map(({ label }) => (label.length > LONG ? LABEL * 0.72 : LABEL / 2));
  const places = [];
  bands.forEach(({ middle }, index) => {
    const limit = index === 0 ? TOP + TALL - half[0] : places[index - 1] - half[index - 1] - half[index];
    places.push(Math.min(middle, limit));
  });
  for (let index = bands.length - 1; index >= 0; index -= 1) {
    const above = index === bands.length - 1 ? 0 : places[index + 1] + half[index + 1];
    places[index] = Math.max(places[index], above + half[index]);
  }
  return places;
}

function drawn({ y, high, middle, diluent }, place, index, name) {
  const box = { x: LEFT, y, width: WIDE, height: Math.max(high, 1) };
  const kind = PATTERNS[index % PATTERNS.length];
  return svg(
    "g",
    {},
    svg("rect", { ...box, class: diluent ? "pk-layer pk-layer-diluent" : "pk-layer" }),
    !diluent && svg("rect", { ...box, class: "pk-layer-pattern", fill: `url(#${name}-${kind})` }),
    svg("line", { class: "pk-layer-edge", x1: LEFT, x2: LEFT + WIDE, y1: y, y2: y }),
    svg("polyline", {
      class: "pk-leader",
      points: `${LEFT + WIDE - 6},${middle} ${LEFT + WIDE + 14},${middle} ${LEFT + WIDE + 30},${place}`,
    }),
    svg("circle", { class: "pk-leader-dot", cx: LEFT + WIDE - 6, cy: middle, r: 2.5 }),
  );
}

function scale(whole, total) {
  const unit = total.split(" ").at(-1);
  return [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const y = TOP + TALL * (1 - part);
    const text = part === 1 ? total.replace(` ${unit}`, "") : part === 0 ? "0" : null;
    return svg(
      "g",
      { class: "pk-scale" },
      svg("line", { x1: LEFT - (text ? 8 : 5), x2: LEFT, y1: y, y2: y }),
      text && svg("text", { x: LEFT - 11, y: y + 4, "text-anchor": "end" }, text),
      part === 1 && svg("text", { x: LEFT - 11, y: y + 20, "text-anchor": "end" }, unit),
    );
  });
}

function vessel() {
  const right = LEFT + WIDE;
  const foot = TOP + TALL;
  return `M${LEFT},${TOP - 6} V${foot - 4} Q${LEFT},${foot + 2} ${LEFT + 6},${foot + 2} H${right - 6} Q${right},${foot + 2} ${right},${foot - 4} V${TOP - 6}`;
}

const STROKES = {
  slant: "M0,8 L8,0",
  back: "M0,0 L8,8",
  cross: "M0,8 L8,0 M0,0 L8,8",
  lines: "M0,4 H8",
  grid: "M0,4 H8 M4,0 V8",
};

function pattern(kind, id) {
  const mark =
    kind === "dots"
      ? svg("circle", { cx: 4, cy: 4, r: 1.4, class: "pk-pattern-dot" })
      : svg("path", { d: STROKES[kind], class: "pk-pattern-line" });
  return svg("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, mark);
}
