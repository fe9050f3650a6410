"""How counties stand with their registers: how much there is, as of when, and who is due to say something again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region
from inspect_app.regions.queries import counties_of, county_of
from inspect_app.registers.definition import Register
from inspect_app.registers.lifecycle import APPLIED
from inspect_app.registers.models import RegisterImport
from inspect_app.registers.queries import overview

FRESH, STALE, NEVER = "fresh", "stale", "never"
FRESHNESS = {FRESH: mark("正常"), STALE: mark("该更新了"), NEVER: mark("从未报过")}
FRESHNESS_LOOKS = {FRESH: ("●", "done"), STALE: ("◷", "wait"), NEVER: ("○", "none")}
Said = Mapping[tuple[str, int], date]


@dataclass(frozen=True)
class Standing:
    """How the counties in sight stand with one register; `as_of` is the latest day for which any said something."""

    register: Register
    entries: int
    as_of: date | None
    counties: Mapping[str, int]

    @property
    def freshness(self) -> str:
        """How it stands as a whole: as the worst of the counties."""
        return next((each for each in (NEVER, STALE) if self.counties.get(each)), FRESH)


def counties_seen(session: Session, actor: Actor) -> list[Region]:
    """List the counties in sight; for somebody of a township the county it lies in."""
    if actor.view_region_id is None:
        return []
    return counties_of(session, actor.view_region_id) or [county_of(session, actor.view_region_id)]


def standings(session: Session, actor: Actor, registers: Sequence[Register]) -> list[Standing]:
    """Say of every register how the counties in sight stand with it."""
    counties = [county.id for county in counties_seen(session, actor)]
    rows = overview(session, actor)
    said = last_said(session, actor, counties)
    return [
        Standing(
            register,
            sum(row.standing for row in rows if row.register == register.code),
            max((day for (code, _county), day in said.items() if code == register.code), default=None),
            _tally([freshness(register, said.get((register.code, county))) for county in counties]),
        )
        for register in registers
    ]


def last_said(session: Session, actor: Actor, county_ids: Collection[int]) -> Said:
    """Return the latest day for which a county said something of a register: by hand, by a file, or of nothing."""
    said = {(row.register, row.county_id): row.as_of for row in overview(session, actor)}
    query = (
        select(RegisterImport.register, RegisterImport.county_id, func.max(RegisterImport.as_of))
        .where(RegisterImport.state == APPLIED, RegisterImport.county_id.in_(county_ids))
        .group_by(RegisterImport.register, RegisterImport.county_id)
    )
    for register, county, day in session.execute(query).tuples():
        said[register, county] = max(day, said.get((register, county), day))
    return said


def freshness(register: Register, as_of: date | None) -> str:
    """Tell whether what a county said is recent enough."""
    if as_of is None:
        return NEVER
    return STALE if as_of < clock.today() - timedelta(days=register.fresh_days) else FRESH


def _tally(found: Sequence[str]) -> dict[str, int]:
    return {each: found.count(each) for each in FRESHNESS}
