"""The result of a visit as it is kept: lines, score and conclusion of each sheet, and how they are read back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from inspect_app.checklists.definition import Item
from inspect_app.checklists.explaining import Reason
from inspect_app.checklists.queries import content
from inspect_app.checklists.scoring import Line
from inspect_app.core.frozen import freeze
from inspect_app.core.labels import Sentence
from inspect_app.inspections.models import Inspection, Sheet
from inspect_app.inspections.tally import Tally

PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class ResultLine:
    """A kept line beside the item it is about, as it was asked."""

    item: Item
    result: str
    points: Decimal | None
    why: tuple[Reason, ...]
    veto: bool


def keep_results(inspection: Inspection, tallied: Tally) -> None:
    """Store lines, score and conclusion of each sheet; the conclusion is that of the day of submission."""
    for sheet, outcome in zip(inspection.sheets, tallied.sheets, strict=True):
        total = outcome.score.score
        sheet.score = None if total is None else total.quantize(PLACES, ROUND_HALF_UP)
        sheet.vetoed = outcome.score.veto
        sheet.conclusion = outcome.score.conclusion.value
        sheet.lines = [_line(line, veto=line.code in outcome.score.vetoed_by) for line in outcome.score.lines]


def lines_of(sheet: Sheet) -> Sequence[ResultLine]:
    """Return the kept lines of a submitted sheet, in the order of its list; empty before."""
    checklist = content(sheet.checklist_version)
    return [
        ResultLine(
            item=checklist.item(line["code"]),
            result=line["result"],
            points=None if line["points"] is None else Decimal(line["points"]),
            why=tuple(_reason(each) for each in line["why"]),
            veto=line["veto"],
        )
        for line in sheet.lines
    ]


def _line(line: Line, *, veto: bool) -> dict[str, object]:
    why = [{"label": each.label, "message": each.sentence.message, "params": _params(each)} for each in line.why]
    return {"code": line.code, "result": line.result.value, "points": freeze(line.points), "why": why, "veto": veto}


def _params(reason: Reason) -> dict[str, str]:
    return {name: str(value) for name, value in reason.sentence.params.items()}


def _reason(kept: dict[str, object]) -> Reason:
    params = kept["params"]
    return Reason(str(kept["label"]), Sentence(str(kept["message"]), params if isinstance(params, dict) else {}))
