// What a group opens, without a server: the case's own folder, at the level and in the language
// that are chosen. Only the browser knows which host the folder lies on.

const form = document.querySelector("[data-group]");
const part = (name) => document.querySelector(`[data-part="${name}"]`);

function address() {
  const { level, language } = form.elements;
  const [, home, id] = /^(.*?\/)(?:(?:nn|en)\/)?kasus\/([^/]+)\/(?:index\.html)?$/.exec(location.pathname);
  const spoken = language.value === "nb" ? "" : `${language.value}/`;
  const link = new URL(`${home}${spoken}app/kasus/${id}/`, location.origin);
  if (level) link.searchParams.set("level", level.value);
  return link.href;
}

function show() {
  part("address").value = part("written").textContent = address();
  document.getElementById("told").textContent = "";
}

function fromAddress() {
  for (const [name, value] of new URL(location.href).searchParams) {
    const field = form.elements[name];
    if (field?.matches("select") && [...field.options].some((option) => option.value === value)) field.value = value;
  }
}

async function copy(button) {
  const said = document.getElementById("told");
  try {
    await navigator.clipboard.writeText(part("address").value);
    said.textContent = button.dataset.copied;
  } catch {
    // A page without encryption has no clipboard: the reader copies the marked link instead.
    part("address").select();
    said.textContent = button.dataset.byHand;
  }
}

if (form) {
  const button = document.getElementById("copy");
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("[type=submit]").hidden = true;
  fromAddress();
  show();
}
