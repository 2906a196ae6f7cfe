// The learner answers first; then the answer is shown, and the mistake is named.

import { format, h } from "../shared/dom.js";
import { answerParts, staleLine } from "./answer.js";
import { typed } from "./fields.js";
import { shareButtons } from "./share.js";

/** The card with the task; after the learner's answer also with the verdict and the right one. */
export function practiceCard(view, link, state) {
  const { practice, labels, result } = view;
  return h(
    "section",
    { class: "pk-card pk-answer pk-task pk-stack", "aria-label": labels.task },
    h("h2", { class: "ds-heading pk-answer-title", "data-size": "xs", tabindex: "-1" }, labels.task),
    staleLine(labels),
    practice ? question(practice, labels) : h("p", { class: "pk-soft" }, labels.task_waits),
    practice && !practice.verdict && [answerForm(view, link, state), tools(view, link)],
    practice?.verdict && [judged(view, link), h("div", { class: "pk-stack pk-told-answer" }, answerParts(view, link))],
    !result && practice && h("p", { class: "pk-soft pk-tiny" }, labels.intended),
  );
}

function question({ given, asked }, labels) {
  return h(
    "div",
    { class: "pk-tight" },
    h("p", {}, labels.invented),
    h("ul", { class: "pk-task-given" }, given.map((text) => h("li", {}, text))),
    asked.map((text) => h("p", {}, h("strong", {}, text))),
  );
}

function answerForm(view, { send }, state) {
  const { practice, labels } = view;
  const answer = (text) => send({ type: "answer", answer: text });
  return h(
    "form",
    {
      class: "pk-tight pk-screen-only",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        // An empty field means nothing here: that there is no answer has a button of its own.
        if (state.answer?.trim()) answer(state.answer);
        else event.target.querySelector("input").focus();
      },
    },
    typed({
      label: labels.own_answer,
      value: state.answer ?? "",
      unit: practice.unit,
      field: "answer",
      size: 8,
      longest: 40,
      decimal: true,
      view,
      oninput: (text) => {
        state.answer = text;
      },
    }),
    h(
      "div",
      { class: "pk-row" },
      h("button", { class: "ds-button", type: "submit" }, labels.check),
      h("button", { class: "ds-button", type: "button", "data-variant": "tertiary", onclick: () => answer("") }, labels.gives_none),
    ),
  );
}

function tools(view, { announce }) {
  return h("div", { class: "pk-row pk-tools pk-screen-only" }, shareButtons(view, announce));
}

function judged({ practice, labels }, { send, again }) {
  const { tone, text, typed: wrote } = practice.verdict;
  const said = wrote ? format(labels.you_wrote, { text: wrote }) : labels.you_chose_none;
  return h(
    "div",
    { class: "ds-alert pk-verdict pk-tight", "data-color": tone === "good" ? "success" : "warning" },
    h("p", {}, h("strong", {}, text)),
    h("p", { class: "pk-small" }, said),
    h("p", { class: "pk-screen-only" }, h("button", { class: "ds-button", type: "button", "data-variant": "secondary", "data-size": "sm", onclick: () => again(send) }, labels.try_again)),
  );
}
