"""Reads `reports/returns.toml`, naming every mistake at once."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.registers.loading import registers
from inspect_app.returns.expecting.rules import Every, Owed

FILE = Path(__file__).parents[3] / "reports" / "returns.toml"
HAZARDS, REGISTER = "hazards", "register:"
LAST_DAY = 28


@cache
def owed() -> tuple[Owed, ...]:
    """Return what counties owe, in the order of the file; raises DefinitionProblems."""
    problems = Problems()
    read = read_definition(FILE, problems)
    problems.refuse()
    return read


def owed_of(subject: str) -> Owed | None:
    """Find what is owed of a subject, if anything is."""
    return next((each for each in owed() if each.subject == subject), None)


def check_definitions(problems: Problems) -> list[str]:
    """Read the file for `flask definitions check`; returns the codes of what is owed."""
    return [each.code for each in read_definition(FILE, problems)]


def read_definition(path: Path, problems: Problems) -> tuple[Owed, ...]:
    """Read one file, adding its mistakes to `problems`."""
    table = read_file(path, problems) or Table({}, Problems(), path.name)
    table.text("code"), table.integer("version"), table.text("name")
    found = tuple(_owed(each) for each in table.tables("owed"))
    for what in ("code", "subject"):
        for value, number in Counter(getattr(each, what) for each in found).items():
            if number > 1:
                table.note(f"{what} {value} 重复了")
    table.finish()
    return found


def _owed(table: Table) -> Owed:
    since = table.day_or_none("since")
    if since is None:
        table.note("缺少字段 since")
    read = Owed(
        code=table.text("code"),
        subject=table.text("subject"),
        name=table.text("name"),
        every=table.choice("every", Every),
        due_day=_day(table),
        since=since or date.min,
        places={each.text("region"): _day_of_place(each) for each in table.tables("places")},
    )
    known = {HAZARDS, *(f"{REGISTER}{code}" for code in registers())}
    if read.subject not in known:
        table.note(f"subject 应为 {HAZARDS}，或 {REGISTER} 加台账代码，实际是 {read.subject}")
    table.finish()
    return read


def _day_of_place(table: Table) -> int:
    day = _day(table)
    table.finish()
    return day


def _day(table: Table) -> int:
    day = table.integer("due_day")
    if not 1 <= day <= LAST_DAY:
        table.note(f"due_day 应在 1 到 {LAST_DAY} 之间")
    return day
