// What a group opens: the link to copy, the QR code, and the sheet to print. The server takes
// its own address from the request; only the browser knows which one was really used.

import { addressOf, fetchPage, moveTo, onChange } from "./exchange.js";

const form = document.querySelector("[data-group]");
const part = (name, page = document) => page.querySelector(`[data-part="${name}"]`);
const told = () => part("address").value ?? part("address").textContent;
const secure = () => (location.protocol === "https:" ? { scheme: "https" } : {});

async function show() {
  const address = addressOf(form);
  let other;
  try {
    other = await fetchPage(addressOf(form, secure()));
  } catch {
    document.getElementById("told").textContent = form.dataset.failed;
    return;
  }
  if (!other) return;
  exchange(other);
  document.getElementById("told").textContent = "";
  moveTo(other, `${address.pathname}${address.search}${location.hash}`);
}

function exchange(other) {
  for (const each of document.querySelectorAll("[data-part]")) {
    const name = each.dataset.part;
    if (name === "address" && each.matches("input")) each.value = part(name, other).value;
    else each.replaceChildren(...part(name, other).childNodes);
  }
  trust();
}

// A proxy in front of the server may have told it another address than the browser's.
function trust() {
  const address = new URL(told());
  if (address.origin === location.origin) return;
  const own = new URL(address.pathname + address.search, location.origin).href;
  if (part("address").matches("input")) part("address").value = part("written").textContent = own;
  else part("address").textContent = own;
  for (const name of ["code", "warning"]) part(name).hidden = true;
  document.getElementById("elsewhere").hidden = false;
}

async function copy(button) {
  const field = part("address");
  const said = document.getElementById("told");
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = button.dataset.copied;
  } catch {
    // A page without encryption has no clipboard: the reader copies the marked link instead.
    field.select();
    said.textContent = button.dataset.byHand;
  }
}

function offer(id, act) {
  const button = document.getElementById(id);
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => act(button));
}

// The page came over https, and the server was not told so: ask again, and say it.
async function begin() {
  if (new URL(told()).host === location.host && new URL(told()).protocol !== location.protocol) {
    const again = new URL(location.href);
    again.searchParams.set("scheme", "https");
    const other = await fetchPage(again).catch(() => null);
    if (other) exchange(other);
  }
  trust();
}

if (form) onChange(form, show);
offer("copy", copy);
offer("print", () => window.print());
if (part("address")) begin();
