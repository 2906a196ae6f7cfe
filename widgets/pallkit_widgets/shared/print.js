// Printing: everything opened, and only the widget where the page around it is not its own.

/** Print the widget. Our own pages have a print style; JupyterLab's would be the whole screen. */
export function printWidget(root) {
  const closed = [...root.querySelectorAll("details:not([open])")];
  for (const details of closed) details.open = true;
  if (document.querySelector(".jp-LabShell")) printAlone(root);
  else window.print();
  for (const details of closed) details.open = false;
}

/** Print the widget without the page around it, as it is now. */
export async function printAlone(root) {
  const frame = document.createElement("iframe");
  frame.className = "pk-print-frame";
  frame.setAttribute("aria-hidden", "true");
  document.body.append(frame);
  const page = frame.contentDocument;
  page.documentElement.lang = root.lang;
  page.title = root.getAttribute("aria-label");
  for (const sheet of document.querySelectorAll("style")) {
    if (sheet.textContent.includes(".pk-root")) page.head.append(sheet.cloneNode(true));
  }
  const copy = root.cloneNode(true);
  if (copy.dataset.colorScheme) copy.dataset.colorScheme = "light"; // paper is white
  page.body.append(copy);
  const ours = !document.querySelector(".jp-LabShell");
  if (ours) await linkStyles(page); // JupyterLab's own are not for us
  frame.contentWindow.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow.print();
}

// Our pages link Designsystemet; what cannot be had is printed without, rather than not at all.
async function linkStyles(page) {
  const links = [...document.querySelectorAll('link[rel="stylesheet"]')].map((link) => link.cloneNode());
  const settled = links.map(
    (link) => new Promise((settle) => ["load", "error"].forEach((event) => link.addEventListener(event, settle))),
  );
  page.head.prepend(...links);
  await Promise.all(settled);
}
