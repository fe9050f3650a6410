"""Reads `checklists/quakes/attenuation.toml` and `emergency.toml`, naming every mistake at once."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from inspect_app.checklists.loading import FOLDER
from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.emergencies.definition import Attenuation, EmergencyDefinition, Occupancy
from inspect_app.emergencies.intensity import Axis, Relation
from inspect_app.emergencies.rules import ORDER
from inspect_app.sites.rules import CATEGORIES

ATTENUATION = FOLDER / "quakes" / "attenuation.toml"
EMERGENCY = FOLDER / "quakes" / "emergency.toml"
SAME_CENTRE = Decimal("0.01")


@cache
def attenuation() -> Attenuation:
    """Return the relations of this installation; raises DefinitionProblems."""
    problems = Problems()
    read = read_attenuation(ATTENUATION, problems)
    problems.refuse()
    return read


@cache
def definition() -> EmergencyDefinition:
    """Return what this installation sets; raises DefinitionProblems."""
    problems = Problems()
    read = read_emergency(EMERGENCY, problems)
    problems.refuse()
    return read


def check_definitions(problems: Problems) -> list[str]:
    """Read both files, adding mistakes to `problems`; returns the codes of the relations."""
    read_emergency(EMERGENCY, problems)
    return [each.code for each in read_attenuation(ATTENUATION, problems).relations]


def read_attenuation(path: Path, problems: Problems) -> Attenuation:
    """Read the relations; both axes of one must give the same intensity at the epicentre."""
    table = read_file(path, problems) or Table({}, Problems(), path.name)
    table.text("code"), table.integer("version")
    read = Attenuation(table.text("source"), tuple(_relation(each) for each in table.tables("relations")))
    table.finish()
    places = [place for each in read.relations for place in each.places]
    for place in sorted({place for place in places if places.count(place) > 1}):
        table.note(f"地区 {place} 写在两个关系里")
    return read


def read_emergency(path: Path, problems: Problems) -> EmergencyDefinition:
    """Read thresholds and weights."""
    table = read_file(path, problems) or Table({}, Problems(), path.name)
    table.text("code"), table.integer("version")
    estimate, hazard = table.table("estimate"), table.table("hazard")
    read = EmergencyDefinition(
        least_intensity=_between(estimate, "least_intensity", 1, 12),
        most_sites=_between(estimate, "most_sites", 1, 5000),
        pause_days=_between(estimate, "pause_days", 1, 365),
        campaign_days=_between(estimate, "campaign_days", 1, 60),
        intensity=dict(_step(each) for each in table.tables("intensity")),
        hazard={grade: _weight(hazard, grade) for grade in ORDER},
        occupancy=tuple(_occupancy(table)),
    )
    if not read.intensity:
        table.note("没有写明各烈度的权重")
    for each in (estimate, hazard, table):
        each.finish()
    return read


def _relation(table: Table) -> Relation:
    read = Relation(
        table.text("code"),
        table.text("title"),
        _axis(table.table("long")),
        _axis(table.table("short")),
        table.decimal("sigma"),
        table.texts("places"),
    )
    table.finish()
    for place in read.places:
        if not place.isdecimal():
            table.note(f"地区代码 {place} 不是数字")
    if read.long.r0 > 0 and read.short.r0 > 0 and _apart(read) > SAME_CENTRE:
        table.note("长轴与短轴在震中的烈度不一致，系数有误")
    return read


def _apart(relation: Relation) -> Decimal:
    """Return by how much the axes differ at the epicentre."""
    long, short = ((axis.a - axis.c * axis.r0.log10(), axis.b) for axis in (relation.long, relation.short))
    return abs(long[0] - short[0]) + abs(long[1] - short[1])


def _axis(table: Table) -> Axis:
    axis = Axis(table.decimal("a"), table.decimal("b"), table.decimal("c"), table.decimal("r0"))
    table.finish()
    if axis.c <= 0 or axis.r0 <= 0 or axis.b <= 0:
        table.note("b、c、r0 应大于 0：烈度随震级升高，随距离降低")
    return axis


def _step(table: Table) -> tuple[int, Decimal]:
    step = _between(table, "degree", 1, 12), _weight(table, "weight")
    table.finish()
    return step


def _occupancy(table: Table) -> Iterator[Occupancy]:
    known: set[str] = set()
    for each in table.tables("occupancy"):
        read = Occupancy(each.text("label"), _weight(each, "weight"), each.texts("categories"))
        each.finish()
        for category in read.categories:
            if category not in CATEGORIES:
                each.note(f"没有类别 {category}")
            if category in known:
                each.note(f"类别 {category} 写了两次")
            known.add(category)
        yield read


def _between(table: Table, key: str, least: int, most: int) -> int:
    number = table.integer(key)
    if not least <= number <= most:
        table.note(f"{key} 应在 {least} 到 {most} 之间")
    return min(max(number, least), most)


def _weight(table: Table, key: str) -> Decimal:
    weight = table.decimal(key)
    if weight <= 0:
        table.note(f"{key} 应大于 0")
    return weight
