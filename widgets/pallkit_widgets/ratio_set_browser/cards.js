// The list of tables: a card each, and a search for a drug above them.

import { smallButton } from "../shared/address.js";
import { format, h, uid } from "../shared/dom.js";

/** The search field, what it found, and where to see that drug in every table. */
export function searchForm(view, state, send) {
  const { labels, error, found, find } = view;
  const wrong = error?.field === "find" ? error.text : null;
  const help = uid("search-help");
  const fault = uid("search-error");
  const field = h("input", {
    class: "ds-input",
    type: "text",
    id: uid("search"),
    maxlength: "60",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    value: state.typed ?? find,
    "data-pk-field": "find",
    "aria-describedby": `${help} ${fault}`,
    "aria-invalid": wrong && "true",
    oninput: () => {
      state.typed = field.value;
    },
  });
  const go = (text) => {
    state.typed = text || null;
    send({ type: "find", text });
  };
  return h(
    "form",
    {
      class: "pk-search pk-screen-only",
      role: "search",
      "aria-label": labels.search,
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        go(field.value);
      },
    },
    h(
      "div",
      { class: "ds-field" },
      h("label", { class: "ds-label", for: field.id }, labels.search),
      h(
        "div",
        { class: "pk-row" },
        field,
        h("button", { class: "ds-button", type: "submit" }, labels.search_go),
        find && smallButton(labels.search_clear, () => go(""), { "data-pk-field": "clear" }),
      ),
      h("p", { class: "pk-soft pk-tiny", id: help }, labels.search_help),
      h("p", { class: "pk-field-error", id: fault }, wrong && h("span", { class: "ds-validation-message" }, wrong)),
    ),
    found && foundLine(found, labels, send),
  );
}

function foundLine({ text, links }, labels, send) {
  return h(
    "div",
    { class: "pk-row pk-found" },
    h("p", { class: "pk-found-text", tabindex: "-1" }, text),
    links.map(({ drug, label }) =>
      smallButton(format(labels.see_across, { drug: label }), () => send({ type: "drug", drug })),
    ),
  );
}

/** Every table as a card; the whole card can be pressed, its title is the button. */
export function cardList({ cards, labels }, send) {
  return h(
    "ul",
    { class: "pk-plain pk-cards", "aria-label": labels.tab_tables },
    cards.map((card) =>
      h(
        "li",
        { class: "pk-card pk-table-card" },
        h("p", { class: "pk-soft pk-tiny" }, `${card.publisher}, ${card.date}`),
        h(
          "h2",
          { class: "pk-card-title" },
          h(
            "button",
            { type: "button", class: "pk-card-open", "data-pk-set": card.id, onclick: () => send({ type: "open", set: card.id }) },
            card.title,
          ),
        ),
        h("p", { class: "pk-small pk-card-purpose" }, card.purpose),
        tags(card),
        h("p", { class: "pk-soft pk-tiny" }, card.matches ?? card.size),
      ),
    ),
  );
}

/** What a table was made for, how it was read, whether it is somebody's own, and how it stands. */
export function tags({ made_for: madeFor, seen, local, draft, force }) {
  const seenColour = seen.kind === "original" ? "success" : "warning";
  return h(
    "p",
    { class: "pk-row pk-tags" },
    force && h("span", { class: "ds-tag", "data-color": "danger" }, force),
    h("span", { class: "ds-tag", "data-color": "neutral" }, madeFor.text),
    local
      ? h("span", { class: "ds-tag", "data-color": "warning" }, local)
      : h("span", { class: "ds-tag", "data-color": seenColour }, seen.text),
    draft && h("span", { class: "ds-tag", "data-color": "warning" }, draft),
  );
}
