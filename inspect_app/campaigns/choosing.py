"""Choosing the objects of a campaign by its aim. Pure; every choice says why, every aim out of reach is named.

Within a place the order is: never visited, failed last time, visited longest ago; key objects first among equals.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING

from inspect_app.campaigns import reasons
from inspect_app.campaigns.rules import Aim
from inspect_app.core.labels import Sentence, mark, say


@dataclass(frozen=True)
class Candidate:
    """An object in scope. `township` is "" where it lies in none that counts; `planned`: this campaign visits it."""

    reference: str
    county: str
    township: str = ""
    key_object: bool = False
    last_visited_on: date | None = None
    failed: bool = False
    planned: bool = False


@dataclass(frozen=True)
class Choice:
    """The chosen objects, each with its reasons in the order chosen, and what the aim asks for but the scope lacks."""

    chosen: dict[str, tuple[str, ...]]
    short: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Place:
    """A county or township in scope that the aim counts by."""

    code: str
    name: str


def choose(candidates: Sequence[Candidate], aim: Aim, counties: Sequence[Place], townships: Sequence[Place]) -> Choice:
    """Choose what is missing to reach the aim; objects that the campaign visits already count and are not returned."""
    ranked = sorted(candidates, key=_rank)
    chosen: dict[str, tuple[str, ...]] = {}
    if aim.key_objects:
        _take(chosen, (each for each in ranked if each.key_object and not each.planned), reasons.KEY)
    short = _per_place(ranked, chosen, townships, aim.per_township, (reasons.TOWNSHIP, lambda each: each.township))
    short += _per_place(ranked, chosen, counties, aim.per_county, (reasons.COUNTY, lambda each: each.county))
    if aim.share:
        wanted = int((len(ranked) * aim.share).to_integral_value(ROUND_CEILING))
        held = len(chosen) + sum(each.planned for each in ranked)
        free = [each for each in ranked if not each.planned and each.reference not in chosen]
        _take(chosen, free[: max(0, wanted - held)], reasons.SHARE)
    return Choice(chosen, tuple(short))


def standing(candidate: Candidate) -> str:
    """Return the reason that lies in the history of an object."""
    if candidate.last_visited_on is None:
        return reasons.NEVER
    return reasons.FAILED if candidate.failed else reasons.LONG_AGO


def _rank(candidate: Candidate) -> tuple[int, date, bool, str]:
    order = (reasons.NEVER, reasons.FAILED, reasons.LONG_AGO).index(standing(candidate))
    return order, candidate.last_visited_on or date.min, not candidate.key_object, candidate.reference


def _take(chosen: dict[str, tuple[str, ...]], candidates: Iterable[Candidate], because: str) -> None:
    for each in candidates:
        chosen.setdefault(each.reference, (because, standing(each)))


def _per_place(
    ranked: Sequence[Candidate],
    chosen: dict[str, tuple[str, ...]],
    places: Sequence[Place],
    wanted: int,
    by: tuple[str, Callable[[Candidate], str]],
) -> list[Sentence]:
    """Fill every place up to `wanted`; returns a sentence for each that has too few objects."""
    if not wanted:
        return []
    because, place_of = by
    inside: dict[str, list[Candidate]] = {}
    for each in ranked:
        inside.setdefault(place_of(each), []).append(each)
    short = []
    for place in places:
        own = inside.get(place.code, [])
        held = sum(each.planned or each.reference in chosen for each in own)
        free = [each for each in own if not each.planned and each.reference not in chosen]
        _take(chosen, free[: max(0, wanted - held)], because)
        if len(own) < wanted:
            short.append(_lacking(place, wanted, len(own)))
    return short


def _lacking(place: Place, wanted: int, there: int) -> Sentence:
    if there == 0:
        return say(mark("%(place)s在范围内没有登记检查对象，请先登记。"), place=place.name)
    message = mark("%(place)s要求 %(wanted)s 个对象，范围内只有 %(there)s 个。")
    return say(message, place=place.name, wanted=wanted, there=there)
