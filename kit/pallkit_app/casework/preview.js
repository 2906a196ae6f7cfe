// Ask when the files were saved; load the player anew, or say what is wrong.
const { base, case: caseId, lang } = document.body.dataset;
const at = (id) => document.getElementById(id);
const EVERY = 500; // ms
let seen = "";

function show({ stamp, playable, lines }) {
  seen = stamp;
  at("broken").hidden = playable;
  at("fine").hidden = lines.length > 0;
  at("findings").hidden = lines.length === 0;
  at("findings").open = !playable;
  at("count").textContent = String(lines.length);
  at("lines").replaceChildren(
    ...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })),
  );
  const player = at("player");
  player.hidden = !playable;
  player.src = playable
    ? `${base}app/kasus?case=${encodeURIComponent(caseId)}&lang=${lang}&saved=${stamp}`
    : "about:blank";
}

async function look() {
  try {
    const answer = await fetch(`${base}preview/state`, { cache: "no-store" });
    const state = await answer.json();
    if (state.stamp !== seen) show(state);
  } catch {
    // The server is being stopped or started: ask again.
  }
  setTimeout(look, EVERY);
}

look();
