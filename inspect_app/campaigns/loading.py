"""Reads `checklists/campaigns.toml`, naming every mistake at once."""

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

from inspect_app.campaigns.definition import ONE, Area, CampaignDefinition, Category, Demand
from inspect_app.campaigns.kinds import KINDS
from inspect_app.checklists.loading import FOLDER, read_library
from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.inspections.combinations import FILE as COMBINATIONS
from inspect_app.inspections.combinations import read_combinations
from inspect_app.sites.rules import CATEGORIES

FILE = FOLDER / "campaigns.toml"
_PADDED = re.compile(r"(\d{2}|\d{4})(?:00)+")


@cache
def definition() -> CampaignDefinition:
    """Return what this installation ships with; raises DefinitionProblems."""
    problems = Problems()
    read = read_definition(FILE, problems)
    problems.refuse()
    return read


def check_definitions(problems: Problems) -> list[str]:
    """Read the file, items against the lists, adding mistakes to `problems`; returns the kinds of campaigns."""
    library = read_library(FOLDER, Problems())
    items = {item.code for checklist in library.checklists.values() for item in checklist.items}
    read_definition(FILE, problems, items)
    return sorted(KINDS)


def read_definition(path: Path, problems: Problems, items: Collection[str] | None = None) -> CampaignDefinition:
    """Read one file; with `items`, the codes of all items of all lists, areas may name only these."""
    table = read_file(path, problems) or Table({}, Problems(), path.name)
    table.text("code"), table.integer("version")
    visits = table.table("visits")
    read = CampaignDefinition(
        per_day=_count(visits, "per_day"),
        minutes_per_item=visits.decimal("minutes_per_item"),
        journeys_per_day=_count(visits, "journeys_per_day"),
        journey=_journey(visits),
        categories=_categories(table, visits),
        areas=tuple(_area(each, items) for each in table.tables("must_look")),
        demands=tuple(_demand(each) for each in table.tables("demands")),
        key_counties=dict(_key_county(each) for each in table.tables("key_counties")),
    )
    if read.minutes_per_item <= 0:
        visits.note("minutes_per_item 应大于 0")
    visits.finish()
    table.finish()
    return read


def _categories(table: Table, visits: Table) -> dict[str, Category]:
    found: dict[str, Category] = {}
    for each in table.tables("categories"):
        code = each.text("code")
        if code not in CATEGORIES:
            each.note(f"没有类别 {code}")
        if code in found:
            each.note("类别重复")
        exposure = each.decimal_or_none("exposure")
        found[code] = Category(
            _count(each, "per_day") if "per_day" in each else max(1, visits.integer_or_none("per_day") or 1),
            ONE if exposure is None else exposure,
        )
        if found[code].exposure <= 0:
            each.note("exposure 应大于 0")
        each.finish()
    return found


def _area(table: Table, items: Collection[str] | None) -> Area:
    area = Area(table.text("code"), table.text("title"), table.texts("items"))
    table.finish()
    if not area.items:
        table.note("没有写明由哪些检查项查看")
    for item in area.items if items is not None else ():
        if items is not None and item not in items:
            table.note(f"检查表中没有检查项 {item}")
    return area


def _demand(table: Table) -> Demand:
    demand = Demand(_plain(table.text("region")), table.texts("kinds"))
    table.finish()
    for kind in demand.kinds:
        if kind not in KINDS:
            table.note(f"没有方案类型 {kind}")
    return demand


def _key_county(table: Table) -> tuple[str, tuple[int, int | None]]:
    code, since, until = table.text("region"), table.integer("since"), table.integer_or_none("until")
    table.finish()
    if until is not None and until < since:
        table.note("until 早于 since")
    return code, (since, until)


def _journey(table: Table) -> str:
    code = table.text("journey")
    if code not in read_combinations(COMBINATIONS, Problems()):
        table.note(f"没有检查组合 {code}")
    return code


def _count(table: Table, key: str) -> int:
    number = table.integer(key)
    if number < 1:
        table.note(f"{key} 应为大于 0 的整数")
    return max(number, 1)


def _plain(code: str) -> str:
    """Return a padded code (620700) as the tree has it (6207)."""
    padded = _PADDED.fullmatch(code)
    return padded.group(1) if padded else code
