"""Tell what a heading means, however it is dressed or misspelt (domain reference §8, cases 28 and 29)."""

import re
import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from inspect_app.workbooks.variants import simplified

Meaning = TypeVar("Meaning", bound=Hashable)

CIRCLED = re.compile(r"[①-⑳⓪❶-❿]")
MARKS = re.compile(r"^[\s*★☆●·]+|^(?:[(（]?\d{1,2}[)）.、])+|[\s*：:]+$")
BRACKETS = re.compile(r"[(（\[【〔<].*?[)）\]】〕>]")
NOT_WORD = re.compile(r"[\W_]+")
FUZZY_FROM = 4
LONGEST = 40
MISSPELT_RANK = 100


class Match(NamedTuple, Generic[Meaning]):
    """What a heading means; a lower rank is the more usual name, `sure` is False for a misspelt one."""

    field: Meaning
    rank: int
    sure: bool = True


def heading_key(text: str) -> str:
    """A heading without numbering, stars, white space and punctuation: "①整改 措施*" is "整改措施"."""
    plain = simplified(unicodedata.normalize("NFKC", CIRCLED.sub("", text)))
    return NOT_WORD.sub("", MARKS.sub("", plain)).lower()


class Headings(Generic[Meaning]):
    """The names of columns: for every meaning its synonyms, apart by white space, the more usual first."""

    def __init__(self, synonyms: Mapping[Meaning, str]) -> None:
        self.known: Mapping[str, Match[Meaning]] = {
            name: Match(field, rank) for field, names in synonyms.items() for rank, name in enumerate(names.split())
        }
        self._nearby: dict[str, list[str]] = {}
        for name in self.known:
            for short in (name, *_shortened(name)) if len(name) >= FUZZY_FROM else ():
                self._nearby.setdefault(short, []).append(name)

    def match(self, text: str, *, misspelt: bool = True) -> Match[Meaning] | None:
        """The meaning of a heading: as it stands, without what stands in brackets, or with one letter wrong."""
        key = heading_key(text) if len(text) <= LONGEST else ""
        if not key:
            return None
        outside = heading_key(BRACKETS.sub("", unicodedata.normalize("NFKC", text)))
        known = self.known.get(key) or self.known.get(outside)
        return known or ((self._misspelt(key) or self._misspelt(outside)) if misspelt else None)

    def _misspelt(self, key: str) -> Match[Meaning] | None:
        if len(key) < FUZZY_FROM:
            return None
        candidates = {name for short in (key, *_shortened(key)) for name in self._nearby.get(short, ())}
        near = {self.known[name].field: self.known[name] for name in candidates if _one_letter_off(key, name)}
        if len(near) != 1:
            return None
        (match,) = near.values()
        return match._replace(sure=False, rank=match.rank + MISSPELT_RANK)


def _one_letter_off(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    same = next((index for index, letter in enumerate(short) if letter != long[index]), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def _shortened(name: str) -> Iterator[str]:
    return (name[:index] + name[index + 1 :] for index in range(len(name)))
