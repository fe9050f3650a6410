// Decimals that are computed as the server computes them: at most 28 significant digits, ties to the even one.
// A number is its digits and how many of them stand after the point, without needless zeros there.

const PRECISION = 28;

export const ZERO = whole(0);
export const ONE = whole(1);
export const HUNDRED = whole(100);

// Reads what a person types or a definition holds; null when it is no number.
export function exact(value) {
  if (typeof value !== "string" && typeof value !== "number") {
    return null;
  }
  const text = String(value).trim().replace(/_/g, "").replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (!found || !(found[2] || found[3])) {
    return null;
  }
  const [, sign, before, after = "", exponent = "0"] = found;
  const digits = BigInt(before + after) * (sign === "-" ? -1n : 1n);
  return shortened(digits, after.length - Number(exponent));
}

export function whole(number) {
  return { digits: BigInt(number), places: 0 };
}

export function less(one, other) {
  return one.digits * power(other.places) < other.digits * power(one.places);
}

export function equal(one, other) {
  return one.digits === other.digits && one.places === other.places;
}

export function larger(one, other) {
  return less(one, other) ? other : one;
}

export function plus(one, other) {
  const places = Math.max(one.places, other.places);
  return kept(one.digits * power(places - one.places) + other.digits * power(places - other.places), places);
}

export function minus(one, other) {
  return plus(one, { digits: -other.digits, places: other.places });
}

export function times(one, other) {
  return kept(one.digits * other.digits, one.places + other.places);
}

// The last digit of an endless quotient only tells that more would follow, so that a tie is none.
export function over(one, other) {
  const above = one.digits * power(other.places);
  const below = other.digits * power(one.places);
  const places = Math.max(0, PRECISION + 2 + lengthOf(below) - lengthOf(above));
  const scaled = above * power(places);
  const quotient = scaled / below;
  const endless = quotient * below !== scaled && quotient % 5n === 0n;
  return kept(endless ? quotient + (scaled < 0n === below < 0n ? 1n : -1n) : quotient, places);
}

// Rounded to so many places; ties go to the even digit.
export function rounded(number, places) {
  return number.places <= places ? number : shortened(cut(number.digits, number.places - places), places);
}

// Written with exactly so many places, ties away from zero: the way a score is shown.
export function shown(number, places) {
  const drop = number.places - places;
  const digits = drop > 0 ? cut(number.digits, drop, true) : number.digits * power(-drop);
  return written(digits, places);
}

export function plain(number) {
  return written(number.digits, number.places);
}

function written(digits, places) {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, "0");
  const sign = digits < 0n ? "-" : "";
  return places ? `${sign}${text.slice(0, -places)}.${text.slice(-places)}` : sign + text;
}

function kept(digits, places) {
  const excess = lengthOf(digits) - PRECISION;
  return excess > 0 ? shortened(cut(digits, excess), places - excess) : shortened(digits, places);
}

function cut(digits, drop, awayFromZero = false) {
  const unit = power(drop);
  const size = digits < 0n ? -digits : digits;
  const rest = (size % unit) * 2n;
  const floor = size / unit;
  const up = rest > unit || (rest === unit && (awayFromZero || floor % 2n === 1n));
  return (up ? floor + 1n : floor) * (digits < 0n ? -1n : 1n);
}

function shortened(digits, places) {
  if (places < 0) {
    return { digits: digits * power(-places), places: 0 };
  }
  let number = { digits, places };
  while (number.places > 0 && number.digits % 10n === 0n) {
    number = { digits: number.digits / 10n, places: number.places - 1 };
  }
  return number;
}

function lengthOf(digits) {
  return (digits < 0n ? -digits : digits).toString().length;
}

function power(exponent) {
  return 10n ** BigInt(exponent);
}
