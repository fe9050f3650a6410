"""What the fill page is told as JSON: answers with their versions, where each item stands, totals."""

from collections.abc import Iterable, Mapping
from typing import Any

from inspect_app.checklists.definition import SEVERITY_LABELS, Checklist, Item, Severity
from inspect_app.checklists.explaining import Reason
from inspect_app.checklists.relevance import describe
from inspect_app.core import clock
from inspect_app.core.frozen import freeze
from inspect_app.core.labels import mark, say
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.inspections.tally import ItemTally, Tally
from inspect_app.inspections.trial import Kept, findings
from inspect_app.web.language import said
from inspect_app.web.pages import points

_JUDGED = ("code", "text", "parts", "severity", "veto", "weight", "evidence", "relevant", "required")


def answer_json(answer: Answer, inspection: Inspection) -> dict[str, Any]:
    """Return an answer as stored, with who gave it and when (local time of the server's clock)."""
    names = {each.user_id: each.user.name for each in inspection.inspectors}
    return {
        "item": answer.item_code,
        "value": answer.value,
        "note": answer.note,
        "immediate_measure": answer.immediate_measure,
        "version": answer.version,
        "by": names.get(answer.answered_by_id or 0, ""),
        "at": f"{clock.local(answer.answered_at):%H:%M}",
    }


def item_json(tallied: ItemTally) -> dict[str, Any]:
    """Return where an item stands and what its failure leads to, in the language of the page."""
    consequence = tallied.consequence
    return {
        "item": tallied.item.code,
        "result": tallied.result.value,
        "open": tallied.open,
        "given": tallied.given,
        "problems": [said(each) for each in tallied.problems],
        "veto": tallied.veto,
        "consequence": consequence.value if consequence else None,
        "consequence_label": _consequence(consequence),
        "why": [reason_text(each) for each in tallied.why],
        "skipped": said(tallied.skipped) if tallied.skipped else "",
    }


def totals_json(tallied: Tally) -> dict[str, Any]:
    """Return the figures at the foot of the page; a score is text rounded for display, or null.

    `items` counts what is to be answered, `skipped` names what earlier answers leave out.
    """
    return {
        "items": tallied.asked,
        "skipped": [each.item.code for each in tallied.items if each.skipped],
        "answered": tallied.answered,
        "open": [each.item.code for each in tallied.open_items],
        "vetoes": tallied.vetoes,
        "major": tallied.leading_to(Severity.MAJOR),
        "general": tallied.leading_to(Severity.GENERAL),
        "advice": tallied.leading_to(Severity.ADVICE),
        "sheets": [
            {"code": sheet.checklist.code, "score": _score(sheet.score.score), "veto": sheet.score.veto}
            for sheet in tallied.sheets
        ],
    }


def change_json(tallied: Tally, code: str) -> dict[str, Any]:
    """Return where an item stands after it changed, beside every item that hangs on earlier answers."""
    hanging = [item_json(each) for each in tallied.items if each.item.relevant]
    return {"item": item_json(tallied.item(code)), "items": hanging, "totals": totals_json(tallied)}


def definition_json(checklist: Checklist) -> dict[str, Any]:
    """Return what the page needs of a list to judge it alone (`static/fill/tally.js`), reasons in its language."""
    items = {item.code: item for item in checklist.items}
    return {
        "code": checklist.code,
        "version": checklist.version,
        "title": checklist.title,
        "pass_mark": freeze(checklist.pass_mark),
        "items": [_item(item, items) for item in checklist.items],
    }


def _item(item: Item, items: Mapping[str, Item]) -> dict[str, Any]:
    frozen = freeze(item)
    told = {name: frozen[name] for name in _JUDGED if name in frozen}
    return {**told, "reasons": [said(describe(each, items)) for each in item.relevant]}


def file_json(file: Evidence) -> dict[str, Any]:
    """Return a stored file, its size and hash as the server counted them."""
    return {
        "uuid": file.uuid,
        "item": file.item,
        "paper": file.purpose is Purpose.PROOF,
        "picture": bool(file.width),
        "name": file.original_name,
        "size": file.size,
        "sha256": file.sha256,
    }


def whole_json(
    inspection: Inspection, answers: Iterable[Answer], files: Iterable[Evidence], tallied: Tally
) -> dict[str, Any]:
    """Return everything that the page shows of a visit; files of an item that left its list are not among it."""
    codes = {each.item.code for each in tallied.items}
    return {
        "reference": inspection.reference,
        "state": inspection.state,
        "version": inspection.version,
        "answers": [answer_json(each, inspection) for each in answers if each.item_code in codes],
        "files": [file_json(each) for each in files if each.item in codes],
        "items": [item_json(each) for each in tallied.items],
        "totals": totals_json(tallied),
    }


def reason_text(reason: Reason) -> str:
    """Return why an item came out as it did, with the label of the part it is about."""
    text = said(reason.sentence)
    return f"{said(reason.label)}：{text}" if reason.label else text


def trial_json(answers: Mapping[str, Kept], tallied: Tally) -> dict[str, Any]:
    """Return everything that the page shows of a trial."""
    return {
        "answers": [kept_json(code, kept) for code, kept in answers.items()],
        "files": [],
        "items": [item_json(each) for each in tallied.items],
        "totals": totals_json(tallied),
        "findings": findings_json(tallied),
    }


def kept_json(code: str, kept: Kept) -> dict[str, Any]:
    """Return an answer of a trial in the shape of `answer_json`."""
    return {"item": code, "by": "", **kept}


def findings_json(tallied: Tally) -> list[dict[str, str]]:
    """Return what the failed items of a trial would become."""
    return [
        {
            "item": each.item.code,
            "text": each.item.text,
            "kind": said(each.kind),
            "due": each.due_on.isoformat() if each.due_on else "",
            "requirement": each.requirement,
        }
        for each in findings(tallied, clock.today())
    ]


def _consequence(severity: Severity | None) -> str:
    if severity is None:
        return ""
    if severity is Severity.ADVICE:
        return said(mark("将生成 1 项改进提示"))
    return said(say(mark("将生成 1 项%(kind)s"), kind=SEVERITY_LABELS[severity]))


def _score(value: Any) -> str | None:  # noqa: ANN401 - Decimal or None
    return None if value is None else points(value, 1)
