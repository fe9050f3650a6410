"""Counties that are ranked together: those of one prefecture, whoever looks at them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspect_app.assessments.definition import Scheme
from inspect_app.assessments.evaluation import Evaluation, evaluate
from inspect_app.assessments.period import Period
from inspect_app.assessments.scoring import Fact, Score
from inspect_app.assessments.standing import RollUp
from inspect_app.core import clock
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region


@dataclass(frozen=True)
class Place:
    """A region by its key, code and name, free of any session."""

    id: int
    code: str
    name: str


@dataclass(frozen=True)
class Standing:
    """A county's score with its rank among those ranked together (None without a score)."""

    place: Place
    score: Score
    rank: int | None
    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class Board:
    """Standings, best first and those without a score last. `size` counts all that were ranked, shown or not.

    `together` is the joint score of all of them by code, None where not all are shown.
    """

    scheme: Scheme
    period: Period
    at: datetime
    standings: tuple[Standing, ...]
    size: int
    together: RollUp[str] | None

    def within(self, county_ids: Collection[int]) -> "Board":
        """Leave only some counties; ranks and grades stay, what is said of all of them goes."""
        shown = tuple(each for each in self.standings if each.place.id in county_ids)
        if len(shown) == len(self.standings):
            return self
        return replace(self, standings=shown, together=None)

    def unranked(self) -> "Board":
        """Leave out what tells of counties that are not shown: ranks and the joint score."""
        shown = tuple(replace(each, rank=None) for each in self.standings)
        return replace(self, standings=shown, together=None)

    @property
    def left_out(self) -> list[Place]:
        """List the counties that do not count in the joint score because they have none."""
        codes = self.together.left_out if self.together else ()
        return [each.place for each in self.standings if each.place.code in codes]

    def of(self, code: str) -> Standing:
        """Return the standing of a county."""
        return next(each for each in self.standings if each.place.code == code)


def place(region: Region) -> Place:
    """Take what pages need of a region."""
    return Place(region.id, region.code, region.name)


def ranked_with(session: Session, parent_id: int | None) -> list[Region]:
    """List the counties directly below a prefecture (or below a province, of those without one), by code."""
    in_force = or_(Region.valid_until.is_(None), Region.valid_until >= clock.today())
    below = select(Region).where(Region.parent_id == parent_id, Region.level == Level.COUNTY, in_force)
    return list(session.scalars(below.order_by(Region.code)))


def work_out(session: Session, scheme: Scheme, period: Period, counties: Sequence[Region]) -> Board:
    """Score counties that are ranked together."""
    return laid_out(evaluate(session, scheme, period, counties))


def laid_out(evaluation: Evaluation) -> Board:
    """Take an evaluation out of its session."""
    return Board(
        scheme=evaluation.scheme,
        period=evaluation.period,
        at=evaluation.at,
        standings=tuple(Standing(place(each.county), each.score, each.rank, each.facts) for each in evaluation.ranked),
        size=len(evaluation.counties),
        together=evaluation.together,
    )
