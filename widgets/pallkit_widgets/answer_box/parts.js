// What is saved: the answer that counts, and all that were given before it.

import { format, h, more } from "../shared/dom.js";
import { shownTime } from "../shared/moments.js";

/** One line about what is saved now, with a mark for the eye. */
export function statusLine(view) {
  const { labels, answers, kind } = view;
  if (!view.kept && answers.length === 0) return line("none", labels.not_kept);
  const counting = answers.find(({ counts }) => counts);
  if (!counting) return line("none", answers.length > 0 ? labels.none_left : labels.none);
  // A text or a list stands above, as it was saved; a number is worth saying once more.
  const text = kind === "dose" || kind === "number" ? labels.saved : labels.saved_text;
  return line("saved", format(text, { time: shownTime(counting.at, view.ui_lang), answer: counting.text }));
}

/** All answers, newest first; the one that counts can be taken back. */
export function allAnswers(view, link, kept) {
  const { labels, answers } = view;
  if (answers.length === 0) return null;
  const items = answers.toReversed().map((answer) =>
    h(
      "li",
      { class: "pk-given-answer", "data-withdrawn": answer.withdrawn },
      h("time", { class: "pk-soft pk-tiny pk-number", datetime: answer.at }, shownTime(answer.at, view.ui_lang)),
      h("span", { class: "pk-given-text" }, answer.text),
      answer.sure !== null && h("span", { class: "pk-soft pk-tiny" }, format(labels.was_sure, { number: answer.sure })),
      answer.counts && h("span", { class: "ds-tag", "data-color": "success" }, labels.counts),
      answer.withdrawn && h("span", { class: "ds-tag", "data-color": "neutral" }, labels.withdrawn),
    ),
  );
  const counting = answers.find(({ counts }) => counts);
  const withdraw = counting && {
    class: "ds-button",
    type: "button",
    "data-variant": "secondary",
    "data-size": "sm",
    onclick: () => link.send({ type: "withdraw", number: counting.number }),
  };
  const box = more(
    format(labels.earlier, { number: answers.length }),
    h("ol", { class: "pk-plain pk-given-answers", reversed: true }, items),
    withdraw && h("p", {}, h("button", withdraw, labels.withdraw)),
  );
  box.open = kept.open;
  box.addEventListener("toggle", () => {
    kept.open = box.open;
  });
  return box;
}

function line(state, text) {
  return h("p", { class: "pk-answer-status pk-small", "data-state": state }, text);
}
