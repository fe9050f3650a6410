"""What the fill page is told as JSON: answers with their versions, where each item stands, totals."""

from collections.abc import Iterable
from typing import Any

from inspect_app.checklists.definition import SEVERITY_LABELS, Severity
from inspect_app.checklists.explaining import Reason
from inspect_app.core import clock
from inspect_app.core.labels import mark, say
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.inspections.tally import ItemTally, Tally
from inspect_app.web.language import said
from inspect_app.web.pages import points


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
        "problems": [said(each) for each in tallied.problems],
        "veto": tallied.veto,
        "consequence": consequence.value if consequence else None,
        "consequence_label": _consequence(consequence),
        "why": [reason_text(each) for each in tallied.why],
    }


def totals_json(tallied: Tally) -> dict[str, Any]:
    """Return the figures at the foot of the page; a score is text rounded for display, or null."""
    return {
        "items": len(tallied.items),
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
    """Return everything that the page shows of a visit."""
    return {
        "reference": inspection.reference,
        "state": inspection.state,
        "version": inspection.version,
        "answers": [answer_json(each, inspection) for each in answers],
        "files": [file_json(each) for each in files],
        "items": [item_json(each) for each in tallied.items],
        "totals": totals_json(tallied),
    }


def reason_text(reason: Reason) -> str:
    """Return why an item came out as it did, with the label of the part it is about."""
    text = said(reason.sentence)
    return f"{said(reason.label)}：{text}" if reason.label else text


def _consequence(severity: Severity | None) -> str:
    if severity is None:
        return ""
    if severity is Severity.ADVICE:
        return said(mark("将生成 1 项改进提示"))
    return said(say(mark("将生成 1 项%(kind)s"), kind=SEVERITY_LABELS[severity]))


def _score(value: Any) -> str | None:  # noqa: ANN401 - Decimal or None
    return None if value is None else points(value, 1)
