"""The office's limits, read from `checklists/hazard_rules.toml`."""

from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.hazards.deadlines import Deadline, Firm, Kinds
from inspect_app.hazards.rules import Limits
from inspect_app.hazards.words import Grade, MeasureType

FILE = Path(__file__).parents[2] / "checklists" / "hazard_rules.toml"
NUMBERS = tuple(field.name for field in fields(Limits) if field.type in ("int", int))
COUNTED = ("natural", "working")


def read_limits(file: Path, problems: Problems) -> Limits:
    """Read the limits, adding mistakes to `problems`; a limit that is left out keeps its default."""
    table = read_file(file, problems)
    return _limits(table) if table else Limits()


@cache
def load_limits() -> Limits:
    """Read the limits once; all mistakes are raised together as DefinitionProblems."""
    problems = Problems()
    limits = read_limits(FILE, problems)
    problems.refuse()
    return limits


def _limits(table: Table) -> Limits:
    given: dict[str, Any] = {name: value for name in NUMBERS if (value := table.integer_or_none(name)) is not None}
    for name, value in given.items():
        if value < 0:
            table.note(f"{name} 不能小于 0")
    if "empty_measures" in table:
        given["empty_measures"] = table.texts("empty_measures")
    given["recheckers_of_other_unit"] = table.flag("recheckers_of_other_unit", default=True)
    given["deadlines"] = tuple(_deadline(row) for row in table.tables("deadlines"))
    given["never_extended"] = tuple(_firm(row) for row in table.tables("never_extended"))
    table.finish()
    return Limits(**given)


def _deadline(row: Table) -> Deadline:
    days, counted = row.integer("days"), row.text_or_none("counted") or COUNTED[0]
    if days < 1:
        row.note("days 须大于 0")
    if counted not in COUNTED:
        row.note(f"counted 应为 {' 或 '.join(COUNTED)}")
    made = Deadline(_kinds(row), days, counted == COUNTED[1], row.integer_or_none("longest"))
    row.finish()
    return made


def _firm(row: Table) -> Firm:
    made = Firm(_kinds(row), row.text("reason"))
    if made.kinds == Kinds():
        row.note("没有写明哪些隐患：至少写一项 grades、categories、native_grades、item_codes 或 measures")
    row.finish()
    return made


def _kinds(row: Table) -> Kinds:
    return Kinds(
        grades=frozenset(row.choices("grades", Grade)),
        categories=frozenset(row.texts("categories")),
        native_grades=frozenset(row.texts("native_grades")),
        item_codes=frozenset(row.texts("item_codes")),
        measures=frozenset(row.choices("measures", MeasureType)),
    )
