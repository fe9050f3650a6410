"""Judge the rows of a register against what is held: new, changed, the same, possibly registered already, refused.

Empty cells never overwrite. A row is about the site whose reference it gives, else about the one site in use that has
its name, category and place; whatever is only like a site is left to a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.regions.naming import plain
from inspect_app.regions.places import NOT_SAID, Misplaced, Place
from inspect_app.sites.fields import BLANK
from inspect_app.sites.importing.holdings import Held, Holdings
from inspect_app.sites.importing.plan import Creation, Double, Match, Plan
from inspect_app.sites.importing.reading import ReadRegister
from inspect_app.sites.importing.rows import Row
from inspect_app.sites.rules import problems_of
from inspect_app.sites.service import UNITS

UNKNOWN_REFERENCE = mark("您的填报范围内没有这个编号的检查对象。新登记的请把编号留空。")
CATEGORY_STAYS = mark("与已登记的类别不同。类别写在编号里，登记后不能修改；请停用后重新登记。")
SAME_ROW = mark("与本文件另一行是同一个对象，只取先出现的一行")
SEVERAL = mark("有几个同名的对象，分不清是哪一个。请在“编号”一栏填写要更新的编号")
RETIRED = mark("有一个已停用的同名对象。要恢复使用，请在“编号”一栏填写它的编号，“在册”写“是”")


@dataclass(slots=True)
class _Planner:
    """Goes down the rows; `taken` remembers which row spoke first of a site, `fresh` the rows that become sites."""

    holdings: Holdings
    plan: Plan
    taken: dict[object, Row] = field(default_factory=dict)
    fresh: dict[int, Row] = field(default_factory=dict)

    def judge(self, row: Row) -> None:
        """Put a row into its group."""
        place = self.holdings.place_of(row)
        held = self._named_by_reference(row)
        if isinstance(place, Misplaced):
            row.refuse(place.field, place.message)
        elif place is None and held is None:
            row.refuse("township", NOT_SAID)
        if row.problems or isinstance(place, Misplaced):
            self._refuse(row, held)
        elif held:
            self._match(row, held, place)
        elif place:
            self._find(row, place)

    def _refuse(self, row: Row, held: Held | None) -> None:
        """Refuse a row that cannot be read, with what else is wrong with it."""
        if held or "reference" not in row.values:
            read = {name: row.values[name] for name in BLANK if name in row.values}
            self._check(row, {**(held.card if held else BLANK), **read})
        self.plan.refused.append(row)

    def _named_by_reference(self, row: Row) -> Held | None:
        if "reference" not in row.values:
            return None
        held = self.holdings.by_reference.get(row.values["reference"])
        if held is None:
            row.refuse("reference", UNKNOWN_REFERENCE)
        return held

    def _find(self, row: Row, place: Place) -> None:
        named = self.holdings.by_name.get((place.county_id, plain(row.values.get("name", ""))), [])
        meant = [held for held in named if _may_be(held, row, place)]
        in_use = [held for held in meant if held.active]
        if len(in_use) == 1:
            self._match(row, in_use[0], place)
        elif meant:
            self._double(row, say(SEVERAL if in_use else RETIRED), reference=meant[0].reference)
        else:
            self._create(row, place)

    def _match(self, row: Row, held: Held, place: Place | None) -> None:
        given = self._given(row, held.county_id) | _moved(held, place)
        if given.get("category", held.card["category"]) != held.card["category"]:
            row.refuse("category", CATEGORY_STAYS)
        self._check(row, {**held.card, **given})
        if row.problems:
            self.plan.refused.append(row)
        elif first := self.taken.get(held.id):
            self._double(row, say(SAME_ROW), of=first)
        else:
            self.taken[held.id] = row
            changes = {name: (held.card[name], value) for name, value in given.items() if value != held.card[name]}
            match = Match(row, held.id, held.reference, held.version, changes)
            (self.plan.update if changes else self.plan.unchanged).append(match)

    def _create(self, row: Row, place: Place) -> None:
        card = {**BLANK, **self._given(row, place.county_id), "region_id": place.region_id}
        self._check(row, card)
        if row.problems:
            self.plan.refused.append(row)
            return
        key = (place.region_id, plain(card["name"]), card["category"])
        if first := self.taken.get(key):
            self._double(row, say(SAME_ROW), of=first)
            return
        self.taken[key] = row
        sketch = self.holdings.sketch(card, place.county_id, -len(self.taken))
        found = next(self.holdings.neighbourhood.alike(sketch), None)
        self.holdings.neighbourhood.add(sketch)
        self.fresh[sketch.key] = row
        if found is None:
            self.plan.create.append(Creation(row, card))
        else:
            held = self.holdings.held.get(found[0].key)
            reference = held.reference if held else ""
            self._double(row, found[1], reference=reference, of=self.fresh.get(found[0].key), card=card)

    def _given(self, row: Row, county_id: int) -> dict[str, Any]:
        given = {name: row.values[name] for name in BLANK if name in row.values}
        for name in UNITS.keys() & given.keys():
            given[name] = self.holdings.units[county_id][given[name]]
        return given

    def _check(self, row: Row, card: Mapping[str, Any]) -> None:
        for name, sentences in problems_of(card, self.holdings.today).items():
            for sentence in sentences if name not in row.wrong else ():
                row.refuse(name, sentence)

    def _double(self, row: Row, why: Sentence, **more: Any) -> None:  # noqa: ANN401 - as Double takes it
        self.plan.duplicates.append(Double(row, why, **more))


def make_plan(read: ReadRegister, holdings: Holdings) -> Plan:
    """Say what is to become of every row of a file; what was read stays as it was."""
    planner = _Planner(holdings, Plan([], [], [], [], [], read.ignored))
    for row in read.rows:
        planner.judge(replace(row, problems=[*row.problems], wrong={*row.wrong}))
    return planner.plan


def _may_be(held: Held, row: Row, place: Place) -> bool:
    """Whether a site of the same name may be meant: the same kind of thing, in the same place as far as both say."""
    same_kind = row.values.get("category", held.card["category"]) == held.card["category"]
    county_only = held.county_id in (place.region_id, held.card["region_id"])
    return same_kind and (county_only or place.region_id == held.card["region_id"] or not place.said)


def _moved(held: Held, place: Place | None) -> dict[str, Any]:
    """The region a site is moved to: one that the row says, unless it only repeats the county."""
    said = place is not None and place.said and place.region_id != held.county_id
    return {"region_id": place.region_id} if place and said else {}
