"""What the seismic card of a site gives cause for (domain reference C03-03, C03-04). Pure."""

from datetime import date
from typing import NamedTuple, Protocol

from inspect_app.core.labels import Sentence, mark, say

STANDARD_YEAR = 2008
BUILDINGS = frozenset({"C01", "C02", "C03", "C04", "C05", "C06", "C07a", "C07b", "C07c", "C07d", "C08", "C11", "C17"})

OLD = mark("建成于 %(standard)s 年以前（%(year)s 年），没有抗震性能鉴定记录：须鉴定（C03-03）。")
UNFORTIFIED = mark("设防类别和设防烈度都没有记录，也没有鉴定记录：请先核实是否经过设防，未设防的须鉴定（C03-03）。")
UNDATED = mark("建成年份未知，也没有鉴定记录：请先核实年份，%(standard)s 年以前建成的须鉴定（C03-03）。")
NOT_RETROFITTED = mark("鉴定结论为须加固，没有加固记录：加固完成前应停用或限制使用（C03-04）。")
STILL_USED = mark("鉴定结论为须停用，仍登记为在册使用：请核实是否已停用（C03-05）。")


class Card(Protocol):
    """The part of a site that is looked at."""

    category: str
    built_year: int | None
    fortification_category: str | None
    fortification_intensity: int | None
    appraised_on: date | None
    appraisal_result: str | None
    retrofitted_on: date | None


class Finding(NamedTuple):
    """A sentence and its tone: "late" where a rule asks for something, "wait" where something must be found out."""

    tone: str
    sentence: Sentence


def age(built_year: int | None, today: date) -> int | None:
    """Return the full years since a building was finished, None when that is unknown or lies ahead."""
    return today.year - built_year if built_year is not None and built_year <= today.year else None


def findings(card: Card) -> list[Finding]:
    """Return what the card gives cause for; lists of things that are not built are not judged."""
    if card.category not in BUILDINGS:
        return []
    if card.appraisal_result == "stop_use":
        return [Finding("late", say(STILL_USED))]
    if card.appraisal_result == "retrofit" and card.retrofitted_on is None:
        return [Finding("late", say(NOT_RETROFITTED))]
    if card.appraisal_result or card.appraised_on:
        return []
    return _unappraised(card)


def _unappraised(card: Card) -> list[Finding]:
    if card.built_year is not None and card.built_year < STANDARD_YEAR:
        return [Finding("late", say(OLD, standard=STANDARD_YEAR, year=card.built_year))]
    if card.built_year is None:
        return [Finding("wait", say(UNDATED, standard=STANDARD_YEAR))]
    unknown = card.fortification_category is None and card.fortification_intensity is None
    return [Finding("wait", say(UNFORTIFIED))] if unknown else []
