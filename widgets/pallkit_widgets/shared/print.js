// Printing: everything opened, and only the widget where the page around it is JupyterLab.

/** Print the widget. Our own pages have a print style; JupyterLab's would be the whole screen. */
export function printWidget(root) {
  const closed = [...root.querySelectorAll("details:not([open])")];
  for (const details of closed) details.open = true;
  if (document.querySelector(".jp-LabShell")) printAlone(root);
  else window.print();
  for (const details of closed) details.open = false;
}

function printAlone(root) {
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
  page.body.append(root.cloneNode(true));
  frame.contentWindow.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow.print();
}
