// Why an answer earned what it did, as checklists/explaining.py says it: one sentence a part, {label, message, params}.

import { exact, HUNDRED, plain, rounded, times } from "./decimals.js";

export function explain(part, item, readings) {
  return { label: part.label || "", ...sentence(part, item, readings) };
}

function sentence(part, item, readings) {
  const reading = readings.get(part.code || "");
  const { question } = part;
  if (reading.why) {
    return reading.why;
  }
  if (reading.state === "empty") {
    return said("未作答。");
  }
  const compared = question.kind === "number" && (question.at_least_part || question.equals_part);
  return compared ? comparison(part, item, reading, readings.get(compared)) : given(question, reading);
}

function given(question, reading) {
  switch (question.kind) {
    case "yes_no": return said(reading.chosen[0] === "yes" ? "回答“是”。" : "回答“否”。");
    case "one_of": return said("选择“%(label)s”。", { label: labels(question, reading.chosen) });
    case "some_of": return some(question, reading);
    case "date": return day(question, reading);
    case "text": return said("填写：%(text)s", { text: reading.shown });
    case "rate": return ruled(reading, `${reading.shown}（${percent(reading.measure)}）`, null);
    default: return ruled(reading, `${reading.shown} ${question.unit || ""}`.trim(), ` ${question.unit || ""}`.trimEnd());
  }
}

function ruled({ rule }, value, unit) {
  if (!rule) {
    return said("记录为 %(value)s。", { value });
  }
  const [low, high] = [rule.at_least, rule.at_most].map((each) => bound(each, unit, rule));
  if (low && high) {
    return said("%(value)s，要求在 %(low)s 至 %(high)s 之间。", { value, low, high });
  }
  return low
    ? said("%(value)s，要求不低于 %(bound)s。", { value, bound: low })
    : said("%(value)s，要求不超过 %(bound)s。", { value, bound: high });
}

function day(question, reading) {
  const limit = reading.rule && reading.rule.at_most;
  if (!reading.measure) {
    return said("从未进行，或没有。");
  }
  const facts = { day: reading.shown, age: plain(reading.measure), bound: limit };
  if (limit === undefined || limit === null) {
    return said("记录为 %(day)s。", { day: reading.shown });
  }
  return question.unit === "days"
    ? said("%(day)s，距检查日 %(age)s 天，要求不超过 %(bound)s 天。", facts)
    : said("%(day)s，距检查日 %(age)s 个月，要求不超过 %(bound)s 个月。", facts);
}

function some(question, reading) {
  const missing = question.options.filter((option) => !reading.chosen.includes(option.code)).map((option) => option.label);
  const least = reading.rule && reading.rule.at_least;
  const facts = { count: reading.shown, all: question.options.length, missing: missing.join("、"), bound: least };
  if (!missing.length) {
    return said("%(all)s 项齐全。", facts);
  }
  return least === undefined || least === null
    ? said("%(all)s 项中有 %(count)s 项，没有：%(missing)s。", facts)
    : said("%(all)s 项中有 %(count)s 项，要求不少于 %(bound)s 项，没有：%(missing)s。", facts);
}

function comparison({ question }, item, reading, other) {
  if (!other.measure) {
    return said("没有可比较的数值。");
  }
  const code = question.at_least_part || question.equals_part;
  const name = item.parts.find((each) => (each.code || "") === code).label || "";
  const facts = { value: reading.shown, name, other: other.shown, unit: question.unit || "" };
  return question.at_least_part
    ? said("%(value)s %(unit)s，应不低于“%(name)s”的 %(other)s %(unit)s。", facts)
    : said("%(value)s %(unit)s，应等于“%(name)s”的 %(other)s %(unit)s。", facts);
}

function labels(question, chosen) {
  return question.options.filter((option) => chosen.includes(option.code)).map((option) => option.label).join("、");
}

function bound(limit, unit, rule) {
  if (limit === undefined) {
    return "";
  }
  const text = unit === null ? percent(exact(limit)) : limit + unit;
  return rule.label ? `${text}（${rule.label}）` : text;
}

function percent(share) {
  return `${plain(rounded(times(share, HUNDRED), 2))}%`;
}

function said(message, params = {}) {
  return { message, params };
}
