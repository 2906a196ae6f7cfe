// The gallery without a server: the cases stand in the page, and are chosen among here. As on the
// server: every word of the search and every filter must fit, and each choice tells how many
// cases it would leave.

const form = document.querySelector("[data-gallery]");
const about = JSON.parse(document.getElementById("cards").textContent);
const count = document.getElementById("count");
const FILTERS = ["topic", "level", "setting", "time", "language"];
const PAUSE = 250; // ms without a keystroke before the list follows

const items = new Map([...document.querySelectorAll("#results .site-case")].map((item, place) => [about.cards[place], item]));

// ---- what fits ----

// As pallkit_app.server.folding: å and aa, ø and o, É and e are one.
const LETTERS = { æ: "a", ø: "o", đ: "d", ŧ: "t", ŋ: "n" };

function fold(text) {
  const apart = text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  return apart.replace(/[æøđŧŋ]/g, (letter) => LETTERS[letter]).replace(/a[ae]+|oe+/g, (pair) => pair[0]);
}

const HAS = {
  q: (card, value) => (fold(value).match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => card.text.includes(word)),
  topic: (card, value) => card.topics.includes(value),
  level: (card, value) => card.levels.includes(value),
  setting: (card, value) => card.settings.includes(value),
  time: (card, value) => card.minutes <= Number(value),
  language: (card, value) => card.languages.includes(value),
};

const fitting = (wanted) => about.cards.filter((card) => Object.entries(wanted).every(([name, value]) => !value || HAS[name](card, value)));

// ---- what is asked for ----

// An identity number is neither searched for nor put into the address.
const namesAPerson = (text) => /(\d[\s.-]*){11}/.test(text);

function asked() {
  const wanted = Object.fromEntries(["q", ...FILTERS].map((name) => [name, form.elements[name]?.value.trim() ?? ""]));
  return namesAPerson(wanted.q) ? { ...wanted, q: "" } : wanted;
}

function fromAddress() {
  const { searchParams } = new URL(location.href);
  for (const name of ["q", ...FILTERS]) {
    const field = form.elements[name];
    const value = searchParams.get(name) ?? "";
    if (field.matches("select")) field.value = [...field.options].some((option) => option.value === value) ? value : "";
    else field.value = value.slice(0, field.maxLength);
  }
}

function intoAddress(wanted) {
  const links = document.querySelectorAll("a[hreflang]");
  for (const holder of [null, ...links]) {
    const url = new URL(holder ? holder.href : location.href);
    url.search = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)).toString();
    if (holder) holder.href = url.href;
    else history.replaceState(null, "", url.href);
  }
}

// ---- what is shown ----

function show() {
  const wanted = asked();
  const found = new Set(fitting(wanted));
  for (const [card, item] of items) item.hidden = !found.has(card);
  count.textContent = found.size ? about.texts.count.replace("{shown}", found.size).replace("{total}", about.cards.length) : about.texts.none;
  document.getElementById("all").replaceChildren(...(Object.values(wanted).some(Boolean) ? [everything()] : []));
  for (const name of FILTERS) recount(name, wanted);
  notice(namesAPerson(form.elements.q.value));
  intoAddress(wanted);
}

function everything() {
  const link = document.createElement("a");
  link.href = location.pathname;
  link.textContent = about.texts.all;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    for (const name of ["q", ...FILTERS]) form.elements[name].value = "";
    show();
    count.focus();
  });
  return link;
}

function recount(name, wanted) {
  for (const option of form.elements[name].options) {
    if (option.value) option.textContent = `${option.textContent.replace(/ \(\d+\)$/, "")} (${fitting({ ...wanted, [name]: option.value }).length})`;
  }
}

function notice(needed) {
  const old = document.getElementById("refused");
  if (!needed) return old?.remove();
  if (old) return undefined;
  const box = document.createElement("div");
  Object.assign(box, { id: "refused", className: "ds-alert site-notice" });
  box.dataset.color = "warning";
  box.setAttribute("role", "alert");
  box.append(Object.assign(document.createElement("p"), { textContent: about.texts.refused }));
  return document.getElementById("results").prepend(box);
}

let waiting = 0;
form.addEventListener("input", (event) => {
  clearTimeout(waiting);
  if (event.target.matches("select")) show();
  else waiting = setTimeout(show, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  show();
});
form.querySelector("[type=submit]").hidden = true;
window.addEventListener("pageshow", () => {
  fromAddress();
  show();
});
