// The page for whoever was turned away asks now and then whether there is room, and opens
// what they came for when there is. What stands on the page stays as it is meanwhile.

const LONGEST = 60; // seconds between two tries

const line = () => document.getElementById("retry");

function plan(seconds) {
  setTimeout(ask, 1000 * Math.min(LONGEST, Math.max(2, seconds)));
}

async function ask() {
  if (document.hidden) return document.addEventListener("visibilitychange", ask, { once: true });
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer?.ok) {
    say("opening");
    return location.replace(location.href);
  }
  say("waiting");
  plan(Number(answer?.headers.get("Retry-After")) || LONGEST / 4);
}

// Read aloud where it changes: so not at every try.
function say(what) {
  const text = line().dataset[what];
  if (line().textContent !== text) line().textContent = text;
}

function begin() {
  plan(Number(line().dataset.wait));
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
