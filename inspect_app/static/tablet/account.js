// The record of a visit in words: who was where, what was found and what it leads to, for the inspected person to read
// before signing. It is made of the answers as they stand on this tablet, without a network.

import { shown } from "../fill/decimals.js";
import { judgeVisit } from "../fill/tally.js";

// `visit` as the pack has it, `contents` by item code with value, note and measure, `photos` how many pieces hang on an
// item. Returns what the record says, in the order of the lists.
export function accountOf(pack, visit, contents, photos, today) {
  const lists = visit.lists.map((name) => pack.lists[name]);
  const answers = Object.fromEntries([...contents].map(([item, content]) => [item, content.value]));
  const judged = judgeVisit(lists.map((list) => list.definition), answers, () => [], today, pack.phrases);
  const standing = new Map(judged.items.map((each) => [each.item, each]));
  const told = lists.flatMap((list) => list.definition.items.map((item) => {
    const { note = "", immediate_measure: measure = "" } = contents.get(item.code) || {};
    const proofs = photos(item.code);
    return { ...standing.get(item.code), text: item.text, note, measure, photos: proofs, ...list.demands[item.code] };
  }));
  return {
    visit,
    today,
    sheets: judged.sheets.map((sheet, index) => ({ ...sheet, title: lists[index].title, version: lists[index].version })),
    found: told.filter((each) => each.result === "failed"),
    good: told.filter((each) => each.result === "passed"),
    leftOut: told.filter((each) => each.result === "not_applicable"),
    open: told.filter((each) => each.result === "unanswered"),
  };
}

// `texts` are the words of the record that the pack brings. Returns the elements of the record.
export function drawAccount(account, texts) {
  return [
    head(account, texts),
    element("p", texts.read, "muted"),
    title(`${texts.found}（${account.found.length}）`),
    account.found.length ? list("ol", account.found.map((each) => finding(each, texts)), "findings") : element("p", texts.nothing_found),
    ...group(texts.unfinished, account.open, texts, "late"),
    ...group(texts.good, account.good, texts),
    ...group(texts.left_out, account.leftOut, texts, "muted"),
  ];
}

function head({ visit, sheets, today }, texts) {
  const credential = (each) => (each.credential ? `（${texts.credential} ${each.credential}）` : "");
  return facts([
    [texts.site, visit.site.name],
    [texts.address, visit.site.address],
    [texts.reference, visit.reference],
    [texts.kind, visit.kind_label],
    [texts.on, today],
    [texts.team, visit.team.map((each) => each.name + credential(each)).join("、")],
    ...sheets.map((sheet) => [`${texts.lists} ${sheet.code}`, outcome(sheet, texts)]),
  ]);
}

function outcome(sheet, texts) {
  const points = `${texts.score} ${sheet.score ? shown(sheet.score, 1) : "—"}`;
  const veto = sheet.veto ? `，▲ ${texts.vetoed}（${sheet.vetoedBy.join("、")}）` : "";
  return `${sheet.title}：${points}，${texts[sheet.conclusion]}${veto}`;
}

function finding(each, texts) {
  const serious = each.consequence === "major" || each.veto;
  const nature = `${serious ? "▲" : "◑"} ${texts[each.consequence]}${each.veto ? `，${texts.vetoed}` : ""}`;
  const demanded = each.consequence === "advice" ? "" : each.demand;
  return [
    element("b", `${each.item} ${each.text}`),
    facts([
      [texts.facts, each.why.join("")],
      [texts.note, each.note],
      [texts.nature, nature],
      [texts.demand, demanded],
      [texts.basis, each.basis],
      [texts.measure, each.measure],
      [texts.photos, each.photos ? texts.pieces.replace("%(n)s", each.photos) : ""],
    ]),
  ];
}

function group(name, items, texts, tone = "") {
  if (!items.length) {
    return [];
  }
  const lines = items.map((each) => [
    `${each.item} ${each.text}`,
    element("small", [each.why.join(""), each.note && `${texts.note}：${each.note}`].filter(Boolean).join(" ")),
  ]);
  return [title(`${name}（${items.length}）`, tone), list("ul", lines, "told")];
}

function facts(pairs) {
  const made = element("dl", "", "record-facts");
  for (const [label, text] of pairs.filter((pair) => pair[1])) {
    made.append(element("dt", label), element("dd", text));
  }
  return made;
}

function list(name, lines, className) {
  const made = element(name, "", className);
  for (const line of lines) {
    const entry = document.createElement("li");
    entry.append(...line);
    made.append(entry);
  }
  return made;
}

function title(text, className = "") {
  return element("h3", text, className);
}

function element(name, textContent, className = "") {
  return Object.assign(document.createElement(name), { textContent, className });
}
