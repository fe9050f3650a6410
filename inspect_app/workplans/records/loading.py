"""Reads `checklists/fulfilment.toml`, naming every mistake at once."""

from collections import Counter
from collections.abc import Collection
from functools import cache
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.hazards.facts import FACTS as HAZARDS
from inspect_app.registers.loading import fact_names
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.library.words import Topic
from inspect_app.workplans.records.definition import Fulfilment, Record

FILE = Path(__file__).parents[3] / "checklists" / "fulfilment.toml"
REGISTERS, VISITS, OF_HAZARDS = "registers", "visits", "hazards"
VISITED = ("special_inspections", "coverage", "self_checks")


@cache
def fulfilment() -> Fulfilment:
    """Return what this installation ships with; raises DefinitionProblems."""
    problems = Problems()
    read = read_fulfilment(FILE, problems)
    problems.refuse()
    return read


def check_definitions(problems: Problems) -> list[str]:
    """Read the file, adding mistakes to `problems`; returns the codes of the records."""
    return [each.code for each in read_fulfilment(FILE, problems).records]


def read_fulfilment(path: Path, problems: Problems) -> Fulfilment:
    """Read one file against the facts and obligations that there are."""
    table = read_file(path, problems) or Table({}, Problems(), path.name)
    table.text("code"), table.integer("version")
    known = library().obligations
    read = Fulfilment(
        records=tuple(_record(each, known) for each in table.tables("records")),
        reporting_dates=dict(_reporting_date(each, known) for each in table.tables("reporting_dates")),
        monthly_reports=table.texts("monthly_reports"),
    )
    table.finish()
    for code in read.monthly_reports:
        _check_known(table, code, known)
    _check_unique(table, [each.code for each in read.records])
    _check_unique(table, [code for each in read.records for code in each.obligations])
    return read


def _record(table: Table, known: Collection[str]) -> Record:
    origin, _dot, fact = table.text("fact").partition(".")
    read = Record(
        code=table.text("code"),
        title=table.text("title"),
        origin=origin,
        fact=fact,
        each=table.integer_or_none("each"),
        topics=table.choices("topics", Topic),
        obligations=table.texts("obligations"),
    )
    table.finish()
    if fact not in _facts(origin):
        table.note(f"没有指标 {origin}.{fact}")
    for code in read.obligations:
        _check_known(table, code, known)
    return read


def _facts(origin: str) -> Collection[str]:
    if origin == REGISTERS:
        return fact_names()
    return {VISITS: VISITED, OF_HAZARDS: tuple(HAZARDS)}.get(origin, ())


def _reporting_date(table: Table, known: Collection[str]) -> tuple[str, int]:
    code, number = table.text("obligation"), table.integer("number")
    table.finish()
    _check_known(table, code, known)
    return code, number


def _check_known(table: Table, code: str, known: Collection[str]) -> None:
    if code not in known:
        table.note(f"义务库中没有 {code}")


def _check_unique(table: Table, codes: Collection[str]) -> None:
    for code, times in Counter(codes).items():
        if times > 1:
            table.note(f"{code} 出现了 {times} 次")
