"""Where a row lies: by code, by the names of county and township, or where the sender enters data anyway."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from inspect_app.core.errors import NotFound
from inspect_app.core.labels import mark
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, county_of, covers, resolve_region

UNKNOWN_CODE = mark("没有这个区划代码。请核对，或改填县和乡镇的名称。")
UNKNOWN_NAME = mark("您的填报范围内没有这个地区。请写全称，例如 白杨沟镇，或改填区划代码。")
AMBIGUOUS = mark("不止一个地区叫这个名字。请同时写明县（市、区），或改填区划代码。")
TOO_HIGH = mark("要写到县（市、区）或乡镇（街道）。")
CONTRADICTION = mark("区划代码与县、乡镇的名称不是同一个地方。请改成一致。")
NOT_YOURS = mark("不在您的填报范围内。请删去这一行，或由当地填报。")
NOT_SAID = mark("没有写明在哪里。请填写区划代码，或县和乡镇的名称。")
PLACED = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


class Place(NamedTuple):
    """A region and its county; `said` is False where the file says nothing and the sender's own region stands in."""

    region_id: int
    county_id: int
    said: bool = True


class Misplaced(NamedTuple):
    """Why there is no place, and at which column."""

    field: str
    message: str


class PlaceFinder:
    """Finds places for one sender, each combination of texts once."""

    def __init__(self, session: Session, capture_region_id: int) -> None:
        self.session = session
        self.top = session.get_one(Region, capture_region_id)
        below = self.top.level in (Level.TOWNSHIP, Level.VILLAGE)
        self.scope = county_of(session, self.top.id) if below else self.top
        self._known: dict[tuple[str, str, str], Place | Misplaced | None] = {}

    def find(self, code: str, county: str, township: str) -> Place | Misplaced | None:
        """Return the place that the three texts of a row mean, or why there is none; None when they say nothing."""
        texts = (code, county, township)
        if texts not in self._known:
            self._known[texts] = self._find(*texts) if any(texts) else self._own()
        return self._known[texts]

    def _find(self, code: str, county: str, township: str) -> Place | Misplaced:
        coded = self._coded(code) if code else None
        named = self._named(county, township)
        if isinstance(coded, Misplaced):
            return coded
        if isinstance(named, Misplaced):
            return named
        region = self._finer(coded, named)
        field = "region_code" if coded else "township" if township else "county"
        if region is None:
            return Misplaced(field, CONTRADICTION)
        if region.level not in PLACED:
            return Misplaced(field, TOO_HIGH)
        if not self._covers(self.top, region):
            return Misplaced(field, NOT_YOURS)
        return Place(region.id, county_of(self.session, region.id).id)

    def _finer(self, coded: Region | None, named: Region | None) -> Region | None:
        """Of two regions the one inside the other; None when neither is."""
        if coded is None or named is None:
            return coded or named
        if self._covers(coded, named):
            return named
        return coded if self._covers(named, coded) else None

    def _own(self) -> Place | None:
        return Place(self.top.id, self.scope.id, said=False) if self.top.level in PLACED else None

    def _coded(self, code: str) -> Region | Misplaced:
        try:
            return by_code(self.session, code)
        except NotFound:
            return Misplaced("region_code", UNKNOWN_CODE)

    def _named(self, county: str, township: str) -> Region | Misplaced | None:
        around = self._one(self.scope, "county", county) if county else None
        if isinstance(around, Misplaced) or not township:
            return around
        return self._one(around or self.scope, "township", township)

    def _one(self, within: Region, field: str, text: str) -> Region | Misplaced:
        found = [region for region in resolve_region(self.session, within.id, text) if region.level in PLACED]
        if len(found) == 1:
            return found[0]
        return Misplaced(field, AMBIGUOUS if found else UNKNOWN_NAME)

    def _covers(self, upper: Region, lower: Region) -> bool:
        return covers(self.session, upper.id, lower.id)
