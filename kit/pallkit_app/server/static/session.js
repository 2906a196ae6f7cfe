// What a learner has done on a page is kept in the browser's tab, not in the kernel: so a
// session that ended can be taken up in a new one. Kept are the messages each widget was sent
// and what stands in its fields; a new kernel is sent the same messages again, all at once.

(() => {
  const MOST = 200; // messages of one widget; Python takes no more at a time
  const LARGEST = 150_000; // characters of them
  const SILENCE = 2_000; // ms without an answer before we ask whether the session lives
  const BETWEEN = 60_000; // ms between two such questions when somebody touches the page
  const AGAIN = 30_000; // ms in which a page is not taken up anew twice by itself

  const notebook = () => document.getElementById("notebook");
  const widgets = () => [...document.querySelectorAll(".pk-root")];
  const asked = new URL(location.href).searchParams;
  const key = `pallkit:session:${location.pathname}:${asked.get("case") ?? ""}`;

  let state = { sent: {}, fields: {} };
  let silence = null;
  let looked = 0;
  let over = false;

  // A browser may be told to keep nothing: then a session that ends is lost, as before.
  function stored(act) {
    try {
      return act(window.sessionStorage);
    } catch {
      return null;
    }
  }

  const save = () => stored((box) => box.setItem(key, JSON.stringify(state)));

  // ---- what is kept ----

  // In a module each tool stands in its slot; a page of one tool has but one.
  const nameOf = (root) => root.closest("[data-slot]")?.dataset.slot ?? "only";

  // Nobody's number is kept, here or anywhere: such a message is refused by Python too.
  const holdsNumber = (what) => /\d{6}[ .-]?\d{5}/.test(JSON.stringify(what));

  function record(root, message) {
    const name = nameOf(root);
    if (holdsNumber(message)) return;
    if (message.type === "restart") state.sent[name] = [];
    else state.sent[name] = joined(state.sent[name] ?? [], message);
    save();
  }

  // A form that is filled in anew takes the place of the same form before it.
  function joined(sent, message) {
    const last = sent.at(-1);
    const same = last && "form" in message && last.type === message.type;
    const all = [...(same ? sent.slice(0, -1) : sent), message];
    return all.length > MOST || JSON.stringify(all).length > LARGEST ? sent : all;
  }

  const fieldsOf = (root) => [...root.querySelectorAll("input, textarea, select")];
  const ticked = (field) => field.type === "radio" || field.type === "checkbox";
  const read = (field) => [field.type, ticked(field) ? field.checked : holdsNumber(field.value) ? "" : field.value];

  function keepFields() {
    for (const root of widgets()) state.fields[nameOf(root)] = fieldsOf(root).map(read);
  }

  // Only where the same fields stand there again.
  function refill(root) {
    const kept = state.fields[nameOf(root)] ?? [];
    delete state.fields[nameOf(root)];
    const fields = fieldsOf(root);
    if (fields.length !== kept.length || fields.some(({ type }, place) => type !== kept[place][0])) return;
    for (const [place, field] of fields.entries()) fill(field, kept[place][1]);
  }

  function fill(field, value) {
    const now = read(field)[1];
    if (now === value) return;
    if (ticked(field)) field.checked = value;
    else field.value = value;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }

  // ---- taken up again ----

  // What another version of this page kept in another shape is not taken up.
  const holdsLists = (part) =>
    part !== null && typeof part === "object" && Object.values(part).every((list) => Array.isArray(list));

  function recall() {
    const kept = stored((box) => JSON.parse(box.getItem(key)));
    const [came] = performance.getEntriesByType("navigation");
    const again = kept?.again || came?.type === "reload" || came?.type === "back_forward";
    if (again && [kept?.sent, kept?.fields].every(holdsLists)) {
      state = { sent: kept.sent, fields: kept.fields, at: kept.at };
      save();
    } else if (kept) stored((box) => box.removeItem(key));
  }

  const met = new WeakSet();

  function meet(root) {
    met.add(root);
    const messages = state.sent[nameOf(root)] ?? [];
    if (messages.length) root.dispatchEvent(new CustomEvent("pallkit:replay", { detail: messages }));
    else refill(root);
  }

  // ---- is the session still there? ----

  function kernel() {
    const config = document.getElementById("jupyter-config-data");
    try {
      return JSON.parse(config.textContent).kernelId;
    } catch {
      return null;
    }
  }

  async function isOver() {
    looked = Date.now();
    const id = kernel();
    if (over || !id || !navigator.onLine) return over;
    const answer = await fetch(notebook().dataset.kernels + id, { cache: "no-store" }).catch(() => null);
    return answer?.status === 404;
  }

  async function look() {
    if (!document.hidden && widgets().length && (await isOver())) tell();
  }

  function touched() {
    if (Date.now() - looked > BETWEEN) look();
  }

  async function unanswered() {
    if (!(await isOver())) return;
    tell();
    // Who has just answered something wants to go on.
    if (Date.now() - (state.at ?? 0) > AGAIN) goOn();
  }

  function tell() {
    if (over) return;
    over = true;
    const message = document.getElementById("trouble-lost");
    const slots = [...document.querySelectorAll("[data-slot]")];
    const slot = slots.find((each) => each.contains(document.activeElement)) ?? slots.find(isSeen);
    slot?.before(message); // in a module: where the reader is, if that is at a tool
    message.hidden = false;
    if (slot || !slots.length) message.scrollIntoView({ block: "nearest" });
  }

  function isSeen(part) {
    const { top, bottom } = part.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  }

  // The page stays, with all that stands on it, until there is a new session to be had.
  async function goOn() {
    const line = document.getElementById("resuming");
    line.textContent = line.dataset.going;
    keepFields();
    const address = notebook().dataset.tools ?? location.href; // what a session is asked for with
    const answer = await fetch(address, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.ok) {
      Object.assign(state, { again: true, at: Date.now() });
      save();
      location.reload();
      return;
    }
    line.textContent = answer ? line.dataset.full : line.dataset.silent;
    setTimeout(goOn, 1000 * (Number(answer?.headers.get("Retry-After")) || 5));
  }

  document.addEventListener("pallkit:sent", ({ target, detail }) => {
    clearTimeout(silence);
    silence = setTimeout(unanswered, over ? 0 : SILENCE);
    if (detail.type !== "replay") record(target, detail);
  });
  document.addEventListener("pallkit:shown", ({ target, detail }) => {
    clearTimeout(silence);
    looked = Date.now();
    if (detail.replayed) refill(target);
  });
  document.addEventListener("pallkit:line", ({ detail }) => {
    if (detail === "dead" || detail === "disconnected") look();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-resume]")) return;
    event.preventDefault();
    goOn();
  });
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", look);
  for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, touched, { passive: true });

  recall();
  const watch = () => widgets().filter((root) => !met.has(root)).forEach(meet);
  new MutationObserver(watch).observe(document.documentElement, { childList: true, subtree: true });
  watch();
})();
