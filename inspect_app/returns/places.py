"""What an importer must know of a county and its neighbours to say whose row it is."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from inspect_app.workbooks.variants import simplified

PEOPLES = (
    "藏族|蒙古族|蒙古|回族|裕固族|哈萨克族|哈萨克|满族|锡伯族|锡伯|柯尔克孜族|达斡尔族|维吾尔族|朝鲜族|东乡族|土族|撒拉族|保安族|羌族|"
    "土家族|苗族|侗族|瑶族|彝族|壮族|白族|傣族|畲族|黎族|水族|布依族|仡佬族|哈尼族|傈僳族|纳西族|拉祜族|佤族|民族|各族"
)
TOWNSHIP_END = re.compile(rf"(?:{PEOPLES})*(?:街道办事处|街道办|街道|乡|镇|办事处)$")
COUNTY_END = re.compile(rf"(?:{PEOPLES})*自治[县旗]$|[县区市旗]$")
OFFICE_END = re.compile(r"(?:人民政府|政府|党工委|办事处|办)$")
SEVERAL = re.compile(r"[、,，;；/\n]")
PADDING = re.compile(r"[\s\u200b-\u200f\ufeff]+")
SHORTEST_STEM = 2
BEFORE_COUNTY, TOWNSHIP_START = re.compile(r"[省市州盟区:：]"), re.compile(r"街道|乡|镇")
LONGEST_START, LONGEST_NAME = 30, 16


class PlaceRow(NamedTuple):
    """A row of the region tree, as a caller has it; `parent` is the parent's code."""

    code: str
    name: str
    parent: str | None
    aliases: tuple[str, ...] = ()


class Township(NamedTuple):
    """A township of the reporting county, by its official name."""

    code: str
    name: str


@dataclass(frozen=True)
class Places:
    """One county with its townships, and the counties beside it with theirs.

    A county whose townships are not on record accepts any township that no neighbour has. `elsewhere` are full
    names of counties of other prefectures: they are looked for only where a title or a reporting unit begins.
    """

    county: PlaceRow
    townships: tuple[PlaceRow, ...] = ()
    neighbours: tuple[PlaceRow, ...] = ()
    foreign_townships: tuple[PlaceRow, ...] = ()
    elsewhere: frozenset[str] = frozenset()

    @classmethod
    def from_rows(
        cls, code: str, rows: Iterable[PlaceRow | tuple[str, str, str | None]], elsewhere: Iterable[str] = ()
    ) -> "Places":
        """Pick the county, its children, its siblings and their children out of the rows of a prefecture.

        Raises KeyError when no row has the county's code.
        """
        known = {row[0]: PlaceRow(*row) for row in rows}
        county = known[code]
        siblings = {row.code for row in known.values() if row.parent == county.parent and row.code != code}
        return cls(
            county,
            tuple(row for row in known.values() if row.parent == code),
            tuple(known[sibling] for sibling in siblings),
            tuple(row for row in known.values() if row.parent in siblings),
            frozenset(name for name in elsewhere if len(name) > SHORTEST_STEM),
        )

    @cached_property
    def own_names(self) -> frozenset[str]:
        """Every name of the county in a title: official, everyday, former, and without its last syllable."""
        names = {self.county.name, *self.county.aliases}
        stems = {COUNTY_END.sub("", name) for name in names}
        return frozenset(name for name in names | stems | {stem + "县" for stem in stems} if len(name) >= SHORTEST_STEM)

    @cached_property
    def neighbour_names(self) -> frozenset[str]:
        """Full names of the neighbours; short forms would be found in too many other words."""
        names = {name for row in self.neighbours for name in (row.name, *row.aliases)}
        return frozenset(name for name in names if COUNTY_END.search(name)) - self.own_names

    @cached_property
    def _own(self) -> Mapping[str, Township]:
        return _index(self.townships)

    @cached_property
    def _foreign(self) -> Mapping[str, Township]:
        return _index(self.foreign_townships)

    @cached_property
    def _longest_first(self) -> list[str]:
        names = [name for row in self.townships for name in (row.name, *row.aliases)]
        return sorted(names, key=len, reverse=True)

    def is_own(self, text: str) -> bool:
        """Whether a title or a reporting unit names this county."""
        plain = _plain(text)
        return any(name in plain for name in self.own_names)

    def is_foreign(self, text: str) -> bool:
        """Whether a title or a reporting unit names another county and not this one."""
        plain = _plain(text)
        if self.is_own(plain):
            return False
        return any(name in plain for name in self.neighbour_names) or self._begins_elsewhere(plain)

    def _begins_elsewhere(self, text: str) -> bool:
        """Whether a text begins with a county of another prefecture, after what may stand before its name."""
        starts = [0, *(found.end() for found in BEFORE_COUNTY.finditer(text[:LONGEST_START]))]
        names = ((text[start:end], text[end:]) for start in starts for end in range(start + 3, start + LONGEST_NAME))
        return any(name in self.elsewhere and not TOWNSHIP_START.match(rest) for name, rest in names)

    def is_other_county(self, text: str) -> bool:
        """Whether a cell of a county column names a county that is not this one."""
        text = _plain(text)
        return text not in self.own_names and (text in self.neighbour_names or bool(COUNTY_END.search(text)))

    def township(self, text: str) -> Township | None:
        """The township of this county that a text means, by name, alias, short form or a longer address."""
        text = self._inside(text)
        if found := self._own.get(text) or self._own.get(OFFICE_END.sub("", text)):
            return found
        if SEVERAL.search(text) or text in self._foreign:
            return None
        return next((self._own[name] for name in self._longest_first if text.startswith(name)), None)

    def is_elsewhere(self, text: str) -> bool:
        """Whether a text that is no township of this county is one of a neighbour.

        A name that nobody has is not elsewhere: townships are renamed faster than tables of them.
        """
        text = self._inside(text)
        known = text in self._foreign or OFFICE_END.sub("", text) in self._foreign
        return known or any(text.startswith(name) for name in self.neighbour_names)

    def _inside(self, text: str) -> str:
        text = _plain(text)
        if text in self._own:
            return text
        prefix = next((name for name in (self.county.name, *self.county.aliases) if text.startswith(name)), "")
        return text.removeprefix(prefix) or text


def _plain(text: str) -> str:
    return PADDING.sub("", simplified(unicodedata.normalize("NFKC", text)))


def _index(rows: Iterable[PlaceRow]) -> dict[str, Township]:
    """Townships by every name; a short form that two of them share stands for neither."""
    index: dict[str, Township] = {}
    short: dict[str, set[Township]] = {}
    for row in rows:
        township = Township(row.code, row.name)
        for name in (row.name, *row.aliases):
            index[_plain(name)] = township
            short.setdefault(TOWNSHIP_END.sub("", _plain(name)), set()).add(township)
            short.setdefault(re.sub(r"[乡镇]$|街道$", "", _plain(name)), set()).add(township)
    for stem, meant in short.items():
        if len(stem) >= SHORTEST_STEM and len(meant) == 1:
            index.setdefault(stem, *meant)
    return index
