"""The assessment of this year in the sample: under way, four counties have sent their self-report."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments.course import counting, opening, queries, reporting, steps
from inspect_app.assessments.course.gathering import gather_for
from inspect_app.assessments.course.items import Item, Kind, items_of
from inspect_app.assessments.models import AssessmentLine, CountySheet
from inspect_app.assessments.queries import DEFAULT_SCHEME, scheme_of
from inspect_app.assessments.rules import CappedCount, Deduct
from inspect_app.core import clock
from inspect_app.demo.cast import COUNTIES, PREFECTURE, Temper
from inspect_app.demo.stage import Stage
from inspect_app.regions.queries import by_code, counties_of

OPENED, LEFT = 12, 6
SENT = ("654201", "654203", "654221", "654225")
NOTE = "资料已归档，见所附材料"


def stage_assessment(stage: Stage) -> None:
    """Let the assessor open this year's assessment a dozen days ago, and the counties report after it."""
    first = stage.today - timedelta(days=OPENED)
    stage.then(stage.at(first, 0.2), partial(_open, stage))
    for number, temper in enumerate(COUNTIES):
        stage.then(stage.at(first + timedelta(days=2 + number), 0.5), partial(_report, stage, temper))


def _open(stage: Stage) -> None:
    session, year = stage.session, str(clock.today().year)
    region, scheme = by_code(session, PREFECTURE), scheme_of(DEFAULT_SCHEME)
    last = stage.today + timedelta(days=LEFT)
    days = opening.Dates(last, last + timedelta(days=20), last + timedelta(days=40))
    gathered = gather_for(session, scheme, year, counties_of(session, region.id))
    made = opening.open_assessment(session, stage.actor("assessor"), region, scheme, year, days, gathered)
    steps.take_step(session, stage.actor("assessor"), made, "begin")


def _report(stage: Stage, temper: Temper) -> None:
    """Fill in what people owe; a diligent county sends it, the others leave half of it for today."""
    sheet = _sheet(stage, temper)
    if sheet is None:
        return
    items = [item for item in items_of(counting.scheme_of(sheet.assessment)) if item.kind is Kind.INDICATOR]
    owed = [item for item in items if item.manual and _line(sheet, item).standing == "pending"]
    done = owed if temper.code in SENT else owed[: len(owed) // 2]
    for item in done:
        _say(stage, temper, _line(sheet, item), _figures(item, Decimal(str(temper.coverage))), NOTE)
    if temper.code in SENT:
        actor = stage.actor(_clerk(temper))
        reporting.send(stage.session, actor, sheet, sheet.assessment.version)


def _figures(item: Item, share: Decimal) -> dict[str, str]:
    """Return figures for an item that suit how a county works."""
    if isinstance(item.rule, Deduct):
        return {
            name: "0" if share > Decimal("0.7") or place else "1" for place, (name, _label) in enumerate(item.asked)
        }
    if len(item.asked) > 1:
        return {"numerator": str(round(12 * share)), "denominator": "12"}
    most = (
        item.rule.target if isinstance(item.rule, CappedCount) and isinstance(item.rule.target, Decimal) else Decimal(1)
    )
    return {"numerator": str(round(most * share))}


def _say(stage: Stage, temper: Temper, line: AssessmentLine, texts: dict[str, str], note: str) -> None:
    reporting.report(stage.session, stage.actor(_clerk(temper)), line, texts, note, line.version)


def _sheet(stage: Stage, temper: Temper) -> CountySheet | None:
    found = queries.assessments(stage.session, SYSTEM)
    return queries.sheet_of(stage.session, SYSTEM, found[0], temper.code) if found else None


def _line(sheet: CountySheet, item: Item) -> AssessmentLine:
    return queries.line_of(sheet, item.code)


def _clerk(temper: Temper) -> str:
    return "clerk" if temper.code == "654202" else f"clerk-{temper.code}"
