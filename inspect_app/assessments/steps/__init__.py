"""Steps that a region can still take, and what each would change: honest about what is late already.

Only what can still count is offered. A hazard that is past its due date can be closed and is no longer late then, but
never on time; a return that is missing cannot come in time any more; a call that nobody answered stays unanswered, what
came back after closure has come back. Figures that people enter, and scores that a visit would have to give, are
nobody's step.
"""

from collections.abc import Collection, Iterator

from sqlalchemy.orm import Session

from inspect_app.assessments.definition import RegionAs, Scheme
from inspect_app.assessments.period import Period
from inspect_app.assessments.steps import by_entries, by_hazards, by_occasions, by_returns, by_visits
from inspect_app.assessments.steps.offer import Offer, Setting
from inspect_app.core import clock
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region

__all__ = ["Offer", "offers"]
MAKERS = (by_hazards.offers, by_returns.offers, by_visits.offers, by_entries.offers, by_occasions.offers)


def offers(
    session: Session, scheme: Scheme, region: Region, place: RegionAs, period: Period, known: Collection[str]
) -> list[Offer]:
    """List what a region can still do in a year that is running; nothing can be done in a year that is over.

    Each step moves facts of the scheme that are `known` of the region: what does not apply is no way up.
    """
    setting = Setting(scheme, region.id, place, period, clock.today(), of_township=region.level is Level.TOWNSHIP)
    if setting.last < setting.today:
        return []
    return list(_concerning(scheme.facts & set(known), (offer for make in MAKERS for offer in make(session, setting))))


def _concerning(facts: Collection[str], made: Iterator[Offer]) -> Iterator[Offer]:
    for offer in made:
        moves = tuple(move for move in offer.step.moves if move.fact in facts)
        if moves:
            yield offer.moving(moves)
