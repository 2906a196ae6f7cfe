// The page of a package: the case player's own view, the run behind it, and the line to the LMS.

import { Lms, findApi } from "./lms.js";
import { unpack } from "./saving.js";
import { Run } from "./showing.js";

const { PALLKIT_CASE: model, PALLKIT_VIEW: view } = window;
const lms = new Lms(findApi(window));
const kept = lms.start();
const run = new Run(model, { changed: () => lms.keep(run) });
const begun = kept ? unpack(model, kept) : [];
run.resume(begun ?? [], begun === null ? model.texts.stale : null);

const listeners = [];
const line = {
  get: () => run.view,
  on: (name, listener) => name === "change:view" && listeners.push(listener),
  off: () => {},
  send: (message) => {
    run.send(message);
    for (const listener of listeners) listener();
  },
};
document.getElementById("nothing-recorded").hidden = lms.recording;
view.render({ model: line, el: document.getElementById("player") });
window.addEventListener("pagehide", () => lms.finish());
