"""Figures that an assessment may use: every declared fact, as of a day, for many counties at once.

A county that never said anything of a register has no figure (NA). One that reported nothing has zero.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from inspect_app.core import clock
from inspect_app.core.counted import Counted, Thing
from inspect_app.core.labels import mark
from inspect_app.regions.levels import Kind, Level
from inspect_app.regions.models import Region, RegionPath
from inspect_app.registers.definition import Fact, Measured, Register
from inspect_app.registers.figures import Amounts, Figure, Ground, Said, amounts, counted, figure_of
from inspect_app.registers.lifecycle import APPLIED
from inspect_app.registers.loading import fact_names, register_of
from inspect_app.registers.measuring import COUNTED
from inspect_app.registers.models import RegisterEntry, RegisterImport, RegisterVersion
from inspect_app.registers.queries import latest_versions

Ratio = tuple[Decimal, Decimal]
WITHOUT_ROWS = (Measured.NUMBER, Measured.REGIONS)
SAME_PLACE = mark("为 0：数值为零，或同一处已经计过，或未达到标准。")


def labels() -> Mapping[str, str]:
    """Return the title of every fact by its name, "shelters.updated"."""
    return {name: fact.title for name, fact in fact_names().items()}


def figures(
    session: Session, county_ids: Collection[int], on: date, registers: Iterable[Register]
) -> dict[int, dict[str, Figure]]:
    """Return every fact of these registers for each county as of a day, by name, in a few queries."""
    wanted = list(registers)
    said = said_by_county(session, county_ids, on, [register.code for register in wanted])
    grounds = _grounds(session, county_ids, on)
    return {
        county: {
            f"{register.code}.{fact.code}": figure_of(
                register, fact, said.get((register.code, county)), grounds[county]
            )
            for register in wanted
            for fact in register.facts
        }
        for county in county_ids
    }


def fact_of(name: str) -> tuple[Register, Fact]:
    """Find a fact by its name; KeyError when there is none."""
    register = register_of(name.partition(".")[0])
    return register, fact_names()[name]


def gathered(
    session: Session, region_ids: Collection[int], on: date, names: Iterable[str], *, of_townships: bool = False
) -> dict[str, dict[int, Ratio]]:
    """Return facts by name for each county, or township, whose county ever reported the register.

    A denominator of zero is NA where the fact is a ratio; a count has none, and zero stands for it. The number of
    queries does not depend on how many facts or places are asked for.
    """
    wanted = {name: fact_of(name) for name in names}
    codes = {register.code for register, _fact in wanted.values()}
    said = said_by_township if of_townships else said_by_county
    known = said(session, region_ids, on, codes)
    grounds = _grounds(session, region_ids, on, {level for _, fact in wanted.values() for level in _levels(fact)})
    return {
        name: {
            key: _ratio(figure_of(register, fact, known[register.code, key], grounds[key]))
            for key in region_ids
            if (register.code, key) in known
        }
        for name, (register, fact) in wanted.items()
    }


def rows(
    session: Session, region_id: int, on: date, name: str, part: str = "numerator", *, of_township: bool = False
) -> list[Counted]:
    """Return what a part of a fact counts, with how much each adds; nothing where nobody ever reported."""
    register, fact = fact_of(name)
    measure = fact.denominator if part == "denominator" and fact.denominator else fact.numerator
    known = (said_by_township if of_township else said_by_county)(session, [region_id], on, [register.code])
    if (register.code, region_id) not in known:
        return []
    if measure.of == Measured.NUMBER:
        return [Counted(Thing.NUMBER, "", fact.title, measure.number)]
    ground = _grounds(session, [region_id], on, _levels(fact))[region_id]
    if measure.of == Measured.REGIONS:
        return _regions(session, ground.regions.get(measure.level, ()))
    return _entry_rows(session, register, amounts(register, measure, known[register.code, region_id], ground))


def rows_behind(
    session: Session, county_ids: Collection[int], on: date, name: str, part: str = "numerator"
) -> list[int] | None:
    """Return the keys of the entries that a figure counts; None for a part that counts no entries."""
    register, fact = fact_of(name)
    measure = fact.denominator if part == "denominator" and fact.denominator else fact.numerator
    if measure.of in WITHOUT_ROWS:
        return None
    said = said_by_county(session, county_ids, on, [register.code])
    return [one.entry_id for rows in said.values() for one in counted(measure, rows, on)]


def said_by_county(
    session: Session, county_ids: Collection[int], on: date, registers: Collection[str]
) -> dict[tuple[str, int], list[Said]]:
    """Return what stood on a day by register and county; what nobody ever reported on is absent."""
    found: dict[tuple[str, int], list[Said]] = {
        (register, county): [] for register, county in _reported(session, county_ids, on, registers)
    }
    for register, county, ended, one in _entries(session, county_ids, on, registers):
        rows = found.setdefault((register, county), [])
        if ended is None or ended > on:
            rows.append(one)
    return found


def said_by_township(
    session: Session, township_ids: Collection[int], on: date, registers: Collection[str]
) -> dict[tuple[str, int], list[Said]]:
    """Return what stood on a day in each township, where its county ever reported the register."""
    above = (
        select(RegionPath.descendant_id, RegionPath.ancestor_id)
        .join(Region, Region.id == RegionPath.ancestor_id)
        .where(RegionPath.descendant_id.in_(township_ids), Region.level == Level.COUNTY)
    )
    county_of = dict(session.execute(above).tuples().all())
    found: dict[tuple[str, int], list[Said]] = {}
    for (register, county), rows in said_by_county(session, set(county_of.values()), on, registers).items():
        inside = {key: [] for key, above_it in county_of.items() if above_it == county}  # type: dict[int, list[Said]]
        for one in rows:
            if one.region_id in inside:
                inside[one.region_id].append(one)
        found |= {(register, key): standing for key, standing in inside.items()}
    return found


def _entries(
    session: Session, county_ids: Collection[int], on: date, registers: Collection[str]
) -> Iterable[tuple[str, int, date | None, Said]]:
    """Give every entry that was known on a day, with the day on which it ended; what was undone is left out."""
    source: Any = RegisterEntry if on >= clock.today() else RegisterVersion
    never_was = and_(source.ended_on.is_not(None), source.ended_on < source.as_of)
    query = select(
        RegisterEntry.register,
        RegisterEntry.county_id,
        source.ended_on,
        RegisterEntry.id,
        source.region_id,
        source.values,
    ).where(RegisterEntry.register.in_(registers), RegisterEntry.county_id.in_(county_ids), ~never_was)
    if source is RegisterVersion:
        query = query.join(RegisterVersion, RegisterVersion.entry_id == RegisterEntry.id)
        query = query.where(RegisterVersion.id.in_(latest_versions(on)))
    for register, county, ended, key, region, values in session.execute(query.order_by(RegisterEntry.id)).tuples():
        yield register, county, ended, Said(key, 0 if region == county else region, values)


def _reported(
    session: Session, county_ids: Collection[int], on: date, registers: Collection[str]
) -> list[tuple[str, int]]:
    """List registers and counties for which a file, or a report of nothing, was applied for a day up to this one."""
    query = select(RegisterImport.register, RegisterImport.county_id).distinct()
    query = query.where(RegisterImport.register.in_(registers), RegisterImport.county_id.in_(county_ids))
    return list(session.execute(query.where(RegisterImport.state == APPLIED, RegisterImport.as_of <= on)).tuples())


def _levels(fact: Fact) -> set[str]:
    """Levels of the regions that a fact needs: those it counts, and townships where places are told apart."""
    measures = [measure for measure in (fact.numerator, fact.denominator) if measure]
    apart = {Level.TOWNSHIP for measure in measures if measure.of in (Measured.DISTINCT, Measured.GROUPS)}
    return {measure.level for measure in measures if measure.level} | apart


def _grounds(
    session: Session, region_ids: Collection[int], on: date, levels: Collection[str] = COUNTED
) -> dict[int, Ground]:
    """Return the townships and villages of each region on a day.

    Farms, corps, prisons and zones do not count, nor do the villages inside them (domain reference §7.2).
    """
    regions: dict[int, dict[str, set[int]]] = {key: {} for key in region_ids}
    if not levels:
        return {key: Ground(on, inside) for key, inside in regions.items()}
    above = aliased(Region)
    query = (
        select(RegionPath.ancestor_id, Region.level, Region.id)
        .join(Region, Region.id == RegionPath.descendant_id)
        .outerjoin(above, and_(above.id == Region.parent_id, Region.level == Level.VILLAGE))
        .where(RegionPath.ancestor_id.in_(region_ids), Region.kind == Kind.CIVIL, Region.level.in_(levels))
        .where(or_(above.id.is_(None), above.kind == Kind.CIVIL), *_in_force(on))
    )
    for key, level, inside in session.execute(query).tuples():
        regions[key].setdefault(level, set()).add(inside)
    return {key: Ground(on, inside) for key, inside in regions.items()}


def _in_force(on: date) -> list[ColumnElement[bool]]:
    return [
        or_(Region.valid_from.is_(None), Region.valid_from <= on),
        or_(Region.valid_until.is_(None), Region.valid_until >= on),
    ]


def _ratio(figure: Figure) -> Ratio:
    return figure.numerator, figure.denominator or Decimal(0)


def _regions(session: Session, keys: Collection[int]) -> list[Counted]:
    found = session.scalars(select(Region).where(Region.id.in_(keys)).order_by(Region.code))
    return [Counted(Thing.REGION, region.code, region.name) for region in found]


def _entry_rows(session: Session, register: Register, counted_in: Amounts) -> list[Counted]:
    keys = [one.entry_id for one, _amount in counted_in]
    named = select(RegisterEntry.id, RegisterEntry.reference).where(RegisterEntry.id.in_(keys))
    references = dict(session.execute(named).tuples().all())
    return [
        Counted(
            Thing.REGISTER_ENTRY,
            references[one.entry_id],
            str(one.values.get(register.name) or references[one.entry_id]),
            amount,
            "" if amount else SAME_PLACE,
        )
        for one, amount in counted_in
    ]
