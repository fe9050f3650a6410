"""Random draws (双随机) that anybody can repeat: objects by lot, then inspectors by lot, from a pool, rules and a seed.

Nothing but SHA-256 and logarithms to 34 digits decides, so that the same pool, rules and seed give the same result on
any machine, in any order of the pool, in any language. The lot of a thing is

    u = (the first 16 hex digits of SHA-256("seed|purpose|thing") + 1) / (2**64 + 1),        0 < u < 1

and objects are taken by ascending -ln(u) / weight: a draw without replacement in which the chance of an object goes
with its weight. People, who all weigh the same, are taken by the ascending digits themselves. Pure.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from inspect_app.core.frozen import freeze
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.core.lots import EXACT, lot, ticket

SHOWN = Decimal("0.000001")
FULL_SCORE = Decimal(100)
METHOD = 1


class Why(StrEnum):
    """Why an object is in the result."""

    BACKLOG = "backlog"
    COUNTY = "county"
    LOT = "lot"


WHY_LABELS = {
    Why.BACKLOG: mark("必查（久未检查或上次不合格）"),
    Why.COUNTY: mark("本县保底"),
    Why.LOT: mark("随机抽中"),
}


@dataclass(frozen=True)
class Candidate:
    """An object in the pool. `exposure` weighs what would suffer; `last_score` is 0 to 100, None when never scored."""

    reference: str
    county: str
    category: str
    exposure: Decimal = Decimal(1)
    last_visited_on: date | None = None
    last_score: Decimal | None = None


@dataclass(frozen=True)
class Person:
    """An inspector in the pool; `avoids` holds the references of objects that this person keeps away from."""

    key: str
    name: str
    avoids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pool:
    """The two lists that a draw takes from (检查对象名录库、检查人员名录库)."""

    objects: tuple[Candidate, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Rules:
    """What a draw must do.

    At least `share` of the pool is drawn (0.1 for 10 %, rounded up), and `per_county` objects of every county. On the
    day `on`, an object that was never visited or not for more than `backlog_days`, or that scored below
    `failing_below`, is backlog: it is taken before all others, and all of it is taken when `whole_backlog`.
    The weight of an object is exposure x (100 - last score) / 100, never below `least_weight`; an object never scored
    counts with `unknown_score`. `method` is the number of the procedure above: another procedure gets another number.
    """

    on: date
    share: Decimal
    per_county: int = 0
    backlog_days: int | None = None
    failing_below: Decimal | None = None
    whole_backlog: bool = False
    unknown_score: Decimal = Decimal(50)
    least_weight: Decimal = Decimal("0.05")
    team_size: int = 2
    method: int = METHOD


@dataclass(frozen=True)
class Drawn:
    """An object in the result, in the order drawn, with its team; `short` when too few people may go there."""

    reference: str
    why: Why
    weight: Decimal
    lot: Decimal
    team: tuple[str, ...]
    short: bool = False


@dataclass(frozen=True)
class Result:
    """What came out: the objects in order, and how many were wanted."""

    wanted: int
    drawn: tuple[Drawn, ...] = field(default=())


def draw(pool: Pool, rules: Rules, seed: str) -> Result:
    """Draw objects, then a team for each. ValueError for twins in the pool or another method."""
    if rules.method != METHOD:
        msg = f"drawn by method {rules.method}, which this version does not know"
        raise ValueError(msg)
    _refuse_twins(each.reference for each in pool.objects)
    _refuse_twins(each.key for each in pool.people)
    weights = {each.reference: weight_of(each, rules) for each in pool.objects}
    lots = {reference: lot(seed, "object", reference, weight) for reference, weight in weights.items()}
    chosen = _choose(sorted(pool.objects, key=lambda each: (lots[each.reference], each.reference)), rules)
    teams = _teams(pool.people, list(chosen), rules.team_size, seed)
    drawn = tuple(
        Drawn(
            reference,
            why,
            weights[reference],
            lots[reference].quantize(SHOWN, context=EXACT),
            teams[reference],
            len(teams[reference]) < rules.team_size,
        )
        for reference, why in chosen.items()
    )
    return Result(wanted(pool, rules), drawn)


def wanted(pool: Pool, rules: Rules) -> int:
    """Return how many objects the share asks for."""
    return int((len(pool.objects) * rules.share).to_integral_value(ROUND_CEILING))


def weight_of(candidate: Candidate, rules: Rules) -> Decimal:
    """Return exposure x what the last score left open, as a chance relative to the others."""
    score = rules.unknown_score if candidate.last_score is None else candidate.last_score
    return max(candidate.exposure * (FULL_SCORE - score) / FULL_SCORE, rules.least_weight)


def is_backlog(candidate: Candidate, rules: Rules) -> bool:
    """Tell whether an object must be taken before all others."""
    failing = rules.failing_below is not None and candidate.last_score is not None
    if failing and candidate.last_score < rules.failing_below:  # type: ignore[operator] # both are there
        return True
    if rules.backlog_days is None:
        return False
    return candidate.last_visited_on is None or (rules.on - candidate.last_visited_on).days > rules.backlog_days


def fingerprint(pool: Pool, rules: Rules) -> str:
    """Return the SHA-256 of pool and rules, whatever the order of the pool."""
    content = {"pool": freeze(in_order(pool)), "rules": freeze(rules)}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def in_order(pool: Pool) -> Pool:
    """Return the same pool sorted by reference and key, as it is kept and published."""
    objects = sorted(pool.objects, key=lambda each: each.reference)
    return Pool(tuple(objects), tuple(sorted(pool.people, key=lambda each: each.key)))


def differences(kept: Pool, now: Pool) -> list[Sentence]:
    """Tell what changed between two pools, one sentence a change; empty when they are the same."""
    before, after = ({each.reference: each for each in pool.objects} for pool in (kept, now))
    people, today = ({each.key: each for each in pool.people} for pool in (kept, now))
    found = _sides(before, after, mark("检查对象 %(name)s 已不在库中。"), mark("库中新增检查对象 %(name)s。"))
    found += [
        say(mark("检查对象 %(name)s 的登记变了：%(what)s。"), name=name, what=_changed(before[name], after[name]))
        for name in sorted(before.keys() & after.keys())
        if before[name] != after[name]
    ]
    found += _sides(people, today, mark("检查人员 %(name)s 已不在库中。"), mark("库中新增检查人员 %(name)s。"))
    found += [
        say(mark("检查人员 %(name)s 的登记变了：%(what)s。"), name=name, what=_changed(people[name], today[name]))
        for name in sorted(people.keys() & today.keys())
        if people[name] != today[name]
    ]
    return found


def _choose(by_lot: Sequence[Candidate], rules: Rules) -> dict[str, Why]:
    """Return the chosen objects in the order taken: backlog, then each county's minimum, then the rest by lot."""
    size = int((len(by_lot) * rules.share).to_integral_value(ROUND_CEILING))
    backlog = [each for each in by_lot if is_backlog(each, rules)]
    chosen = {each.reference: Why.BACKLOG for each in (backlog if rules.whole_backlog else backlog[:size])}
    held = Counter(each.county for each in by_lot if each.reference in chosen)
    for each in by_lot:
        if each.reference not in chosen and held[each.county] < rules.per_county:
            chosen[each.reference] = Why.COUNTY
            held[each.county] += 1
    for each in by_lot:
        if len(chosen) >= size:
            break
        chosen.setdefault(each.reference, Why.LOT)
    return chosen


