// The table browser: two tabs, the tables and one drug across them.

import { tellAddress } from "../shared/address.js";
import { h, uid } from "../shared/dom.js";
import { connect, focusOn } from "../shared/link.js";
import { tabButtons } from "../shared/tabs.js";
import { setPage } from "./about.js";
import { acrossPage } from "./across.js";
import { cardList, searchForm } from "./cards.js";

const TABS = ["tables", "drug"];

function render({ model, el }) {
  const state = { typed: null, asked: null, opened: "", panel: uid("panel"), tabs: TABS.map((name) => uid(name)) };
  return connect({
    model,
    el,
    name: "pk-browser",
    paint: (view, link) => paint(view, link, state),
    after: (view, link) => after(view, link, state),
  });
}

function paint(view, link, state) {
  const send = (message) => {
    state.asked = message;
    state.bySelect = document.activeElement?.tagName === "SELECT"; // stepping through a list
    link.send(message);
  };
  const parts = { ...link, send };
  const { labels, error } = view;
  if (view.set) state.opened = view.set.id;
  link.body.replaceChildren(
    ...[
      ...view.notices.map((text) => h("div", { class: "ds-alert pk-notice", "data-color": "warning" }, text)),
      error?.field === "page" && h("div", { class: "ds-alert pk-notice", "data-color": "danger", tabindex: "-1" }, error.text),
      tabList(view, send, state),
      h(
        "div",
        { class: "pk-panel pk-stack", role: "tabpanel", id: state.panel, "aria-labelledby": state.tabs[TABS.indexOf(view.tab)] },
        view.tab === "drug" ? acrossPage(view, parts) : tablesPage(view, parts, state),
      ),
      h("p", { class: "pk-watermark" }, labels.watermark),
    ].filter(Boolean),
  );
  queueMicrotask(() => tellAddress(link.root, view.q));
}

function tablesPage(view, parts, state) {
  const search = searchForm(view, state, parts.send);
  return view.set ? [search, setPage(view, parts)] : [search, cardList(view, parts.send)];
}

// To choose asks Python, so the keys only move the focus.
function tabList({ tab, labels }, send, state) {
  const words = { tables: labels.tab_tables, drug: labels.tab_drug };
  const tabs = TABS.map((name, place) => ({ name, text: words[name], id: state.tabs[place], panel: state.panel }));
  const buttons = tabButtons(tabs, { chosen: tab, onpick: (name) => send({ type: "tab", tab: name }) });
  return h("div", { class: "pk-tabs pk-screen-only", role: "tablist", "aria-label": labels.widget }, buttons);
}

function after(view, { root, announce }, state) {
  const { asked } = state;
  const field = (name) => root.querySelector(`[data-pk-field="${name}"]`);
  if (view.error) {
    focusOn(view.error.field === "find" ? field("find") : root.querySelector(".pk-notice"));
    announce(view.error.text);
    return;
  }
  const targets = {
    open: () => (view.set ? root.querySelector(".pk-set-title") : root.querySelector(`[data-pk-set="${state.opened}"]`)),
    tab: () => root.querySelector('[role="tab"][aria-selected="true"]'),
    find: () => root.querySelector(".pk-found-text") ?? field("find"),
    drug: () => (state.bySelect ? null : root.querySelector(".pk-across-title")) ?? field("drug"),
    methadone: () => field("methadone"),
  };
  focusOn(targets[asked?.type]?.());
  announce(spoken(view));
}

function spoken({ tab, drug, set, found }) {
  if (tab === "drug") return drug.shown?.summary.join(" ") ?? "";
  return [found?.text, set?.title].filter(Boolean).join(" ");
}

export default { render };
