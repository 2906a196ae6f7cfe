// The text of a report, about the page the reader came from.

const SHAPES = { content: /^[a-z0-9-]{1,80}$/, version: /^\d{1,3}(\.\d{1,3}){0,2}$/, page: /^\/[a-z0-9/-]{0,100}$/ };
const { text } = JSON.parse(document.getElementById("report").textContent);
const asked = new URL(location.href).searchParams;
const told = Object.fromEntries(Object.entries(SHAPES).map(([name, shape]) => [name, shape.test(asked.get(name) ?? "") ? asked.get(name) : ""]));

if (told.content && told.page) {
  document.querySelector(".site-report").textContent = text.replace(/\{(content|version|page)\}/g, (_whole, name) => told[name]);
}
for (const link of document.querySelectorAll("a[hreflang]")) link.search = asked.toString();
