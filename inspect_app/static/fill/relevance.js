// Which items are asked, as earlier answers decide: the rules of checklists/relevance.py once more, so that the page
// can judge without a network. What the server says later wins.

import { exact, less } from "./decimals.js";
import { partAnswer, read } from "./reading.js";

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
  const { state, measure, chosen } = read(part, partAnswer(item, part, answers[item.code]), on);
  const words = state === "not_applicable" ? ["na"] : chosen;
  return words.some((word) => (condition.any_of || []).includes(word)) || within(condition, measure);
}

function within({ at_least: low, at_most: high }, measure) {
  if (!measure || (low === undefined && high === undefined)) {
    return false;
  }
  return (low === undefined || !less(measure, exact(low))) && (high === undefined || !less(exact(high), measure));
}
