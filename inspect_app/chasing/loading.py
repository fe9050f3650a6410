"""Reads `checklists/chasing.toml`, naming every mistake at once."""

from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

from inspect_app.access.permissions import Permission
from inspect_app.chasing.definition import Chasing, Colour, Days, ListingTerms, LookBackTerms, Rung
from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.hazards.rules import LATE_STATES
from inspect_app.hazards.words import State

FILE = Path(__file__).parents[2] / "checklists" / "chasing.toml"


@cache
def chasing() -> Chasing:
    """Return what this installation ships with; raises DefinitionProblems."""
    problems = Problems()
    read = read_definition(FILE, problems)
    problems.refuse()
    return read


def check_definitions(problems: Problems) -> list[str]:
    """Read the file for `flask definitions check`; returns the codes of the rungs."""
    return [rung.code for rung in read_definition(FILE, problems).rungs]


def read_definition(path: Path, problems: Problems) -> Chasing:
    """Read one file, adding its mistakes to `problems`."""
    table = read_file(path, problems) or Table({}, Problems(), path.name)
    table.text("code"), table.integer("version")
    states = table.choices("chased_states", State)
    read = Chasing(
        rungs=tuple(_rung(each) for each in table.tables("rungs")),
        chased_states=frozenset(states),
        listing=_listing(table.table("listing")),
        look_back=_look_back(table.table("look_back")),
    )
    if never_late := set(states) - LATE_STATES:
        table.note(f"chased_states 中的 {'、'.join(sorted(never_late))} 不会逾期，不能督办")
    _check_order(table, read.rungs)
    table.finish()
    return read


def _rung(table: Table) -> Rung:
    rung = Rung(
        code=table.text("code"),
        name=table.text("name"),
        after_days=table.integer("after_days"),
        days=table.choice("days", Days),
        colour=table.choice("colour", Colour),
        permission=table.choice("permission", Permission),
        document=table.text_or_none("document") or "",
        lists=table.flag("lists"),
        together=table.flag("together"),
    )
    if rung.after_days < 1:
        table.note("after_days 不能小于 1：时限当天还不算逾期")
    if rung.colour == Colour.BLUE:
        table.note("colour 应为 yellow 或 red：blue 表示临期")
    table.finish()
    return rung


def _check_order(table: Table, rungs: tuple[Rung, ...]) -> None:
    if not rungs:
        table.note("至少要有一级督办（rungs）")
    for code, times in Counter(rung.code for rung in rungs).items():
        if times > 1:
            table.note(f"rungs 中 {code} 出现了 {times} 次")
    for lower, higher in pairwise(rungs):
        if lower.after_days >= higher.after_days:
            table.note(f"rungs 应从低到高排列：{higher.code} 的天数应多于 {lower.code}")


def _listing(table: Table) -> ListingTerms:
    terms = ListingTerms(
        longest_days=_positive(table, "longest_days"),
        report_working_days=_positive(table, "report_working_days"),
        publish_working_days=_positive(table, "publish_working_days"),
        document=table.text_or_none("document") or "",
        delisting_document=table.text_or_none("delisting_document") or "",
    )
    table.finish()
    return terms


def _look_back(table: Table) -> LookBackTerms:
    days = table.integers("after_days")
    terms = LookBackTerms(
        share=table.decimal("share"),
        after_days=days,
        early_days=table.integer("early_days"),
        recurrence_days=_positive(table, "recurrence_days"),
    )
    if not 0 <= terms.share <= 1:
        table.note("share 应在 0 至 1 之间，如 0.10")
    if terms.early_days < 0:
        table.note("early_days 不能小于 0")
    if not days or list(days) != sorted(set(days)) or days[0] < 1:
        table.note("after_days 应从小到大，且都不小于 1，如 [30, 90, 180]")
    table.finish()
    return terms


def _positive(table: Table, name: str) -> int:
    value = table.integer(name)
    if value < 1:
        table.note(f"{name} 不能小于 1")
    return value
