"""Which findings at one place may be one and the same, entered twice. Pure: values in, pairs with their reason out.

Only wording is compared: what tells two findings apart (numbers, letters, compass points) must be the same in both.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from inspect_app.core.labels import Sentence, mark, say

ALIKE, ALIKE_AT_ONE_ITEM = 0.6, 0.3
LOOKED_BACK = 30
NOT_WORD = re.compile(r"[\W_]+")
TELLING = re.compile(r"\d+|[a-z]+|[一二三四五六七八九十甲乙丙丁东南西北]")
SAME_WORDS = mark("同一检查对象，描述相同")
SAME_ITEM = mark("同一检查对象、同一检查项，描述相近（%(percent)s%%）")
SIMILAR_WORDS = mark("同一检查对象，描述相近（%(percent)s%%）")


class Sketch(NamedTuple):
    """What is compared of a hazard: its key, the place it was found at, the item it failed and how it is described."""

    key: int
    place: Hashable
    item_code: str
    description: str


class Read(NamedTuple):
    """A sketch whose description has been taken apart: what tells it apart, and every two characters in a row."""

    sketch: Sketch
    plain: str
    telling: tuple[str, ...]
    twos: frozenset[str]


def pairs(sketches: Iterable[Sketch]) -> Iterator[tuple[int, int, Sentence]]:
    """Give every pair of keys that may be one finding, the earlier first; each is compared with the last few there."""
    known: dict[Hashable, list[Read]] = defaultdict(list)
    for sketch in sketches:
        read = _read(sketch)
        for other in known[sketch.place][-LOOKED_BACK:]:
            if why := likeness(other, read):
                yield other.sketch.key, sketch.key, why
        known[sketch.place].append(read)


def likeness(one: Read, other: Read) -> Sentence | None:
    """Say why two findings at one place may be one, if they may."""
    if one.telling != other.telling:
        return None
    if one.plain == other.plain:
        return say(SAME_WORDS)
    share = 2 * len(one.twos & other.twos) / ((len(one.twos) + len(other.twos)) or 1)
    if one.sketch.item_code and one.sketch.item_code == other.sketch.item_code:
        return say(SAME_ITEM, percent=round(share * 100)) if share >= ALIKE_AT_ONE_ITEM else None
    return say(SIMILAR_WORDS, percent=round(share * 100)) if share >= ALIKE else None


def _read(sketch: Sketch) -> Read:
    plain = NOT_WORD.sub("", sketch.description).lower()
    twos = frozenset(plain[start : start + 2] for start in range(len(plain) - 1))
    return Read(sketch, plain, tuple(sorted(TELLING.findall(plain))), twos)
