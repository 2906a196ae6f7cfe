// Draws a widget from what the page says of it.

import { Model } from "./model.js";

const PATIENCE = 5_000; // ms for styles that are on their way, or have failed before we could hear of it

/**
 * Draw what `about` tells of in `place`, and return its model.
 *
 * `esm` and `css` are addresses; of a widget that the server does not know, the text itself.
 */
export async function draw({ esm, css, state }, place) {
  const model = new Model(state);
  const [{ default: found }] = await Promise.all([load(esm), dress(css)]);
  const widget = typeof found === "function" ? await found() : found;
  await widget.initialize?.({ model });
  const el = document.createElement("div");
  place.append(el);
  await widget.render?.({ model, el });
  return model;
}

const isAddress = (text) => /^(\/|https?:\/\/)[^\n]*$/.test(text);

async function load(esm) {
  if (isAddress(esm)) return import(esm);
  const address = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function dress(css) {
  if (!css) return undefined;
  if (!isAddress(css)) {
    const style = document.createElement("style");
    style.textContent = css;
    return document.head.append(style);
  }
  const known = document.querySelector(`link[rel="stylesheet"][href="${css.replaceAll(`"`, "%22")}"]`);
  if (known?.sheet) return undefined;
  const link = known ?? Object.assign(document.createElement("link"), { rel: "stylesheet", href: css });
  if (!known) document.head.append(link);
  return new Promise((resolve) => {
    for (const end of ["load", "error"]) link.addEventListener(end, resolve); // an undressed widget is better than none
    setTimeout(resolve, PATIENCE);
  });
}
