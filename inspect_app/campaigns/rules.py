"""Pure decisions about a campaign: its number, its aim, its teams, what every round must look at."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from inspect_app.campaigns.kinds import KINDS
from inspect_app.core.labels import Sentence, mark, say

TEAM_LEAST = 2
LONGEST = timedelta(days=366)
_BRACKETS = re.compile(r"[\[［【(（〔]\s*(\d{4})\s*[\]］】)）〕]")
_NUMBER = re.compile(r"\S+〔(?:19|20)\d\d〕第?[1-9]\d*号")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True)
class Aim:
    """How many objects are wanted. At least so many a county and a civil township, all key objects, a share of all.

    `cross`: nobody visits the county they come from. `objects`: how many objects a journey takes in besides the county.
    `uncovered_only`: of counties and townships only those that nobody has visited in the year, as coverage counts it.
    """

    per_county: int = 0
    per_township: int = 0
    key_objects: bool = False
    share: Decimal | None = None
    cross: bool = False
    objects: int = 0
    uncovered_only: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the aim as a campaign keeps it."""
        share = None if self.share is None else str(self.share)
        return {**self.__dict__, "share": share}

    @property
    def asks(self) -> bool:
        """Whether it asks for any object at all."""
        return bool(self.per_county or self.per_township or self.key_objects or self.share)


def aim_of(kept: Mapping[str, Any]) -> Aim:
    """Read a kept aim; what is absent asks for nothing."""
    share = kept.get("share")
    try:
        wanted = None if share in (None, "") else Decimal(str(share))
    except InvalidOperation:
        wanted = None
    return Aim(
        per_county=int(kept.get("per_county") or 0),
        per_township=int(kept.get("per_township") or 0),
        key_objects=bool(kept.get("key_objects")),
        share=wanted,
        cross=bool(kept.get("cross")),
        objects=int(kept.get("objects") or 0),
        uncovered_only=bool(kept.get("uncovered_only")),
    )


def own_people(kind: str) -> bool:
    """Tell whether the counties' own people go."""
    return KINDS[kind].own_people


def tidy_number(text: str) -> str:
    """Write the year of a document number in the brackets of official documents (domain reference §5.5)."""
    return _BRACKETS.sub(r"〔\1〕", "".join(text.translate(_DIGITS).split()))


def numbered(text: str) -> bool:
    """Tell whether a document number is complete: 塔地震指办〔2026〕12号."""
    return bool(_NUMBER.fullmatch(text))


def period_problems(starts_on: date, ends_on: date) -> dict[str, list[str]]:
    """Return what is wrong with the first and the last day."""
    if ends_on < starts_on:
        return {"ends_on": [mark("结束日期早于开始日期。")]}
    if ends_on - starts_on > LONGEST:
        return {"ends_on": [mark("一个方案最长一年，请分年制定。")]}
    return {}


def aim_problems(aim: Aim) -> dict[str, list[str]]:
    """Return what is wrong with an aim by form field."""
    found = {}
    if aim.share is not None and not (aim.share.is_finite() and 0 < aim.share <= 1):
        found["share"] = [mark("比例应大于 0、不超过 100%。")]
    for name in ("per_county", "per_township", "objects"):
        if not 0 <= getattr(aim, name) <= 1000:  # noqa: PLR2004 - more is a slip of the finger
            found[name] = [mark("数量应在 0–1000 之间。")]
    return found


def team_problems(teams: Sequence[Sequence[tuple[str, str | None]]]) -> list[Sentence]:
    """Return what is wrong with teams, given (name, credential number) of each member, in the order of the teams."""
    found = []
    for number, team in enumerate(teams, 1):
        if len(team) < TEAM_LEAST:
            found.append(say(mark("第 %(number)s 组不足两人。"), number=number))
        for name, credential in team:
            if not (credential or "").strip():
                found.append(say(mark("%(name)s没有检查证号，请由安全管理员补登。"), name=name))
    return found + _twice(teams)


def _twice(teams: Sequence[Sequence[tuple[str, str | None]]]) -> list[Sentence]:
    found: list[Sentence] = []
    seen: set[tuple[str, str | None]] = set()
    for team in teams:
        for member in team:
            if member in seen:
                found.append(say(mark("%(name)s编在不止一个组里。"), name=member[0]))
            seen.add(member)
    return found


@dataclass(frozen=True)
class Looked:
    """A must-look area beside the items of the chosen lists that look at it."""

    code: str
    title: str
    items: tuple[str, ...]

    @property
    def covered(self) -> bool:
        """Whether some item looks at it."""
        return bool(self.items)


def looked_at(areas: Iterable[tuple[str, str, Collection[str]]], asked: Collection[str]) -> list[Looked]:
    """Pair areas, given as (code, title, codes of items that look at it), with those of these items that are asked."""
    return [Looked(code, title, tuple(item for item in items if item in asked)) for code, title, items in areas]
