// Every page: light or dark as the reader has chosen, from before anything is drawn. So it is
// read before the page's body, and may not look for anything there until the page is whole.

(() => {
  const KEY = "pallkit:scheme";
  const SCHEMES = ["light", "dark"];
  const page = document.documentElement;

  // A browser may refuse to keep anything; then the choice lasts as long as the page.
  function kept() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function keep(scheme) {
    try {
      if (SCHEMES.includes(scheme)) localStorage.setItem(KEY, scheme);
      else localStorage.removeItem(KEY);
    } catch {
      // shown all the same
    }
  }

  function wear(scheme) {
    page.dataset.colorScheme = SCHEMES.includes(scheme) ? scheme : "auto";
  }

  function offer() {
    for (const choice of document.querySelectorAll("[data-scheme]")) {
      choice.setAttribute("aria-pressed", String(choice.dataset.scheme === page.dataset.colorScheme));
      choice.closest("[hidden]")?.removeAttribute("hidden");
    }
  }

  function asKept() {
    wear(kept());
    offer();
  }

  asKept();
  document.addEventListener("DOMContentLoaded", offer);
  document.addEventListener("pallkit:exchanged", offer); // the foot of the page is a new one

  document.addEventListener("click", ({ target }) => {
    const { scheme } = target.closest("[data-scheme]")?.dataset ?? {};
    if (!scheme) return;
    keep(scheme);
    wear(scheme);
    offer();
  });

  // Chosen in another tab, or before the browser brought back a page as it was left.
  window.addEventListener("storage", ({ key }) => {
    if (key === KEY || key === null) asKept();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) asKept();
  });

  // Paper is white, whatever the screen is.
  let worn = "auto";
  window.addEventListener("beforeprint", () => {
    worn = page.dataset.colorScheme;
    wear("light");
  });
  window.addEventListener("afterprint", () => wear(worn));

  // The headings have the same addresses in every language. Where a tool is, its own script
  // changes the language.
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[hreflang]");
    if (link && !document.getElementById("notebook")) link.hash = location.hash;
  });
})();
