// What a page with a kernel says while it waits, when it failed, and when it was left
// too long. The texts stand in the page already, in the reader's language.

const PATIENCE = 60_000; // ms from the page's end until a widget must have been drawn

const notebook = () => document.getElementById("notebook");

function say(id) {
  document.getElementById("waiting").hidden = true;
  const message = document.getElementById(id);
  if (message.hidden) {
    message.hidden = false;
    message.scrollIntoView({ block: "nearest" });
  }
}

function look(observer) {
  if (notebook()?.querySelector("[data-failed]")) {
    observer.disconnect();
    say("trouble-failed");
  } else if (notebook()?.querySelector(".pk-root")) {
    observer.disconnect();
    document.getElementById("waiting").hidden = true;
    document.body.classList.add("site-ready");
    document.addEventListener("visibilitychange", askForKernel);
    window.addEventListener("online", askForKernel);
  } else {
    return false;
  }
  return true;
}

async function askForKernel() {
  if (document.hidden || !navigator.onLine) return;
  const { kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const answer = await fetch(notebook().dataset.kernels + kernelId).catch(() => null);
  if (answer?.status === 404) say("trouble-lost");
}

const watch = new MutationObserver((_changes, observer) => look(observer));
watch.observe(document.documentElement, { childList: true, subtree: true });
window.addEventListener("load", () => {
  if (!look(watch)) setTimeout(() => look(watch) || say("trouble-failed"), PATIENCE);
});
