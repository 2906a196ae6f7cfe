// What is not saved yet, kept in the browser until it is; and what one has chosen for the page.

import { about } from "./basics.js";

const HOME = ["pallkit", about.course, about.name, about.grader, about.second ?? "0"].join("\n");

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(`${HOME}\n${name}`));
  } catch {
    return null; // a full or closed store: the page works, and keeps nothing
  }
}

function write(name, value) {
  try {
    if (value === null) localStorage.removeItem(`${HOME}\n${name}`);
    else localStorage.setItem(`${HOME}\n${name}`, JSON.stringify(value));
  } catch {
    // as above
  }
}

const place = (task, item) => `draft\n${task}\n${item}`;

export const keepDraft = (task, item, draft) => write(place(task, item), draft);
export const keptDraft = (task, item) => read(place(task, item));
export const keepChoice = (name, value) => write(`choice\n${name}`, value);
export const keptChoice = (name) => read(`choice\n${name}`);
