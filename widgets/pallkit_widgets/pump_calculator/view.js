// Three tabs: the pump, the mixture, from mouth to pump. What is typed lives here.

import { tellAddress } from "../shared/address.js";
import { h, uid } from "../shared/dom.js";
import { connect, focusOn } from "../shared/link.js";
import { tabButtons } from "../shared/tabs.js";
import { pumpForm } from "./forms.js";
import { mixtureAnswer } from "./mixture_answer.js";
import { mixtureForm } from "./mixture_form.js";
import { pumpAnswer, pumpPictures } from "./pump_answer.js";
import { startAnswer } from "./start_answer.js";
import { startForm } from "./start_form.js";
import { toolRow } from "./tools.js";

const TABS = ["pump", "mixture", "start"];

function render({ model, el }) {
  const view = model.get("view");
  const state = {
    tab: view.section,
    forms: structuredClone(view.forms),
    stale: {},
    chosen: { span: 72 },
    ids: Object.fromEntries(TABS.map((tab) => [tab, uid(tab)])),
  };
  return connect({
    model,
    el,
    name: "pk-pump",
    paint: (shown, link) => paint(shown, link, state),
    after: (shown, link) => after(shown, link, state),
  });
}

function paint(view, link, state) {
  const again = (focus) => {
    paint(view, link, state);
    link.root.querySelector(focus)?.focus();
  };
  const go = (tab) => {
    state.tab = tab;
    again(`#${state.ids[tab]}`);
  };
  const parts = [
    tabs(view, state, go),
    view.problem && h("div", { class: "ds-alert pk-problem", "data-color": "warning" }, h("p", {}, view.problem)),
    ...TABS.map((tab) => panel(tab, view, link, state, again)),
    toolRow(view, link),
    h("p", { class: "pk-watermark" }, view.labels.watermark),
  ];
  link.body.replaceChildren(...parts.filter(Boolean));
}

function tabs({ labels }, state, go) {
  const names = { pump: labels.tab_pump, mixture: labels.tab_mixture, start: labels.tab_start };
  const list = TABS.map((name) => ({ name, text: names[name], id: state.ids[name], panel: `${state.ids[name]}-panel` }));
  return h(
    "div",
    { class: "pk-tabs pk-screen-only", role: "tablist", "aria-label": labels.widget },
    tabButtons(list, { chosen: state.tab, onpick: go, follow: true }),
  );
}

function panel(tab, view, link, state, again) {
  const { labels } = view;
  const answer = view.answers[tab];
  const error = view.errors[tab];
  const part = {
    view,
    form: state.forms[tab],
    error,
    changed: () => {
      state.stale[tab] = Boolean(answer);
      const line = link.root.querySelector(`[data-pk-stale="${tab}"]`);
      if (line) line.hidden = !answer;
    },
    repaint: (field) => again(`[data-pk-tab="${tab}"] [data-pk-field="${field}"]`),
  };
  const send = () => {
    const { kind: _kind, ...form } = state.forms[tab];
    link.send({ type: tab, form });
  };
  const take = (found) => {
    Object.assign(state.forms.pump, found);
    state.stale.pump = Boolean(view.answers.pump);
    state.tab = "pump";
    again('[data-pk-tab="pump"] [data-pk-field="concentration"]');
  };
  const shown = {
    pump: () => [pumpForm(part, send), answer && pumpAnswer(answer, labels), labels.empty_pump],
    mixture: () => [mixtureForm(part, send), answer && mixtureAnswer(answer, labels), labels.empty_mixture],
    start: () => [startForm(part, send), answer && startAnswer(answer, labels, take), labels.empty_start],
  };
  const [form, told, empty] = shown[tab]();
  return h(
    "div",
    {
      class: answer ? "pk-panel pk-stack pk-answered" : "pk-panel pk-stack",
      role: "tabpanel",
      id: `${state.ids[tab]}-panel`,
      "aria-labelledby": state.ids[tab],
      "data-pk-tab": tab,
      hidden: tab !== state.tab,
    },
    h(
      "div",
      { class: "pk-pump-columns" },
      form,
      h(
        "section",
        { class: "pk-card pk-answer pk-stack", "aria-label": labels.answer },
        h("h2", { class: "ds-heading pk-answer-title", "data-size": "xs", tabindex: "-1" }, labels.answer),
        h("div", { class: "ds-alert pk-stale", "data-color": "warning", hidden: !state.stale[tab], "data-pk-stale": tab }, h("p", {}, labels.stale)),
        told ?? h("p", { class: "pk-soft" }, empty),
      ),
    ),
    tab === "pump" && pumpPictures(answer, labels, state.chosen),
  );
}

function after(view, link, state) {
  const tab = state.tab;
  state.stale[tab] = false;
  const shown = link.root.querySelector(`[data-pk-tab="${tab}"]`);
  const stale = shown.querySelector("[data-pk-stale]");
  stale.hidden = true;
  const wrong = view.errors[tab] && shown.querySelector("[aria-invalid]");
  focusOn(wrong || shown.querySelector(".pk-answer-title"));
  link.announce(view.errors[tab]?.text ?? spoken(view.answers[tab], view.labels));
  if (view.q) tellAddress(link.root, view.q);
}

function spoken(answer, labels) {
  if (!answer) return "";
  if (answer.refusal) return `${labels.refused}. ${answer.refusal.message}`;
  if (answer.per_hour) return `${answer.per_hour}, ${answer.rate}`;
  if (answer.picture) return answer.picture.text;
  return answer.rows.map((row) => `${row.set.title}: ${row.day ?? labels.refused}`).join(". ");
}

export default { render };
