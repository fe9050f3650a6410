// Where a visit stands while it is filled, told in the very shapes in which the server tells it (inspections/presenting).

import { partAnswer, read } from "./reading.js";
import { shown } from "./decimals.js";
import { score } from "./scoring.js";

const PAPERS = ["attachment", "receipt", "document_number", "log"];
const EVIDENCE = { attachment: "附件", receipt: "备案回执", document_number: "文号", photo: "现场照片", log: "运行记录" };
const CONSEQUENCES = { major: "重大隐患", general: "一般隐患" };

// `answers` are the values by item code, `attached(code)` the kinds of proof that hang on an item, `on` the day as
// 2026-06-15, `phrases` the sentences in the language of the page. Returns {items, totals, sheets}; `sheets` holds what
// scoring.js says of each list.
export function judgeVisit(lists, answers, attached, on, phrases = {}) {
  const say = speaker(phrases);
  const sheets = lists.map((list) => score(list, answers, on));
  const lines = sheets.flatMap((sheet) => sheet.lines);
  const items = lines.map((line) => itemTold(line, answers[line.item.code] || {}, attached, on, say));
  return { items, totals: totalsTold(sheets, lines, items), sheets };
}

// Fills a Chinese template in the language of the page.
export function speaker(phrases) {
  return ({ message, params = {} }) => {
    const template = phrases[message] || message;
    return template.replace(/%\((\w+)\)s/g, (whole, name) => (name in params ? spoken(params[name]) : whole));
  };
}

export function reason(each, say) {
  return each.label ? `${each.label}：${say(each)}` : say(each);
}

function itemTold(line, answer, attached, on, say) {
  const { item, result } = line;
  const skipped = line.skipped < 0 ? "" : item.reasons[line.skipped];
  const problems = skipped ? [] : problemsOf(line, answer, attached(item.code), on, say);
  const consequence = result === "failed" ? item.severity : null;
  return {
    item: item.code,
    result,
    open: result === "unanswered" || problems.length > 0,
    given: Object.keys(answer).length > 0,
    problems,
    veto: line.veto,
    consequence,
    consequence_label: consequenceLabel(consequence, say),
    why: line.why.map((each) => reason(each, say)),
    skipped,
  };
}

function problemsOf(line, answer, attached, on, say) {
  const wrong = line.item.parts.flatMap((part) => {
    const { state, why } = read(part, partAnswer(line.item, part, answer), on);
    return state === "wrong" ? [reason({ label: part.label || "", ...why }, say)] : [];
  });
  const evidence = (each) => say({ message: EVIDENCE[each] });
  return [...wrong, ...lacking(line, answer, attached).map((each) => say({ message: "缺少%(evidence)s。", params: { evidence: evidence(each) } }))];
}

// A photo shows the state found, good or bad. Papers prove a good answer only.
function lacking({ item, result, credit }, answer, attached) {
  if (credit === null) {
    return [];
  }
  const held = String(answer.document_number || "").trim() ? [...attached, "document_number"] : attached;
  const wanted = (item.evidence || []).filter((each) => result === "passed" || !PAPERS.includes(each));
  return wanted.filter((each) => !held.includes(each));
}

function totalsTold(sheets, lines, items) {
  const asked = items.filter((each, index) => !each.skipped && (lines[index].item.required !== false || each.given));
  const leadingTo = (severity) => items.filter((each) => each.consequence === severity).length;
  return {
    items: asked.length,
    skipped: items.filter((each) => each.skipped).map((each) => each.item),
    answered: asked.filter((each) => each.result !== "unanswered").length,
    open: items.filter((each) => each.open).map((each) => each.item),
    vetoes: sheets.reduce((found, sheet) => found + sheet.vetoedBy.length, 0),
    major: leadingTo("major"),
    general: leadingTo("general"),
    advice: leadingTo("advice"),
    sheets: sheets.map((sheet) => ({ code: sheet.code, score: sheet.score && shown(sheet.score, 1), veto: sheet.veto })),
  };
}

function consequenceLabel(consequence, say) {
  if (!consequence) {
    return "";
  }
  if (consequence === "advice") {
    return say({ message: "将生成 1 项改进提示" });
  }
  return say({ message: "将生成 1 项%(kind)s", params: { kind: say({ message: CONSEQUENCES[consequence] }) } });
}

function spoken(value) {
  return Array.isArray(value) ? `[${value.map((each) => `'${each}'`).join(", ")}]` : String(value);
}
