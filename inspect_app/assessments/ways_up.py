"""The cheapest way up: which of the steps that are still possible bring a region to the next grade. Pure.

Steps that change the same figures by as much for the same effort are one kind, of which only the number matters. Lines
whose figures no step joins are weighed apart and their trade-offs joined (`frontier`), so that dozens of hazards are
looked through in no time; every way that is offered has been scored exactly.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments import wording
from inspect_app.assessments.definition import Grade, Indicator, Module, RegionAs, Scheme, VetoEffect
from inspect_app.assessments.earning import counted
from inspect_app.assessments.frontier import CLOSE, Counts, Part, frontier, joined
from inspect_app.assessments.rules import Fact
from inspect_app.assessments.scoring import Change, Line, Score, extra_lines, score
from inspect_app.core.labels import Sentence

OUTSIDE = ""


@dataclass(frozen=True)
class Move:
    """How a step changes the figures of one fact."""

    fact: str
    numerator: int | Decimal = 0
    denominator: int | Decimal = 0


@dataclass(frozen=True)
class Possible:
    """A step that can still be taken: what it is about, what it changes, its effort, and the last day it counts."""

    reference: str
    title: Sentence | str
    moves: tuple[Move, ...]
    effort: Decimal = Decimal(1)
    until: date | None = None


@dataclass(frozen=True)
class WayUp:
    """The cheapest steps to a grade, with the score before and after; without steps `why` says why there are none.

    `exact` tells that no cheaper set of steps exists; otherwise a greedy walk found it and left out what is not needed.
    """

    target: Grade | None
    steps: tuple[Possible, ...]
    before: Score
    after: Score
    exact: bool = True
    why: Sentence | None = None

    @property
    def effort(self) -> Decimal:
        """Effort of all steps."""
        return sum((step.effort for step in self.steps), Decimal(0))

    @property
    def gains(self) -> dict[str, Fraction]:
        """Points that each line gains, by its code; those that gain nothing are left out."""
        pairs = zip(self.before.lines, self.after.lines, strict=True)
        found = {one.indicator.code: (other.points or 0) - (one.points or Fraction(0)) for one, other in pairs}
        return {code: gain for code, gain in found.items() if gain}


@dataclass(frozen=True)
class _Asked:
    """What is scored, and the steps by kind."""

    scheme: Scheme
    facts: Mapping[str, Fact]
    region: RegionAs
    changes: Mapping[str, Change]
    kinds: tuple[tuple[Possible, ...], ...]

    def facts_after(self, counts: Counts) -> dict[str, Fact]:
        moves = ((move, count) for kind, count in counts for move in self.kinds[kind][0].moves)
        facts = dict(self.facts)
        for move, count in moves:
            fact = facts.get(move.fact, Fact(0))
            facts[move.fact] = replace(
                fact,
                numerator=fact.numerator + move.numerator * count,
                denominator=fact.denominator + move.denominator * count,
            )
        return facts

    def score_after(self, counts: Counts, scheme: Scheme | None = None) -> Score:
        return score(scheme or self.scheme, self.facts_after(counts), self.region, self.changes)

    def steps(self, counts: Counts) -> tuple[Possible, ...]:
        return tuple(step for kind, count in sorted(counts) for step in self.kinds[kind][:count])


def way_up(
    scheme: Scheme,
    facts: Mapping[str, Fact],
    steps: Collection[Possible],
    region: RegionAs,
    *,
    today: date,
    target: Grade | None = None,
    changes: Mapping[str, Change] | None = None,
) -> WayUp:
    """Find the cheapest steps to a grade, by default the next one; steps whose last day is over are not offered."""
    asked = _Asked(scheme, _counted(scheme, facts, region), region, changes or {}, _kinds(steps, today))
    before = asked.score_after(())
    wanted = target or _next(before.grade)
    stopped = _stopped(before, wanted)
    if wanted is None or stopped is not None:
        return WayUp(wanted, (), before, before, why=stopped)
    return _found(asked, before, wanted)


def _counted(scheme: Scheme, facts: Mapping[str, Fact], region: RegionAs) -> dict[str, Fact]:
    """Return the figures in the place of single values, so that a step can add one to them."""
    rules = {each.fact_name: each.rule for each in scheme.settled_for(region).indicators}
    return {name: counted(rules[name], fact) if name in rules else fact for name, fact in facts.items()}


def _kinds(steps: Collection[Possible], today: date) -> tuple[tuple[Possible, ...], ...]:
    kinds: dict[object, list[Possible]] = {}
    for step in sorted(steps, key=lambda step: (step.until or date.max, step.reference)):
        if step.until is None or step.until >= today:
            kinds.setdefault((step.moves, step.effort), []).append(step)
    return tuple(map(tuple, kinds.values()))


def _next(grade: Grade | None) -> Grade | None:
    grades = list(Grade)
    return None if grade is None or grade is grades[0] else grades[grades.index(grade) - 1]


def _stopped(before: Score, wanted: Grade | None) -> Sentence | None:
    if before.grade is None:
        return wording.why_no_grade()
    if wanted is None or list(Grade).index(before.grade) <= list(Grade).index(wanted):
        return wording.why_nothing_above()
    effects = {veto.effect for veto, _why in before.vetoes}
    if effects & {VetoEffect.ZERO, VetoEffect.FAIL} or (effects and wanted is Grade.EXCELLENT):
        return wording.why_veto_stands()
    return None


def _found(asked: _Asked, before: Score, wanted: Grade) -> WayUp:
    bound = next(band.at_least for band in asked.scheme.grades if band.grade is wanted) / 100
    lifted = wanted is not asked.scheme.grades[-2].grade
    parts = list(_parts(asked, before, bound, lifted=lifted))
    start = sum((line.points or Fraction(0) for line in before.lines), _outside(asked, (), lifted=lifted))
    needed = float(Fraction(bound) * before.full - start)
    exact = all(part.exhaustive for part in parts)
    for choice in joined([frontier(part) for part in parts], needed):
        if choice.value < needed - CLOSE:
            continue
        if _reaches(asked, choice.counts, wanted):
            counts = choice.counts if exact else _pruned(asked, choice.counts, wanted)
            return WayUp(wanted, asked.steps(counts), before, asked.score_after(counts), exact)
        exact = False
    return _by_everything(asked, before, wanted)


def _by_everything(asked: _Asked, before: Score, wanted: Grade) -> WayUp:
    every = tuple((kind, len(steps)) for kind, steps in enumerate(asked.kinds))
    if not _reaches(asked, every, wanted):
        points = asked.score_after(every).points if every else None
        return WayUp(wanted, (), before, before, why=wording.why_out_of_reach(points))
    counts = _pruned(asked, every, wanted)
    return WayUp(wanted, asked.steps(counts), before, asked.score_after(counts), exact=False)


def _reaches(asked: _Asked, counts: Counts, wanted: Grade) -> bool:
    grade = asked.score_after(counts).grade
    return grade is not None and list(Grade).index(grade) <= list(Grade).index(wanted)


def _pruned(asked: _Asked, counts: Counts, wanted: Grade) -> Counts:
    """Take out one by one, the dearest first, what is not needed."""
    kept = dict(counts)
    for kind in sorted(kept, key=lambda kind: -asked.kinds[kind][0].effort):
        while kept[kind] and _reaches(asked, tuple((kept | {kind: kept[kind] - 1}).items()), wanted):
            kept[kind] -= 1
    return tuple((kind, count) for kind, count in kept.items() if count)


def _parts(asked: _Asked, before: Score, bound: Decimal, *, lifted: bool) -> Iterable[Part]:
    """Split the kinds of steps into parts that change no line in common."""
    every = asked.score_after(tuple((kind, len(steps)) for kind, steps in enumerate(asked.kinds)))
    shifting = {
        one.module for one, other in zip(before.lines, every.lines, strict=True) if one.state is not other.state
    }
    homes = [_homes(asked, kind, before.lines, shifting) for kind in range(len(asked.kinds))]
    for touched, kinds in _together(homes):
        value_of = _value_of(asked, before, bound, touched, shifting, lifted=lifted)
        yield _part(asked, kinds, value_of)


def _homes(asked: _Asked, kind: int, lines: Sequence[Line], shifting: Collection[str]) -> frozenset[str]:
    """Return what a kind of step touches: lines, whole modules where lines may begin to count, or what lies outside."""
    facts = {move.fact for move in asked.kinds[kind][0].moves}
    touched = {
        line.module if line.module in shifting else line.indicator.code
        for line in lines
        if line.indicator.code not in asked.changes and not facts.isdisjoint(_facts_of(line.indicator))
    }
    extras = (*asked.scheme.deductions, *asked.scheme.bonuses)
    outside = {OUTSIDE for extra in extras if extra.fact_name in facts}
    return frozenset(touched | outside)


def _facts_of(indicator: Indicator) -> frozenset[str]:
    return frozenset({indicator.fact_name, *(gate.fact for gate in indicator.gates)})


def _together(homes: Sequence[frozenset[str]]) -> list[tuple[set[str], list[int]]]:
    parts: list[tuple[set[str], list[int]]] = []
    for kind, touched in enumerate(homes):
        meeting = [part for part in parts if not part[0].isdisjoint(touched)]
        joint = (set(touched).union(*(part[0] for part in meeting)), [kind, *(k for part in meeting for k in part[1])])
        parts = [part for part in parts if part not in meeting] + ([joint] if touched else [])
    return parts


def _part(asked: _Asked, kinds: Sequence[int], value_of: Callable[[Counts], Fraction]) -> Part:
    start = value_of(())
    return Part(
        kinds=tuple(kinds),
        sizes=tuple(len(asked.kinds[kind]) for kind in kinds),
        efforts=tuple(float(asked.kinds[kind][0].effort) for kind in kinds),
        value_of=lambda counts: float(value_of(counts) - start),
    )


def _value_of(
    asked: _Asked,
    before: Score,
    bound: Decimal,
    touched: Collection[str],
    shifting: Collection[str],
    *,
    lifted: bool,
) -> Callable[[Counts], Fraction]:
    """Return what a part is worth: its points over those that the grade takes of the marks it carries."""
    small = _reduced(asked.scheme, touched, shifting)
    scale = {line.indicator.code: _scale(line, shifting) for line in before.lines}

    def value(counts: Counts) -> Fraction:
        lines = asked.score_after(counts, small).lines
        gained = ((line.points or 0) - Fraction(bound) * line.full for line in lines)
        inside = sum((gain * scale[line.indicator.code] for gain, line in zip(gained, lines, strict=True)), Fraction(0))
        return inside + (_outside(asked, counts, lifted=lifted) if OUTSIDE in touched else 0)

    return value


def _reduced(scheme: Scheme, touched: Collection[str], shifting: Collection[str]) -> Scheme:
    """Keep what a part touches: lines in modules of their own, each with its own marks, or whole modules."""
    modules: list[Module] = []
    for module in scheme.modules:
        if module.code in shifting:
            modules += [module] if module.code in touched else []
        else:
            alone = (each for each in module.indicators if each.code in touched)
            modules += [Module(module.code, module.title, each.full, (each,)) for each in alone]
    return replace(scheme, modules=tuple(modules), deductions=(), bonuses=(), vetoes=())


def _scale(line: Line, shifting: Collection[str]) -> Fraction:
    return Fraction(1) if line.module in shifting else line.full / Fraction(line.indicator.full)


def _outside(asked: _Asked, counts: Counts, *, lifted: bool) -> Fraction:
    """Return what lies outside the full marks; bonuses count only where they may lift."""
    facts, scheme = asked.facts_after(counts), asked.scheme.settled_for(asked.region)
    room = Fraction(scheme.full)
    taken = extra_lines(scheme.deductions, scheme.deductions_cap, facts, room)
    given = extra_lines(scheme.bonuses, scheme.bonuses_cap, facts, room) if lifted else ()
    return sum((each.points for each in given), Fraction(0)) - sum((each.points for each in taken), Fraction(0))
