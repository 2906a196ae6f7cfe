// Moments, by the reader's own clock and in the reader's language.

/** The time of day, with the day where it is not today. Logs keep UTC; the wall clock does not. */
export function shownTime(at, lang) {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return at;
  const clock = { hour: "2-digit", minute: "2-digit" };
  const today = moment.toDateString() === new Date().toDateString();
  const day = today ? {} : { day: "numeric", month: "short" };
  return moment.toLocaleString(LOCALES[lang], { ...day, ...clock });
}

// Not every browser knows nynorsk, and one that does not would write American.
const LOCALES = { nb: "nb-NO", nn: ["nn-NO", "nb-NO"], en: "en-GB" };
