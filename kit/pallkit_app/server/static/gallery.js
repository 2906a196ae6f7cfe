// The gallery filters as one writes and chooses: the list is exchanged, the field keeps the
// focus, the number of cases is said, and the address can be sent to others at any time.

import { addressOf, fetchPage, moveTo, onChange } from "./exchange.js";

const form = document.querySelector("[data-gallery]");
const count = document.getElementById("count");
const results = () => document.getElementById("results");

async function show() {
  let other;
  results().setAttribute("aria-busy", "true");
  try {
    other = await fetchPage(addressOf(form));
  } catch {
    count.textContent = form.dataset.failed;
    results().removeAttribute("aria-busy");
    return false;
  }
  if (!other) return false;
  count.textContent = other.getElementById("count").textContent;
  for (const id of ["all", "results"]) document.getElementById(id).replaceWith(other.getElementById(id));
  for (const select of form.querySelectorAll("select")) recount(select, other.getElementById(select.id));
  moveTo(other, results().dataset.address);
  return true;
}

// Only the words are exchanged: a list that is open, or has the focus, stays as it is.
function recount(select, fresh) {
  const { value } = select;
  if ([...select.options].map((option) => option.value).join() === [...fresh.options].map((option) => option.value).join()) {
    for (const [place, option] of [...select.options].entries()) option.textContent = fresh.options[place].textContent;
  } else {
    select.replaceChildren(...fresh.options);
    select.value = value;
  }
}

// A link that leaves something out: the fields follow, and the reader is taken to the count.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-filter]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { searchParams } = new URL(link.href);
  for (const field of form.querySelectorAll("select, input[type=search]")) field.value = searchParams.get(field.name) ?? "";
  if (await show()) count.focus();
});

onChange(form, show);
