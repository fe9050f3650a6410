"""Does a bulletin add up, who stands where, whom it names, and may it say what was written. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inspect_app.core.labels import Sentence, mark, say

TOKEN = re.compile(r"【([^【】]*)】")
# a number with a unit of counting is a figure; a day, an article or the name of a document is none
WRITTEN = re.compile(
    r"(?<![第0-9０-９.])[0-9０-９]+(?:[.．][0-9０-９]+)?\s*(?:%|％|个百分点|[条项家处起次个分名户座栋])"
)
IN_CHARACTERS = re.compile(
    r"百分之[零一二三四五六七八九十百点]+"
    r"|(?<![第一二三四五六七八九十百千万两])[一二三四五六七八九十百千万两]{2,}[条项家处起次个户座栋]"
)
SHOWN_REFERENCES = 5


@dataclass(frozen=True)
class Balance:
    """Found against the groups it falls into: `lost` rows stand in none, `doubled` in several.

    `strange` ones stand in a group without having been found. `where` names the region.
    """

    where: str
    found: int
    groups: tuple[tuple[str, int], ...]
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """What the groups add up to."""
        return sum(number for _name, number in self.groups)

    @property
    def holds(self) -> bool:
        """Whether every row found stands in exactly one group, and nothing else does."""
        return self.found == self.total and not (self.lost or self.doubled or self.strange)


def balance(where: str, found: Collection[str], groups: Mapping[str, Collection[str]]) -> Balance:
    """Compare the references of what was found with those of the groups, one by one."""
    seen: dict[str, int] = {}
    for references in groups.values():
        for reference in references:
            seen[reference] = seen.get(reference, 0) + 1
    every = set(found)
    return Balance(
        where=where,
        found=len(found),
        groups=tuple((name, len(references)) for name, references in groups.items()),
        lost=tuple(sorted(every - seen.keys())),
        doubled=tuple(sorted(reference for reference, times in seen.items() if times > 1)),
        strange=tuple(sorted(seen.keys() - every)),
    )


def out_of_balance(found: Balance, labels: Mapping[str, str]) -> Sentence:
    """Say with the numbers how a bulletin fails to add up, and which rows are to blame."""
    blamed = [*found.lost, *found.doubled, *found.strange][:SHOWN_REFERENCES]
    return say(
        mark(
            "%(where)s发现 %(found)s，而%(groups)s合计 %(total)s，数字不闭合%(rows)s。"
            "请重新取数；仍不闭合的，先核对这些隐患。"
        ),
        where=found.where,
        found=found.found,
        groups="、".join(f"{labels[name]} {number}" for name, number in found.groups),
        total=found.total,
        rows=f"（{'、'.join(blamed)}）" if blamed else "",
    )


def share(numerator: int, denominator: int | None) -> Fraction | None:
    """Return the value of a rate (a count where there is no denominator); None where nothing was to be counted."""
    if denominator is None:
        return Fraction(numerator)
    return Fraction(numerator, denominator) if denominator else None


def ranked(values: Mapping[str, Fraction | None], *, highest_first: bool) -> dict[str, int | None]:
    """Rank by value, equal ones on one place and the next skipped; what is unknown has no place."""
    known = [value for value in values.values() if value is not None]

    def place(value: Fraction) -> int:
        return 1 + sum((other > value) if highest_first else (other < value) for other in known)

    return {key: None if value is None else place(value) for key, value in values.items()}


def fulfils(value: Fraction | None, at_least: Decimal | None, at_most: Decimal | None) -> bool:
    """Tell whether a value lies within its bounds, both included; what is unknown does not."""
    return (
        value is not None
        and (at_least is None or value >= Fraction(at_least))
        and (at_most is None or value <= Fraction(at_most))
    )


def first_places(values: Mapping[str, Fraction | None], *, most: int, highest_first: bool) -> list[str]:
    """Return who stands on the first `most` places, the first one first.

    Who shares the last of them is named as well, so that no order of the alphabet decides.
    """
    places = ranked(values, highest_first=highest_first)
    named = [(place, key) for key, place in places.items() if place is not None and place <= most]
    return [key for _place, key in sorted(named)]


def tokens(text: str) -> list[str]:
    """List the names of figures that a text holds, as 【发现隐患】, in order."""
    return [name.strip() for name in TOKEN.findall(text)]


def wording_problems(text: str, known: Collection[str], unfit: Sequence[str]) -> list[Sentence]:
    """Say what is wrong with a written text: unknown figures, figures by hand, what must not be published."""
    found = [
        say(mark("没有名为“%(name)s”的数字，可用的有：%(known)s。"), name=name, known="、".join(known))
        for name in tokens(text)
        if name not in known
    ]
    plain = TOKEN.sub("", text)
    if "【" in plain or "】" in plain:
        found.append(say(mark("数字的括号【】没有成对，请补全。")))
    by_hand = [*WRITTEN.findall(plain), *IN_CHARACTERS.findall(plain)]
    written = mark("“%(number)s”是手写的数字，请换成【】中的数字，这样才有出处可查。")
    found += [say(written, number=number) for number in by_hand]
    barred = mark("有“%(word)s”：震情会商和危险区信息不得公开，请删去。")
    found += [say(barred, word=word) for word in unfit if word in text]
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put figures into a text; KeyError for a name that has none."""
    return TOKEN.sub(lambda found: values[found[1].strip()], text)


def pieces(text: str) -> list[tuple[str, str]]:
    """Split a text into (plain text, "") and ("", name of a figure), in order, for pages that link the figures."""
    parts = TOKEN.split(text)
    return [("", part.strip()) if number % 2 else (part, "") for number, part in enumerate(parts) if part]
