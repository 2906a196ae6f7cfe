// The page comes in parts: its text, then the kernel's address, then what each cell shows.
// Each is taken up as it comes, so that the line to the kernel opens while the cells still run.

import { commOf, connect } from "./kernel.js";
import { draw } from "./widget.js";

const NEW = ".pk-output:not([data-drawn])";

let kernel = null;

// What stands in a JSON element; nothing as long as it has not come whole.
function read(element) {
  try {
    return JSON.parse(element.textContent);
  } catch {
    return null;
  }
}

function open() {
  const config = document.getElementById("jupyter-config-data");
  const found = config && read(config);
  if (!found) return;
  kernel = connect(found, (state) => {
    document.documentElement.dataset.line = state;
    document.dispatchEvent(new CustomEvent("pallkit:line", { detail: state }));
  });
}

async function show(output) {
  const about = read(output.querySelector("script"));
  if (!about) return;
  output.dataset.drawn = "";
  try {
    const model = await draw(about, output);
    model.bind(commOf(kernel, about.model_id));
  } catch (error) {
    console.error(error);
    output.insertAdjacentHTML("afterend", "<div data-failed></div>");
  }
}

function look() {
  if (!kernel) open();
  if (kernel) for (const output of document.querySelectorAll(NEW)) if (output.querySelector("script")) show(output);
}

const watch = new MutationObserver(look);
watch.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
look();
