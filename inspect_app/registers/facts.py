"""Figures that an assessment may use: every declared fact, as of a day, for many counties at once.

A county that never said anything of a register has no figure (NA). One that reported nothing has zero.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from inspect_app.core import clock
from inspect_app.regions.levels import Kind, Level
from inspect_app.regions.models import Region, RegionPath
from inspect_app.registers.definition import Fact, Measured, Register
from inspect_app.registers.figures import Figure, Ground, Said, counted, figure_of
from inspect_app.registers.lifecycle import APPLIED
from inspect_app.registers.loading import fact_names, register_of
from inspect_app.registers.models import RegisterEntry, RegisterImport, RegisterVersion
from inspect_app.registers.queries import latest_versions

Ratio = tuple[Decimal, Decimal]
WITHOUT_ROWS = (Measured.NUMBER, Measured.REGIONS)


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


def ratios(session: Session, county_ids: Collection[int], on: date, name: str) -> dict[int, Ratio]:
    """Return one fact for each county that ever reported the register, as numerator and denominator.

    A denominator of zero is NA where the fact is a ratio; a count has none, and zero stands for it.
    """
    register, _fact = fact_of(name)
    found = figures(session, county_ids, on, [register])
    known = {county: every[name] for county, every in found.items() if every[name].known}
    return {county: (figure.numerator, figure.denominator or Decimal(0)) for county, figure in known.items()}


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


def _grounds(session: Session, county_ids: Collection[int], on: date) -> dict[int, Ground]:
    """Return the townships and villages of each county on a day; farms, corps and prisons do not count (§7.2)."""
    in_force = and_(
        or_(Region.valid_from.is_(None), Region.valid_from <= on),
        or_(Region.valid_until.is_(None), Region.valid_until >= on),
    )
    query = (
        select(RegionPath.ancestor_id, Region.level, Region.id)
        .join(Region, Region.id == RegionPath.descendant_id)
        .where(RegionPath.ancestor_id.in_(county_ids), Region.kind == Kind.CIVIL, in_force)
        .where(Region.level.in_((Level.TOWNSHIP, Level.VILLAGE)))
    )
    regions: dict[int, dict[str, set[int]]] = {county: {} for county in county_ids}
    for county, level, key in session.execute(query).tuples():
        regions[county].setdefault(level, set()).add(key)
    return {county: Ground(on, inside) for county, inside in regions.items()}
