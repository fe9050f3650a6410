"""Sheets in memory as if they had been read from a file, and a list that holds everything a list can hold."""

from collections.abc import Sequence
from decimal import Decimal

from inspect_app.checklists.definition import (
    Checklist,
    Citation,
    Deadline,
    DeadlineKind,
    Evidence,
    FirstMeasure,
    Item,
    Part,
    Relevance,
    Section,
    Severity,
)
from inspect_app.checklists.questions import (
    DateUnit,
    Day,
    Number,
    OneOf,
    Option,
    Question,
    Rate,
    Rule,
    SomeOf,
    Text,
    YesNo,
)
from inspect_app.workbooks.model import Cell, Sheet
from inspect_app.workbooks.sheets import FormSheet

AB = (Option("a", "甲=一；二"), Option("b", "乙"))


def a_sheet(name: str, rows: Sequence[Sequence[object]]) -> Sheet:
    """Return rows of values as a reader hands them over: numbers are floats, nothing is an empty text."""
    width = max(map(len, rows), default=0)
    columns: tuple[list[Cell], ...] = tuple(
        [_cell(row[at] if at < len(row) else None) for row in rows] for at in range(width)
    )
    return Sheet(name, columns, len(rows))


def _cell(value: object) -> Cell:
    if isinstance(value, Decimal | int):
        return float(value)
    return "" if value is None else str(value)


def as_sheets(forms: Sequence[FormSheet]) -> dict[str, Sheet]:
    """Return forms as they come back when nobody touched them."""
    return {form.name: a_sheet(form.name, [[each.heading for each in form.columns], *form.rows]) for form in forms}


def an_item(number: int, *parts: Part | Question, weight: Decimal | int = 10, **over: object) -> Item:
    """Make an item of the list C99."""
    made = tuple(part if isinstance(part, Part) else Part(part) for part in parts)
    values = {
        "code": f"C99-{number:02}",
        "text": f"问题 {number}？",
        "guidance": "看一看。",
        "parts": made,
        "severity": Severity.GENERAL,
        "veto": False,
        "weight": Decimal(weight),
        "deadline": Deadline(DeadlineKind.DAYS, 30),
    }
    return Item(**{**values, **over})  # type: ignore[arg-type] # fields of any kind


def every_kind() -> Checklist:
    """Return a list that uses every field of the definition."""
    bounds = Rule(at_least=Decimal("0.95"), zero_at=Decimal("0.6"))
    spoken = Rule("x", "口径甲", at_least=Decimal(9), at_most=Decimal(12))
    kinds = (
        an_item(1, Part(YesNo("yes"), na_allowed=True), severity=Severity.MAJOR, veto=True, locked=True),
        an_item(
            2,
            Number(
                "次", 1, Decimal(50), (spoken, Rule("y", "乙", at_most=Decimal(3), partial=False)), minimum=Decimal(-5)
            ),
        ),
        an_item(
            3, Rate("甲", "乙", may_exceed=True, decimals=2, rules=(bounds,)), evidence=(Evidence.PHOTO, Evidence.LOG)
        ),
        an_item(4, Day(DateUnit.DAYS, (Rule(at_most=Decimal(90), partial=False),))),
        an_item(5, OneOf(AB, ("a",)), deadline=Deadline(DeadlineKind.IMMEDIATE, first=FirstMeasure.STOP_USE)),
    )
    hanging = (
        an_item(6, SomeOf(AB, (Rule(at_least=Decimal(2)),)), relevant=(Relevance("C99-01", any_of=("yes", "na")),)),
        an_item(7, Text(80), weight=0, required=False, relevant=(Relevance("C99-05", any_of=("a", "b")),)),
        an_item(
            8,
            Part(YesNo("no"), "gate", "有没有", Decimal("0.4"), gate=True, veto=True),
            Part(Number("人"), "all", "总数", Decimal(0)),
            Part(Number("人", at_least_part="all"), "here", "到场", Decimal("0.6")),
            citations=(Citation("REG-744", "第二十一条"), Citation("LAW-FZJZ")),
            deadline=Deadline(DeadlineKind.PLAN, 365),
        ),
        an_item(
            9,
            Part(Number("人"), "all", "总数", Decimal(0)),
            Part(Number("人", equals_part="all"), "here", "到场", Decimal(1)),
            weight=30,
            relevant=(
                Relevance("C99-08", "all", (), Decimal(3), Decimal("5.5")),
                Relevance("C99-04", any_of=("never",), at_least=Decimal(30)),
            ),
            deadline=Deadline(DeadlineKind.NONE),
        ),
    )  # fmt: skip
    sections = (Section("one", "第一节", kinds), Section("two", "第二节", hanging))
    return Checklist("C99", 3, "样表", "甲", "乙", Decimal("72.5"), sections, ("C03", "C07a"))
