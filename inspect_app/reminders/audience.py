"""For whom digests are made, and which places each of them reaches: read once for all."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, or_, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath

LOW = (Level.TOWNSHIP, Level.VILLAGE)


class Audience:
    """People with accounts. The reach of a region is that of `access.scope`: counties, or regions below a county."""

    def __init__(self, session: Session, people: Iterable[Actor]) -> None:
        self.people = tuple(people)
        regions = {key for each in self.people for key in (each.view_region_id, each.capture_region_id) if key}
        known = session.execute(select(Region.id, Region.level, Region.code).where(Region.id.in_(regions))).tuples()
        self._regions = {key: (level in LOW, code) for key, level, code in known}
        self._below: dict[int, set[int]] = {key: set() for key in self._regions}
        paths = select(RegionPath.ancestor_id, RegionPath.descendant_id).where(RegionPath.ancestor_id.in_(regions))
        for top, inside in session.execute(paths).tuples():
            self._below[top].add(inside)

    def below(self, region_id: int) -> set[int]:
        """Return the keys of everything at or below a region of one of these people."""
        return self._below[region_id]

    def is_low(self, region_id: int) -> bool:
        """Tell whether the region lies below a county, so that the finer place of a row decides."""
        return self._regions[region_id][0]

    @property
    def has_low(self) -> bool:
        """Tell whether anybody's region lies below a county."""
        return any(low for low, _code in self._regions.values())

    def narrowed(self, person: Actor, top_id: int | None) -> dict[str, Any]:
        """Return the parameter of an address that narrows a list to a region, where that is not all the person sees."""
        return {} if top_id is None or top_id == person.view_region_id else {"region": self._regions[top_id][1]}

    def reaches(self, top_id: int | None, county_id: int, region_id: int) -> bool:
        """Tell whether a row at a place lies within the reach of a region."""
        if top_id is None:
            return False
        return (region_id if self.is_low(top_id) else county_id) in self._below[top_id]

    def touches(
        self, county_column: SQLColumnExpression[int], region_column: SQLColumnExpression[int]
    ) -> ColumnElement[bool]:
        """Return the condition on rows that somebody of these people reaches, at most a little wider."""
        high = [key for key, (low, _code) in self._regions.items() if not low]
        low = [key for key, (low, _code) in self._regions.items() if low]
        sides = [(county_column, high), (region_column, low)]
        return or_(*(column.in_(_inside(keys)) for column, keys in sides if keys), county_column.in_([]))


def _inside(keys: list[int]) -> Select[tuple[int]]:
    return select(RegionPath.descendant_id).where(RegionPath.ancestor_id.in_(keys))
