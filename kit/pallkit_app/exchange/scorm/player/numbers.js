// Decimal numbers exactly as the engine has them: a whole number and a power of ten. Division
// keeps 28 digits and rounds half to even, as Python's decimal does where nothing else is said.

const DIGITS = 28;
const TEN = 10n;

/** Read a plain number with a point: «26.6667». */
export function decimal(text) {
  const [whole, decimals = ""] = text.split(".");
  return { digits: BigInt(whole + decimals), power: -decimals.length };
}

/** Below 0, 0 or above 0, as `one` is less than, equal to or more than `other`. */
export function compare(one, other) {
  const power = Math.min(one.power, other.power);
  const left = one.digits * TEN ** BigInt(one.power - power);
  const right = other.digits * TEN ** BigInt(other.power - power);
  return left < right ? -1 : Number(left > right);
}

/** `one` ÷ `other`; `other` is not 0. */
export function over(one, other) {
  const more = Math.max(0, DIGITS + 2 + length(other.digits) - length(one.digits));
  const raised = one.digits * TEN ** BigInt(more);
  const power = one.power - other.power - more;
  return rounded(raised / other.digits, raised % other.digits !== 0n, power);
}

/** Rounded for reading: up to four digits as they are, else three, whole digits kept. */
export function readable(value) {
  const { digits, power } = stripped(value);
  if (digits === 0n || length(digits) <= 4) return { digits, power };
  const last = Math.min(power + length(digits) - 3, 0);
  const drop = last - power;
  if (drop <= 0) return { digits, power };
  const unit = TEN ** BigInt(drop);
  const up = (digits % unit) * 2n >= unit ? 1n : 0n;
  return stripped({ digits: digits / unit + up, power: last });
}

/** The number plainly, with the language's decimal sign. */
export function written(value, lang) {
  const { digits, power } = stripped(value);
  if (power >= 0) return String(digits * TEN ** BigInt(power));
  const text = String(digits).padStart(1 - power, "0");
  return `${text.slice(0, power)}${lang === "en" ? "." : ","}${text.slice(power)}`;
}

function rounded(digits, inexact, power) {
  const drop = length(digits) - DIGITS;
  if (drop <= 0) return { digits, power };
  const unit = TEN ** BigInt(drop);
  const kept = digits / unit;
  const twice = (digits % unit) * 2n;
  const above = twice > unit || (twice === unit && (inexact || kept % 2n === 1n));
  return { digits: kept + (above ? 1n : 0n), power: power + drop };
}

function stripped({ digits, power }) {
  if (digits === 0n) return { digits, power: 0 };
  while (digits % TEN === 0n) {
    digits /= TEN;
    power += 1;
  }
  return { digits, power };
}

function length(digits) {
  return digits === 0n ? 1 : String(digits).length;
}
