// Keeps what was read, so that it can be read again without a network.

const PATIENCE = 3000; // ms to wait for the keeper; without it the page works all the same

const keeper = navigator.serviceWorker;

const ready = keeper ? taken() : Promise.resolve();

/** Done when what is fetched from now on is kept, or when it cannot be. */
export const controlled = Promise.race([ready, new Promise((done) => setTimeout(done, PATIENCE))]);

async function taken() {
  try {
    await keeper.register(new URL("../../service-worker.js", import.meta.url), { updateViaCache: "none" });
  } catch {
    return; // a browser that keeps nothing
  }
  if (!keeper.controller) await new Promise((done) => keeper.addEventListener("controllerchange", done, { once: true }));
}

/** Have the keeper put by what came before it did. */
export async function keep(addresses) {
  await ready;
  keeper?.controller?.postMessage({ type: "keep", addresses });
}

// The page itself and its styles came before the keeper did. And what the menu leads to is kept
// too, so that a reader without a network still finds the way to what was opened. On a slow line
// the keeper may come after the page has stopped waiting for it.
ready.then(() => {
  const fetched = performance.getEntriesByType("resource").map((each) => each.name);
  const menu = [...document.querySelectorAll(".site-header a[href]")].map((each) => each.href);
  keep([location.href, ...fetched, ...menu]);
});
