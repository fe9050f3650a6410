"""What an overview says of the hazards of a region: every figure is a filter and the number of rows it finds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.assessments.leaders.board import Board
from inspect_app.core.labels import mark
from inspect_app.core.rates import rate
from inspect_app.hazards import queries, summary
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.monthly import by_month
from inspect_app.hazards.rules import OPEN_STATES
from inspect_app.hazards.words import State
from inspect_app.regions.models import Region

DROPPED = frozenset({State.MERGED, State.UNFOUNDED, State.WITHDRAWN})
FOUND = frozenset(State) - DROPPED
ASSIGNED = FOUND - {State.DRAFT, State.REGISTERED, State.TRANSFERRED}
PASSED = frozenset({State.ACCEPTANCE, State.CLOSURE_PENDING, State.CLOSED})
DONE = PASSED | {State.DONE, State.RECHECKING}
STAGES: Sequence[tuple[str, frozenset[State]]] = (
    (mark("发现"), FOUND),
    (mark("交办"), ASSIGNED),
    (mark("整改完成"), DONE),
    (mark("复查合格"), PASSED),
    (mark("销号"), frozenset({State.CLOSED})),
)
AGES: Sequence[tuple[str, int, int | None]] = (
    (mark("1–7 天"), 1, 7),
    (mark("8–15 天"), 8, 15),
    (mark("16–30 天"), 16, 30),
    (mark("30 天以上"), 31, None),
)
MONTHS = 12


@dataclass(frozen=True)
class Figure:
    """A number and the filter that lists exactly its rows."""

    label: str
    number: int
    wanted: HazardFilter


@dataclass(frozen=True)
class Month:
    """Found and closed in a calendar month; `wanted` lists what was found."""

    first: date
    found: int
    closed: int
    wanted: HazardFilter


@dataclass(frozen=True)
class Picture:
    """The hazards of one scope. `found` = `closed` + `open` + `transferred`.

    Those that were merged, judged unfounded or withdrawn stand apart.
    """

    base: HazardFilter
    found: Figure
    closed: Figure
    open: Figure
    transferred: Figure
    suspended: Figure
    drafts: Figure
    overdue: Figure
    dropped: Figure
    stages: tuple[Figure, ...]
    ages: tuple[Figure, ...]
    months: tuple[Month, ...]

    @property
    def closed_share(self) -> float | None:
        """Closed among found, None when nothing was found."""
        return self.closed.number / self.found.number if self.found.number else None


@dataclass(frozen=True)
class Coverage:
    """Counties in which a township was visited this year, and the share of townships visited (None: there is none)."""

    counties: int
    share: Decimal | None


def picture(session: Session, actor: Actor, region: Region | None, today: date) -> Picture:
    """Count what a person sees, at or below a region when one is given (it must lie within their view)."""
    base = HazardFilter(region_id=region.id if region else None)
    kept = summary.counts(session, region or actor, today)

    def of(label: str, states: frozenset[State]) -> Figure:
        return Figure(label, sum(kept.by_state.get(state, 0) for state in states), replace(base, states=states))

    return Picture(
        base=base,
        found=of(mark("发现隐患"), FOUND),
        closed=of(mark("已销号"), frozenset({State.CLOSED})),
        open=of(mark("未销号"), OPEN_STATES),
        transferred=of(mark("已移送"), frozenset({State.TRANSFERRED})),
        suspended=of(mark("长期管控"), frozenset({State.SUSPENDED})),
        drafts=of(mark("待补全"), frozenset({State.DRAFT})),
        overdue=Figure(mark("逾期未改"), kept.overdue, replace(base, overdue=True)),
        dropped=of(mark("合并、不属实或已撤回"), DROPPED),
        stages=tuple(of(label, states) for label, states in STAGES),
        ages=_ages(session, actor, base, today),
        months=_months(session, region or actor, base, today),
    )


def coverage(board: Board) -> Coverage:
    """Add up how far the year's visits have come over the counties of a board."""
    facts = [each.facts["coverage"] for each in board.standings if "coverage" in each.facts]
    reached, all_of_them = sum(fact.numerator for fact in facts), sum(fact.denominator for fact in facts)
    return Coverage(sum(fact.numerator > 0 for fact in facts), rate(reached, all_of_them))


def _ages(session: Session, actor: Actor, base: HazardFilter, today: date) -> tuple[Figure, ...]:
    figures = []
    for label, least, most in AGES:
        due_from = today - timedelta(days=most) if most else None
        wanted = replace(base, overdue=True, due_from=due_from, due_to=today - timedelta(days=least))
        figures.append(Figure(label, queries.count(session, actor, wanted).number, wanted))
    return tuple(figures)


def _months(session: Session, scope: Actor | Region, base: HazardFilter, today: date) -> tuple[Month, ...]:
    firsts = [_month_before(today.replace(day=1), back) for back in reversed(range(MONTHS))]
    counted = by_month(session, scope, firsts[0])
    return tuple(
        Month(
            first,
            *counted.get(first, (0, 0)),
            replace(base, states=FOUND, found_from=first, found_to=_month_before(first, -1) - timedelta(days=1)),
        )
        for first in firsts
    )


def _month_before(first: date, back: int) -> date:
    years, month = divmod(first.year * 12 + first.month - 1 - back, 12)
    return date(years, month + 1, 1)
