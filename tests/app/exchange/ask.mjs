// Calls functions of one of the static player's modules, for the tests beside this file.
// A decimal number goes in and out as {"decimal": "2.5"}; a refusal comes out as {"refused": why}.

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , folder, name, asked, answered] = process.argv;
const load = (file) => import(pathToFileURL(`${folder}/${file}`).href);
const player = name === "run" ? await ofRuns() : await load(name);
const { decimal, written } = await load("numbers.js");
const { Refused } = await load("reading.js");

const given = (value) => (value?.decimal === undefined ? value : decimal(value.decimal));
const told = (value) => (typeof value?.digits === "bigint" ? { decimal: written(value, "en") } : value);

// What is told of decisions that have been made, in place of a module's own functions.
async function ofRuns() {
  const { replay } = await load("showing.js");
  const { pack } = await load("saving.js");
  const { share, interaction } = await load("lms.js");
  return {
    pack: (model, made) => pack(model, replay(model, made)),
    in_circles: (model, made) => pack(model, Array(4000).fill(replay(model, made)).flat()),
    share: (model, made) => share(model, replay(model, made)),
    interactions: (model, made) =>
      replay(model, made)
        .map(({ event }) => interaction(model, event))
        .filter(Boolean),
  };
}

function call([made, ...parts]) {
  try {
    return told(player[made](...parts.map(given)));
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

writeFileSync(answered, JSON.stringify(JSON.parse(readFileSync(asked, "utf-8")).map(call)));
