"""Tell what a heading means, however a county writes it (domain reference §8, cases 28 and 29)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from inspect_app.returns.fields import Field
from inspect_app.returns.synonyms import SYNONYMS

CIRCLED = re.compile(r"[①-⑳⓪❶-❿]")
MARKS = re.compile(r"^[\s*★☆●·]+|^(?:[(（]?\d{1,2}[)）.、])+|[\s*：:]+$")
BRACKETS = re.compile(r"[(（\[【〔<].*?[)）\]】〕>]")
NOT_WORD = re.compile(r"[\W_]+")
FUZZY_FROM = 4
LONGEST = 40


class Match(NamedTuple):
    """What a heading means; a lower rank is the more usual name, `sure` is False for a misspelt one."""

    field: Field
    rank: int
    sure: bool = True


KNOWN: Mapping[str, Match] = {
    name: Match(field, rank) for field, names in SYNONYMS.items() for rank, name in enumerate(names.split())
}


def heading_key(text: str) -> str:
    """A heading without numbering, stars, white space and punctuation: "①整改 措施*" is "整改措施"."""
    return NOT_WORD.sub("", MARKS.sub("", unicodedata.normalize("NFKC", CIRCLED.sub("", text)))).lower()


@lru_cache(maxsize=4096)
def match_heading(text: str, *, misspelt: bool = True) -> Match | None:
    """The field a heading names: as it stands, without what stands in brackets, or with one letter wrong."""
    key = heading_key(text) if len(text) <= LONGEST else ""
    if not key:
        return None
    outside = heading_key(BRACKETS.sub("", unicodedata.normalize("NFKC", text)))
    known = KNOWN.get(key) or KNOWN.get(outside)
    return known or ((_misspelt(key) or _misspelt(outside)) if misspelt else None)


def match_path(path: tuple[str, ...]) -> Match | None:
    """The field of a heading under its group headings: "检查情况" above "时间" is the day of finding."""
    *groups, heading = path
    leaf = match_heading(heading)
    if len(heading) > LONGEST or not BRACKETS.sub("", heading):
        return leaf
    for group in reversed(groups):
        for both in (group + heading, group.removesuffix("情况") + heading) if not leaf else ():
            leaf = leaf or match_heading(both, misspelt=False)
    return leaf


def _misspelt(key: str) -> Match | None:
    if len(key) < FUZZY_FROM:
        return None
    names = {name for short in (key, *_shortened(key)) for name in NEARBY.get(short, ()) if _one_letter_off(key, name)}
    near = {KNOWN[name].field: KNOWN[name] for name in names}
    if len(near) != 1:
        return None
    (match,) = near.values()
    return match._replace(sure=False, rank=match.rank + 100)


def _one_letter_off(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    same = next((index for index, letter in enumerate(short) if letter != long[index]), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def _shortened(name: str) -> Iterator[str]:
    return (name[:index] + name[index + 1 :] for index in range(len(name)))


def _nearby() -> dict[str, list[str]]:
    """Every known name under itself and under what is left of it without one letter."""
    nearby: dict[str, list[str]] = {}
    for name in KNOWN:
        for short in (name, *_shortened(name)) if len(name) >= FUZZY_FROM else ():
            nearby.setdefault(short, []).append(name)
    return nearby


NEARBY = _nearby()
