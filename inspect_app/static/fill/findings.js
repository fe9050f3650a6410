// What the answers of a trial would become in a real visit.

export function drawFindings(list, findings, texts) {
  if (!findings) {
    return;
  }
  const lines = findings.length ? findings.map((each) => line(each, texts)) : [element("li", texts.nothingYet, "muted")];
  list.replaceChildren(...lines);
}

function line(finding, texts) {
  const made = element("li", `${finding.kind} · ${finding.item} ${finding.text}`);
  made.append(element("small", finding.requirement || texts.advice));
  if (finding.due) {
    made.append(element("small", `${texts.due} ${finding.due}`));
  }
  return made;
}

function element(name, text, className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}
