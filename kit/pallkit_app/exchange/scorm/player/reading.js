// What a learner types at a dose or a pump: a number, and the unit of the field if they like.
// Nothing is guessed: the same texts are refused as the engine refuses, for the same reasons,
// and other units than the one asked for as well.

import { decimal } from "./numbers.js";

/** A text that is not taken, and why. `secret` ones are not shown again. */
export class Refused extends Error {
  constructor(text, { secret = false } = {}) {
    super(text);
    this.secret = secret;
  }
}

const SPACES = " \u00a0\u2007\u2009\u202f";
const MOST_DIGITS = 9;
const BARE = /^[\d\s.,]+$/;
const NUMBER = new RegExp(`^([\\d.,](?:[\\d.,]|[${SPACES}](?=\\d))*)\\s*(.*)$`, "s");
const GROUPED = new RegExp(`^[1-9]\\d{0,2}(?:[${SPACES}]\\d{3})+(?:[.,]\\d+)?$`);
const GROUPING = new RegExp(`[${SPACES}]`, "g");

/** What was typed, with the unit of the field where only a number was. */
export function withUnit(typed, unit) {
  const text = typed.trim();
  return BARE.test(text) ? `${text} ${unit}` : text;
}

/** Read an amount in the unit that is asked for; `units` are the ways to write it. */
export function readAmount(text, { units, unit }, texts) {
  const found = NUMBER.exec(text);
  const written = found && found[2].toLowerCase().replace(/μ/g, "µ").replace(/\s*\/\s*/g, "/");
  const known = found && units.includes(written.replace(/\s+/g, " ").trim());
  if (!known && unit.toLowerCase() !== written) throw new Refused(put(texts.unread, { text, unit }));
  return readNumber(found[1], texts);
}

function readNumber(text, texts) {
  const digits = text.replace(/[.,]/g, "");
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) {
    const why = text.endsWith("0") ? texts.two_readings_even : texts.two_readings;
    throw new Refused(put(why, { text, whole: digits }));
  }
  if (/^0\d+([.,]\d*)?$/.test(text) || /^[.,]\d+$/.test(text)) {
    throw new Refused(put(texts.lacks_zero, { text }));
  }
  const whole = GROUPED.test(text) ? text.replace(GROUPING, "") : text;
  if (whole.match(GROUPING)) throw new Refused(put(texts.odd_space, { text: whole }));
  if (!/^(0|[1-9]\d*)([.,]\d+)?$/.test(whole)) throw new Refused(put(texts.no_number, { text: whole }));
  if (whole.replace(/[.,]/, "").length > MOST_DIGITS) {
    throw new Refused(put(texts.too_many_digits, { text: whole }));
  }
  return decimal(whole.replace(",", "."));
}

const GAP = "[\\s.,:;/_\\-‐-―−]";
const IDENTITY = new RegExp(
  `\\p{Nd}{2}${GAP}?\\p{Nd}{2}${GAP}?\\p{Nd}{2}${GAP}{0,3}\\p{Nd}{3}${GAP}?\\p{Nd}{2}`,
  "u",
);

/** Refuse a text that holds what could be a real person's identity number. */
export function refuseIdentity(text, texts) {
  const plain = text.normalize("NFKC").replace(/\p{Cf}/gu, "");
  if (IDENTITY.test(plain)) throw new Refused(texts.identity, { secret: true });
}

/** Fill in the parts of a text: «{text}». */
export function put(template, parts) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
}
