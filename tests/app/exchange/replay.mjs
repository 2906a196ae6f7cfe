// Plays messages through the static player's own scripts, for test_scorm_player.py.

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , folder, asked, answered] = process.argv;
const { Run } = await import(pathToFileURL(`${folder}/showing.js`).href);
const { model, ways, today } = JSON.parse(readFileSync(asked, "utf-8"));
const told = ways.map((messages) => {
  const run = new Run(model, { today: new Date(today) });
  return [run.view, ...messages.map((message) => (run.send(message), run.view))];
});
writeFileSync(answered, JSON.stringify(told));
