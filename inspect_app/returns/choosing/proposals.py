"""Propose what a column means that nobody knows: by its heading, and by what stands below it. Never believed alone."""

import re
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from inspect_app.core.labels import mark
from inspect_app.returns.columns import KNOWN
from inspect_app.returns.fields import CORE, DATES, LABELS, Field
from inspect_app.returns.places import Places
from inspect_app.returns.values import read_grade, read_status
from inspect_app.workbooks.cells import as_person, as_text
from inspect_app.workbooks.headings import heading_key

OFFERED = (*CORE, Field.REFERENCE, Field.COUNTY)
"""What a person may say that a column means; "" besides, for a column that is not read."""
OFFERED_LABELS: Mapping[Field, str] = {**LABELS, Field.REFERENCE: mark("隐患编号")}
LOOKED_AT = 40
HEADING_WEIGHT, CONTENT_WEIGHT = 0.55, 0.45
LEAST, CERTAIN = 0.35, 0.95
LONG_TEXT = 8
PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
UNIT = re.compile(r".{2,}(?:[局办站所队厂镇乡委院校部村店社]|公司|中心|政府|街道|社区|集团|小区|幼儿园)$")
DAY = re.compile(r"(?:\d{4}|\d{2})[.\-/年]\d{1,2}(?:[.\-/月]\d{1,2}日?)?|\d{1,2}月\d{1,2}日?|\d{8}")
NUMBER = re.compile(r"[A-Za-z]{2,4}-\d{6}-.+")

Test = Callable[[Hashable, str, Places], bool]


class Proposal(NamedTuple):
    """What a column may mean, and how much speaks for it, from 0 to 1."""

    field: Field
    confidence: float


def propose(heading: str, cells: Sequence[Hashable], taken: Collection[Field], places: Places) -> Proposal | None:
    """The likeliest field for a column, none that another column surely holds; None when too little speaks for any."""
    filled = [cell for cell in cells if as_text(cell)][:LOOKED_AT]
    alike = _alike(heading_key(heading))
    candidates = [
        Proposal(field, _confidence(alike.get(field, 0.0), _share(field, filled, places)))
        for field in OFFERED
        if field not in taken
    ]
    best = max(candidates, key=lambda each: each.confidence, default=None)
    return best if best and best.confidence >= LEAST else None


def _confidence(heading: float, content: float) -> float:
    return round(min(HEADING_WEIGHT * heading + CONTENT_WEIGHT * content, CERTAIN), 2)


@lru_cache(maxsize=512)
def _alike(key: str) -> Mapping[Field, float]:
    """How like a heading is to the nearest name of each field; a name within it counts by its share."""
    best: dict[Field, float] = {}
    for name, match in KNOWN.items():
        if match.field in OFFERED and key:
            ratio = SequenceMatcher(None, key, name, autojunk=False).ratio()
            best[match.field] = max(best.get(match.field, 0.0), ratio)
    return best


def _share(field: Field, cells: Sequence[Hashable], places: Places) -> float:
    test = TESTS.get(field)
    if not cells or test is None:
        return 0.0
    return sum(test(cell, as_text(cell), places) for cell in cells) / len(cells)


def _is_day(cell: Hashable, text: str, _places: Places) -> bool:
    return isinstance(cell, date) or bool(DAY.match(text))


def _is_township(_cell: Hashable, text: str, places: Places) -> bool:
    return places.township(text) is not None


def _is_person(cell: Hashable, text: str, _places: Places) -> bool:
    return bool(PERSON.fullmatch(as_person(cell))) and not UNIT.fullmatch(text) and not _is_word(cell, text, _places)


def _is_unit(_cell: Hashable, text: str, _places: Places) -> bool:
    return bool(UNIT.fullmatch(text))


def _is_long(_cell: Hashable, text: str, _places: Places) -> bool:
    return len(text) >= LONG_TEXT and not DAY.match(text) and not UNIT.fullmatch(text)


def _is_grade(cell: Hashable, text: str, _places: Places) -> bool:
    return bool(text) and read_grade(cell).grade is not None


def _is_status(cell: Hashable, text: str, _places: Places) -> bool:
    return not isinstance(cell, int | float) and bool(text) and read_status(cell).status is not None


def _is_word(cell: Hashable, text: str, places: Places) -> bool:
    return _is_grade(cell, text, places) or _is_status(cell, text, places)


def _is_number(_cell: Hashable, text: str, _places: Places) -> bool:
    return bool(NUMBER.fullmatch(text))


TESTS: Mapping[Field, Test] = {
    **dict.fromkeys(DATES, _is_day),
    Field.TOWNSHIP: _is_township,
    Field.SITE: _is_unit,
    Field.RESPONSIBLE_UNIT: _is_unit,
    Field.RESPONSIBLE_PERSON: _is_person,
    Field.DESCRIPTION: _is_long,
    Field.MEASURES: _is_long,
    Field.GRADE: _is_grade,
    Field.STATUS: _is_status,
    Field.REFERENCE: _is_number,
}
