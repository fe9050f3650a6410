// Judging answers and scoring a list as checklists/scoring.py does, so that score and veto stand there without a
// network. Both are held to the same cases; a credit or a score is a decimal, null where nothing applies.

import { equal, exact, HUNDRED, larger, less, minus, ONE, over, plus, rounded, times, ZERO } from "./decimals.js";
import { explain } from "./explaining.js";
import { partAnswer, read } from "./reading.js";
import { notAsked } from "./relevance.js";

const EXACT_PLACES = 12;

// Judges one answer as if the item were asked: {result, credit, why, veto}.
export function judge(item, answer, on) {
  const readings = new Map(item.parts.map((part) => [part.code || "", read(part, partAnswer(item, part, answer), on)]));
  const states = [...readings.values()].map((reading) => reading.state);
  if (item.required === false && states.every((state) => state === "empty")) {
    return leftOut("选填项，未填写。");
  }
  const judged = item.parts.map((part) => ({ part, credit: creditOf(part, readings) }));
  const closed = judged.find((each) => each.part.gate && failed(each));
  if (closed) {
    const why = [explain(closed.part, item, readings)];
    return { result: "failed", credit: ZERO, why, veto: Boolean(item.veto || closed.part.veto) };
  }
  const why = item.parts.map((part) => explain(part, item, readings));
  if (states.includes("empty") || states.includes("wrong")) {
    return { result: "unanswered", credit: null, why, veto: false };
  }
  return sumUp(item, judged, why);
}

// Scores one list: {code, score, veto, vetoedBy, conclusion, unanswered, lines}, a line for each item in order with its
// judgement, its points, and in `skipped` which of its conditions keeps it from being asked (-1: it is asked).
export function score(list, answers, on) {
  const silent = notAsked(list.items, answers, on);
  const lines = list.items.map((item) => line(item, answers[item.code], on, silent.has(item.code) ? silent.get(item.code) : -1));
  const total = totalOf(lines);
  const vetoedBy = lines.filter((each) => each.veto).map((each) => each.item.code);
  const unanswered = lines.filter((each) => each.result === "unanswered").map((each) => each.item.code);
  const conclusion = conclude(list, total, vetoedBy.length > 0, !unanswered.length);
  return { code: list.code, score: total, veto: vetoedBy.length > 0, vetoedBy, conclusion, unanswered, lines };
}

function line(item, answer, on, skipped) {
  const judgement = skipped < 0 ? judge(item, answer, on) : leftOut(item.reasons[skipped]);
  const points = judgement.credit === null ? null : times(exact(item.weight), judgement.credit);
  return { item, skipped, points, ...judgement };
}

function leftOut(message) {
  return { result: "not_applicable", credit: null, why: [{ label: "", message, params: {} }], veto: false };
}

function sumUp(item, judged, why) {
  const shares = judged.map((each) => ({ ...each, share: exact(each.part.share ?? "1") }));
  const counting = shares.filter((each) => each.credit && each.share.digits);
  if (!counting.length) {
    return { result: "not_applicable", credit: null, why, veto: false };
  }
  const earned = sum(counting.map((each) => times(each.share, each.credit)));
  const credit = over(earned, sum(counting.map((each) => each.share)));
  const bad = judged.filter(failed);
  const veto = (bad.length > 0 && Boolean(item.veto)) || bad.some((each) => Boolean(each.part.veto));
  return { result: bad.length ? "failed" : "passed", credit, why, veto };
}

function failed({ credit }) {
  return credit !== null && less(credit, ONE);
}

function creditOf(part, readings) {
  const reading = readings.get(part.code || "");
  const { question } = part;
  if (reading.state !== "given") {
    return null;
  }
  if (question.kind === "yes_no") {
    return reading.chosen.includes(question.bad_answer) ? ZERO : ONE;
  }
  if (question.kind === "one_of") {
    return !(question.passing || []).length || question.passing.includes(reading.chosen[0]) ? ONE : ZERO;
  }
  if (question.kind === "number" && (question.at_least_part || question.equals_part)) {
    return compared(question, reading, readings);
  }
  if (!reading.rule) {
    return ONE;
  }
  return reading.measure ? credit(reading.rule, reading.measure) : ZERO;
}

function compared(question, reading, readings) {
  const other = readings.get(question.at_least_part || question.equals_part).measure;
  if (!other || !reading.measure) {
    return null;
  }
  const met = question.at_least_part ? !less(reading.measure, other) : equal(reading.measure, other);
  return met ? ONE : ZERO;
}

// The share of the points that a measure earns; see Rule in checklists/questions.py.
function credit(rule, measure) {
  const [low, high, zero] = [rule.at_least, rule.at_most, rule.zero_at].map((each) => (each === undefined ? null : exact(each)));
  const tooSmall = low && less(measure, low);
  if (!tooSmall && !(high && less(high, measure))) {
    return ONE;
  }
  if (rule.partial === false) {
    return ZERO;
  }
  if (tooSmall) {
    const floor = zero || ZERO;
    return larger(ZERO, over(minus(measure, floor), minus(low, floor)));
  }
  return zero ? larger(ZERO, over(minus(zero, measure), minus(zero, high))) : ZERO;
}

function totalOf(lines) {
  const counting = lines.filter((each) => each.points !== null);
  const weights = sum(counting.map((each) => exact(each.item.weight)));
  if (!weights.digits) {
    return null;
  }
  return rounded(over(times(HUNDRED, sum(counting.map((each) => each.points))), weights), EXACT_PLACES);
}

function conclude(list, total, vetoed, complete) {
  if (vetoed) {
    return "unqualified";
  }
  if (total === null || !complete) {
    return "open";
  }
  return less(total, exact(list.pass_mark)) ? "unqualified" : "qualified";
}

function sum(numbers) {
  return numbers.reduce(plus, ZERO);
}
