"""Which sites may be one and the same, registered twice. Pure: values in, pairs with their reason out."""

import re
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from math import floor

from inspect_app.core.earth import metres
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.regions.naming import plain

NEAR_METRES = 200
ALIKE = 0.6
CELL_DEGREES = 0.004
SHORTEST_STEM = 2
FIRM = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|集团公司|集团|公司)$")
NOT_WORD = re.compile(r"[\W_]+")
TELLING = re.compile(r"[0-9a-z一二三四五六七八九十甲乙丙丁东南西北]")
OFFSET_SYSTEM = "GCJ-02"

SAME_CODE = mark("统一社会信用代码相同")
SAME_NAME = mark("同一地方名称相同")
NEARBY = mark("名称相近，相距约 %(metres)s 米")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a site.

    `key` is its id, 0 before it is registered; `stem` its name as `stem_of` leaves it; `place` longitude and latitude.
    """

    key: int
    stem: str
    category: str
    county_id: int
    region_id: int
    credit_code: str | None = None
    place: tuple[Decimal, Decimal] | None = None
    coordinate_system: str = "CGCS2000"


def stem_of(name: str, prefixes: Collection[str] = ()) -> str:
    """Reduce a name to what tells it apart: no names of regions in front, no form of company, no punctuation."""
    stem = NOT_WORD.sub("", FIRM.sub("", plain(name))).lower()
    shortened = True
    while shortened:
        longest = max((each for each in prefixes if each and stem.startswith(each)), key=len, default="")
        shortened = bool(longest) and len(stem) - len(longest) >= SHORTEST_STEM
        stem = stem.removeprefix(longest) if shortened else stem
    return stem


def likeness(one: Sketch, other: Sketch) -> Sentence | None:
    """Say why two sketches may be one site, if they may; sites of two counties never are."""
    if one.county_id != other.county_id:
        return None
    if one.stem == other.stem and _may_be_together(one, other):
        return say(SAME_NAME)
    if one.category != other.category:
        return None
    if one.credit_code and one.credit_code == other.credit_code:
        return say(SAME_CODE)
    apart = _distance(one, other)
    if apart is None or apart > NEAR_METRES or not _sound_alike(one.stem, other.stem):
        return None
    return say(NEARBY, metres=apart)


class Neighbourhood:
    """Sites among which others are looked for; only what shares a name, a code or a stretch of land is compared."""

    def __init__(self, sketches: Iterable[Sketch] = ()) -> None:
        self._groups: dict[Hashable, list[Sketch]] = {}
        for sketch in sketches:
            self.add(sketch)

    def add(self, sketch: Sketch) -> None:
        """Let a site be found from now on."""
        for shared in _shared(sketch):
            self._groups.setdefault(shared, []).append(sketch)

    def alike(self, sketch: Sketch) -> Iterator[tuple[Sketch, Sentence]]:
        """Give each site that may be the same as this one, once, with the reason."""
        seen: set[int] = set()
        for shared in _shared(sketch):
            for other in self._groups.get(shared, ()):
                if id(other) not in seen and (why := likeness(sketch, other)):
                    yield other, why
                seen.add(id(other))


def pairs(sketches: Iterable[Sketch]) -> Iterator[tuple[Sketch, Sketch, Sentence]]:
    """Give every pair that may be one site, once, the earlier first."""
    known = Neighbourhood()
    for sketch in sketches:
        yield from ((other, sketch, why) for other, why in known.alike(sketch))
        known.add(sketch)


def _shared(sketch: Sketch) -> Iterator[Hashable]:
    yield "name", sketch.county_id, sketch.stem
    if sketch.credit_code:
        yield "code", sketch.county_id, sketch.credit_code
    if sketch.place:
        across, up = (floor(float(each) / CELL_DEGREES) for each in sketch.place)
        yield from (("place", across + step, up + rise) for step in (0, 1) for rise in (0, 1))


def _may_be_together(one: Sketch, other: Sketch) -> bool:
    """Whether both are in one township, or one of them is known to be in the county only."""
    return one.region_id == other.region_id or one.county_id in (one.region_id, other.region_id)


def _sound_alike(one: str, other: str) -> bool:
    """Whether two names differ in wording only: 第一小学 and 第二小学 are two schools."""
    if sorted(TELLING.findall(one)) != sorted(TELLING.findall(other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _distance(one: Sketch, other: Sketch) -> int | None:
    """Metres between two places; unknown between the shifted system and the others, hundreds of metres apart."""
    shifted = (one.coordinate_system == OFFSET_SYSTEM) != (other.coordinate_system == OFFSET_SYSTEM)
    return None if shifted or not (one.place and other.place) else metres(one.place, other.place)
