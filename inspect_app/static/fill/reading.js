// Reading the answer to one part as checklists/answers.py does: empty, not applicable, wrong with its reason, or given
// with its measure. A sentence is a Chinese template with its parameters apart, as on the server.

import { equal, exact, less, over, plain, rounded, whole } from "./decimals.js";

const LARGEST = whole(10n ** 13n);
const DAY = 86400000;

class Wrong extends Error {
  constructor(message, params = {}) {
    super(message);
    this.why = { message, params };
  }
}

// The answer object of one part, empty when there is none.
export function partAnswer(item, part, answer) {
  let given = answer || {};
  if (item.parts.length > 1 && !given.na) {
    given = (given.parts || {})[part.code || ""];
  }
  return given !== null && typeof given === "object" && !Array.isArray(given) ? given : {};
}

// Returns {state, measure, chosen, rule, shown, why}; `on` is the day of the visit as 2026-06-15.
export function read(part, answer, on) {
  if (answer.na === true || answer.value === "na") {
    const message = part.na_allowed ? "不涉及。" : "这一项不能选“不涉及”。";
    return reading(part.na_allowed ? "not_applicable" : "wrong", { why: { message, params: {} } });
  }
  try {
    return readQuestion(part.question, answer, on);
  } catch (error) {
    if (!(error instanceof Wrong)) {
      throw error;
    }
    return reading("wrong", { why: error.why });
  }
}

export function optionCodes(question) {
  return question.options.map((option) => option.code);
}

function reading(state, told = {}) {
  return { state, measure: null, chosen: [], rule: null, shown: "", why: null, ...told };
}

function readQuestion(question, answer, on) {
  if (question.kind === "rate") {
    return readRate(question, answer);
  }
  if (blank(answer.value)) {
    return reading("empty");
  }
  switch (question.kind) {
    case "date": return readDay(question, answer, on);
    case "number": return readNumber(question, answer);
    case "text": return readText(question, answer.value);
    case "some_of": return readSome(question, answer);
    case "one_of": return reading("given", { chosen: [known(answer.value, optionCodes(question))] });
    default: return reading("given", { chosen: [known(answer.value, ["yes", "no"])] });
  }
}

function readNumber(question, answer) {
  const number = within(question, figure(answer.value, question.decimals || 0));
  return reading("given", { measure: number, rule: ruleOf(question, answer), shown: plain(number) });
}

function readRate(question, answer) {
  if (blank(answer.numerator) || blank(answer.denominator)) {
    return reading("empty");
  }
  const [above, below] = [answer.numerator, answer.denominator].map((each) => counted(each, question.decimals || 0));
  if (less(below, above) && !question.may_exceed) {
    const { numerator, denominator } = question;
    throw new Wrong("“%(numerator)s”不能大于“%(denominator)s”。", { numerator, denominator });
  }
  if (!below.digits) {
    const why = { message: "“%(name)s”为 0，比率无从计算。", params: { name: question.denominator } };
    return reading("not_applicable", { why });
  }
  const rule = ruleOf(question, answer);
  return reading("given", { measure: over(above, below), rule, shown: `${plain(above)}/${plain(below)}` });
}

function readDay(question, answer, on) {
  const rule = ruleOf(question, answer);
  const { value } = answer;
  if (value === "never") {
    return reading("given", { chosen: ["never"], rule });
  }
  const [day, today] = [date(value), date(on)];
  if (day === null) {
    throw new Wrong("日期“%(value)s”无效，请按 2026-03-01 的样子填写。", { value });
  }
  if (day > today) {
    throw new Wrong("日期 %(day)s 晚于检查日期 %(on)s。", { day: value, on });
  }
  const age = question.unit === "days" ? Math.round((today - day) / DAY) : monthsBetween(new Date(day), new Date(today));
  return reading("given", { measure: whole(age), rule, shown: value });
}

function readSome(question, answer) {
  if (!Array.isArray(answer.value)) {
    throw new Wrong("多选题的答案应为选项列表。");
  }
  const chosen = [...new Set(answer.value.map((each) => known(each, optionCodes(question))))];
  const rule = ruleOf(question, answer);
  return reading("given", { measure: whole(chosen.length), chosen, rule, shown: String(chosen.length) });
}

function readText(question, value) {
  if (typeof value !== "string") {
    throw new Wrong("这一项应填写文字。");
  }
  const words = value.trim();
  const count = [...words].length;
  const most = question.max_length || 500;
  if (count > most) {
    throw new Wrong("文字有 %(count)s 字，最多 %(most)s 字。", { count, most });
  }
  return reading("given", { shown: words });
}

function ruleOf({ rules = [] }, answer) {
  if (!answer.rule) {
    return rules[0] || null;
  }
  const code = known(answer.rule, rules.map((rule) => rule.code || ""));
  return rules.find((rule) => (rule.code || "") === code);
}

function within({ minimum, maximum }, number) {
  const value = plain(number);
  if (minimum === undefined && number.digits < 0n) {
    throw new Wrong("“%(value)s”不能小于 0。", { value });
  }
  if (minimum !== undefined && less(number, exact(minimum))) {
    throw new Wrong("“%(value)s”低于下限 %(minimum)s。", { value, minimum });
  }
  if (maximum !== undefined && less(exact(maximum), number)) {
    throw new Wrong("“%(value)s”超过上限 %(maximum)s。", { value, maximum });
  }
  return number;
}

function counted(value, places) {
  const number = figure(value, places);
  if (number.digits < 0n) {
    throw new Wrong("“%(value)s”不能小于 0。", { value });
  }
  return number;
}

function figure(value, places) {
  const number = exact(value);
  if (!number) {
    throw new Wrong("“%(value)s”不是数字。", { value });
  }
  if (!less(magnitude(number), LARGEST)) {
    throw new Wrong("“%(value)s”不是合理的数字。", { value });
  }
  if (!equal(number, rounded(number, places))) {
    throw new Wrong(places ? "“%(value)s”的小数不能多于 %(places)s 位。" : "“%(value)s”应为整数。", { value, places });
  }
  return number;
}

function known(value, codes) {
  if (typeof value === "string" && codes.includes(value)) {
    return value;
  }
  throw new Wrong("没有“%(value)s”这个选项。", { value });
}

function date(value) {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return null;
  }
  const day = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== value ? null : day.getTime();
}

function monthsBetween(start, end) {
  const begun = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  return begun + (end.getUTCDate() > start.getUTCDate() ? 1 : 0);
}

function blank(value) {
  return value === null || value === undefined || (!Array.isArray(value) && !String(value).trim());
}

function magnitude({ digits, places }) {
  return { digits: digits < 0n ? -digits : digits, places };
}
