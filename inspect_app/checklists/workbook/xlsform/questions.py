"""A row of a survey as a question of a checklist, with its constraint."""

from decimal import Decimal, InvalidOperation

from inspect_app.checklists.questions import DateUnit, Day, Number, OneOf, Option, Question, SomeOf, Text, YesNo
from inspect_app.checklists.workbook.xlsform.bounds import bounded, only_past
from inspect_app.checklists.workbook.xlsform.choices import Choices
from inspect_app.checklists.workbook.xlsform.expressions import UnsupportedError, parse
from inspect_app.checklists.workbook.xlsform.kinds import Kind, Meaning
from inspect_app.checklists.workbook.xlsform.report import Report
from inspect_app.checklists.workbook.xlsform.tables import FormRow
from inspect_app.core.labels import mark

PLACES = 2
OTHER = "other"
OTHER_LABEL = "其他"
STEPS = ("start", "end", "step")


def question_of(  # noqa: PLR0911 - one for each kind of question
    row: FormRow, meaning: Meaning, choices: Choices, report: Report
) -> Question:
    """Return the question of a row that asks something."""
    match meaning.kind:
        case Kind.INTEGER | Kind.DECIMAL:
            places = PLACES if meaning.kind is Kind.DECIMAL else 0
            return _constrained(Number(unit="", decimals=places), row, report)
        case Kind.RANGE:
            return _constrained(_range(row, report), row, report)
        case Kind.ONE if choices.yes_no and not meaning.other:
            return YesNo("no")
        case Kind.ONE:
            return OneOf(_options(choices, meaning))
        case Kind.SOME:
            return SomeOf(_options(choices, meaning))
        case Kind.DATE:
            return Day(DateUnit.MONTHS)
    return Text()


def _options(choices: Choices, meaning: Meaning) -> tuple[Option, ...]:
    if not meaning.other or OTHER in choices.labels:
        return choices.options
    return (*choices.options, Option(OTHER, OTHER_LABEL))


def _constrained(question: Number, row: FormRow, report: Report) -> Number:
    if not row.get("constraint"):
        return question
    try:
        return bounded(question, parse(row.get("constraint")))
    except UnsupportedError as error:
        _refuse(row, error, report)
        return question


def check_constraint(row: FormRow, kind: Kind, report: Report) -> None:
    """Report a constraint of a question that is no number; that a date is not in the future holds anyway."""
    if not row.get("constraint") or kind in (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE):
        return
    try:
        past = kind is Kind.DATE and only_past(parse(row.get("constraint")))
    except UnsupportedError as error:
        _refuse(row, error, report)
    else:
        if not past:
            _refuse(row, UnsupportedError(mark("只有数值题能写上下限。")), report)


def _refuse(row: FormRow, error: UnsupportedError, report: Report) -> None:
    why = mark("约束“%(text)s”没有导入：%(why)s")
    report.not_carried.append(row.entry("constraint", why, text=row.get("constraint"), why=error.sentence))


def _range(row: FormRow, report: Report) -> Number:
    """Read `start=0 end=10 step=0.5`; XLSForm itself takes 0, 10 and 1 for what is not written."""
    given = dict(piece.partition("=")[::2] for piece in row.get("parameters").replace(",", " ").split())
    values = {"start": Decimal(0), "end": Decimal(10), "step": Decimal(1)}
    for name, text in given.items():
        try:
            values[name] = Decimal(text)
        except InvalidOperation:
            report.not_carried.append(
                row.entry("parameters", mark("“%(text)s”不是数字，没有导入。"), text=f"{name}={text}")
            )
        else:
            if name not in STEPS:
                report.not_carried.append(row.entry("parameters", mark("没有“%(name)s”这种设置。"), name=name))
    step = values["step"]
    places = max(0, -int(step.normalize().as_tuple().exponent)) if step.is_finite() else 0
    if step != Decimal(1).scaleb(-places):
        report.not_carried.append(
            row.entry("parameters", mark("步长 %(step)s 没有导入，只保留了小数位数。"), step=step)
        )
    return Number(unit="", decimals=places, minimum=values["start"], maximum=values["end"])