def _teams(people: Sequence[Person], references: Sequence[str], size: int, seed: str) -> dict[str, tuple[str, ...]]:
    """Give each object the people with the fewest objects so far, by lot among equals; who avoids it is left out."""
    load: Counter[str] = Counter()
    barred = {each.key: frozenset(each.avoids) for each in people}
    teams = {}
    for reference in references:
        able = [each.key for each in people if reference not in barred[each.key]]
        tickets = {key: ticket(seed, f"team|{reference}", key) for key in able}
        team = sorted(able, key=lambda key: (load[key], tickets[key], key))[:size]
        load.update(team)
        teams[reference] = tuple(team)
    return teams


def _sides(before: Mapping[str, object], after: Mapping[str, object], gone: str, come: str) -> list[Sentence]:
    lost = [say(gone, name=name) for name in sorted(before.keys() - after.keys())]
    return lost + [say(come, name=name) for name in sorted(after.keys() - before.keys())]


def _changed(before: object, after: object) -> str:
    old, new = freeze(before), freeze(after)
    names = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    return "，".join(f"{FIELD_LABELS[name]} {_told(old.get(name))}→{_told(new.get(name))}" for name in names)


def _told(value: object) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value)) or "无"
    return "无" if value is None else str(value)


FIELD_LABELS = {
    "county": mark("所在县区"),
    "category": mark("类别"),
    "exposure": mark("暴露度"),
    "last_visited_on": mark("上次检查"),
    "last_score": mark("上次得分"),
    "name": mark("姓名"),
    "avoids": mark("回避对象"),
}


def _refuse_twins(names: Iterable[str]) -> None:
    if twins := [name for name, times in Counter(names).items() if times > 1]:
        msg = f"twice in the pool: {', '.join(sorted(twins))}"
        raise ValueError(msg)
