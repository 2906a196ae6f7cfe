// How far a reader has come in the modules. Nothing is kept unless they ask for it, and then
// in their own browser only: the machine may be one that a whole ward uses.

const PREFIX = "pallkit:"; // of all that our pages keep
const KEY = `${PREFIX}progress`;

// A browser may keep nothing, or refuse to be asked.
function stored(act, otherwise) {
  try {
    return act();
  } catch {
    return otherwise;
  }
}

/** Whether this browser keeps anything at all. */
export function canKeep() {
  return stored(() => localStorage.length >= 0, false);
}

/** Whether the reader has asked to be remembered. */
export function isAsked() {
  return stored(() => localStorage.getItem(KEY) !== null, false);
}

/** What is kept of every module, by its id; what cannot be read is nothing. */
export function everything() {
  const kept = stored(() => JSON.parse(localStorage.getItem(KEY)), null);
  return Object.fromEntries(Object.entries(kept ?? {}).filter(([, each]) => isProgress(each)));
}

function isProgress(each) {
  return Array.isArray(each?.read) && typeof each.tasks === "object" && each.tasks !== null;
}

/** What is kept of one module; of an older edition, with other parts, nothing. */
export function of(module, version) {
  const found = everything()[module];
  return found?.version === version ? found : null;
}

/** Keep how far the reader has come in a module, or only that they want it kept. */
export function keep(module, progress) {
  const all = { ...everything(), ...(module ? { [module]: { ...progress, at: Date.now() } } : {}) };
  stored(() => localStorage.setItem(KEY, JSON.stringify(all)));
}

/** Forget it, and that it was ever asked for. */
export function forget() {
  stored(() => localStorage.removeItem(KEY));
}

/** All that our pages keep in this browser, by key. */
export function keys() {
  const boxes = stored(() => [localStorage, sessionStorage], []);
  return boxes.flatMap((box) => Object.keys(box).filter((key) => key.startsWith(PREFIX)));
}

/** Forget all that our pages keep in this browser. */
export function forgetAll() {
  for (const key of keys()) for (const box of [localStorage, sessionStorage]) box.removeItem(key);
}

/** Sums over a module: parts read of all, tasks solved of those met. */
export function summed({ read, parts, tasks }) {
  const sum = (name) => Object.values(tasks).reduce((all, each) => all + (Number(each?.[name]) || 0), 0);
  return { read: read.length, parts: Number(parts) || 0, right: sum("right"), tasks: sum("count") };
}

/** The sums in words, in the language of `words`, the element that carries the patterns. */
export function told(sums, { dataset }) {
  const filled = (text) => text.replace(/\{(\w+)\}/g, (whole, name) => sums[name] ?? whole);
  return [filled(dataset.parts), sums.tasks ? filled(dataset.tasks) : ""].filter(Boolean).join(" · ");
}
