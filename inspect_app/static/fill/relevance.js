// Which items are asked, as earlier answers decide: the rules of checklists/relevance.py once more, so that the page
// can judge without a network. What the server says later wins.

const LARGEST = { digits: 10n ** 13n, places: 0 };
const NOTHING = { measure: null, words: [] };

// `items` in the order of their list, each with its code, its parts and what it hangs on as JSON of the definition;
// `answers` are the values by item code, `on` the day as 2026-06-15. Returns for what is not asked, by code, which of
// its conditions is the first that does not hold.
export function notAsked(items, answers, on) {
  const known = new Map(items.map((item) => [item.code, item]));
  const silent = new Map();
  for (const item of items) {
    const met = (condition) => !silent.has(condition.item) && holds(condition, known.get(condition.item), answers, on);
    const missing = (item.relevant || []).findIndex((condition) => !met(condition));
    if (missing >= 0) {
      silent.set(item.code, missing);
    }
  }
  return silent;
}

function holds(condition, item, answers, on) {
  const part = item && item.parts.find((each) => (each.code || "") === (condition.part || ""));
  if (!part) {
    return false;
  }
  const { measure, words } = read(part, partAnswer(item, part, answers[item.code]), on);
  return words.some((word) => (condition.any_of || []).includes(word)) || within(condition, measure);
}

function partAnswer(item, part, answer) {
  const given = answer || {};
  if (item.parts.length > 1 && !given.na) {
    return (given.parts || {})[part.code || ""] || {};
  }
  return given;
}

function read(part, answer, on) {
  if (answer.na === true || answer.value === "na") {
    return part.na_allowed ? { measure: null, words: ["na"] } : NOTHING;
  }
  const { question } = part;
  if (answer.rule && question.rules && !question.rules.some((rule) => (rule.code || "") === answer.rule)) {
    return NOTHING;
  }
  switch (question.kind) {
    case "rate": return readRate(question, answer);
    case "number": return readNumber(question, answer.value);
    case "date": return readDay(question, answer.value, on);
    case "some_of": return readSome(question, answer.value);
    case "one_of": return readWord(answer.value, question.options.map((option) => option.code));
    case "yes_no": return readWord(answer.value, ["yes", "no"]);
    default: return NOTHING;
  }
}

function readWord(value, codes) {
  return codes.includes(value) ? { measure: null, words: [value] } : NOTHING;
}

function readSome(question, value) {
  const codes = question.options.map((option) => option.code);
  if (!Array.isArray(value) || !value.every((each) => codes.includes(each))) {
    return NOTHING;
  }
  const chosen = [...new Set(value)];
  return { measure: { above: whole(chosen.length), below: whole(1) }, words: chosen };
}

function readNumber(question, value) {
  const number = decimal(value, question.decimals || 0);
  const least = exact(question.minimum || "0");
  if (!number || less(number, least) || (question.maximum && less(exact(question.maximum), number))) {
    return NOTHING;
  }
  return { measure: { above: number, below: whole(1) }, words: [] };
}

function readRate(question, answer) {
  const above = decimal(answer.numerator, question.decimals || 0);
  const below = decimal(answer.denominator, question.decimals || 0);
  const odd = !above || !below || less(above, whole(0)) || less(below, whole(0));
  if (odd || (less(below, above) && !question.may_exceed)) {
    return NOTHING;
  }
  return below.digits ? { measure: { above, below }, words: [] } : { measure: null, words: ["na"] };
}

function readDay(question, value, on) {
  if (value === "never") {
    return { measure: null, words: ["never"] };
  }
  const day = date(value);
  if (day === null || day > date(on)) {
    return NOTHING;
  }
  const age = question.unit === "days" ? Math.round((date(on) - day) / 86400000) : months(new Date(day), new Date(date(on)));
  return { measure: { above: whole(age), below: whole(1) }, words: [] };
}

function date(value) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value || "")) {
    return null;
  }
  const day = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== value ? null : day.getTime();
}

function months(start, end) {
  const begun = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  return begun + (end.getUTCDate() > start.getUTCDate() ? 1 : 0);
}

function within(condition, measure) {
  const bounded = condition.at_least !== undefined || condition.at_most !== undefined;
  if (!measure || !bounded) {
    return false;
  }
  const at = (bound) => times(exact(bound), measure.below);
  const low = condition.at_least === undefined || !less(measure.above, at(condition.at_least));
  return low && (condition.at_most === undefined || !less(at(condition.at_most), measure.above));
}

// Decimals are digits and how many of them stand after the point, so that 0.95 of 20 is exactly 19.
function decimal(value, places) {
  const number = exact(value);
  if (!number || number.places > places || !less(magnitude(number), LARGEST)) {
    return null;
  }
  return number;
}

function exact(value) {
  const text = String(value ?? "").trim().replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (!found || !(found[2] || found[3])) {
    return null;
  }
  const [, sign, before, after = "", exponent = "0"] = found;
  const digits = BigInt(before + after) * (sign === "-" ? -1n : 1n);
  return shortened(digits, after.length - Number(exponent));
}

function shortened(digits, places) {
  let number = { digits, places };
  if (places < 0) {
    number = { digits: digits * 10n ** BigInt(-places), places: 0 };
  }
  while (number.places > 0 && number.digits % 10n === 0n) {
    number = { digits: number.digits / 10n, places: number.places - 1 };
  }
  return number;
}

function whole(number) {
  return { digits: BigInt(number), places: 0 };
}

function magnitude({ digits, places }) {
  return { digits: digits < 0n ? -digits : digits, places };
}

function less(one, other) {
  return one.digits * 10n ** BigInt(other.places) < other.digits * 10n ** BigInt(one.places);
}

function times(one, other) {
  return { digits: one.digits * other.digits, places: one.places + other.places };
}
