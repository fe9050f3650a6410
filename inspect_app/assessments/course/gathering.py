"""Facts of all counties as of one moment, read before the transaction that keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments.course import queries
from inspect_app.assessments.course.counting import facts_json, scheme_of
from inspect_app.assessments.definition import Scheme
from inspect_app.assessments.period import period_of
from inspect_app.assessments.sources import gather
from inspect_app.core import clock
from inspect_app.core.database import db, one_moment
from inspect_app.regions.models import Region


@dataclass(frozen=True)
class Gathered:
    """Facts as JSON by key of the county, and when they were read."""

    at: datetime
    facts: Mapping[int, Mapping[str, Any]]


def gather_for(session: Session, scheme: Scheme, period: str, counties: Sequence[Region]) -> Gathered:
    """Read the facts of counties; the caller holds `one_moment` where they must belong together."""
    found = gather(session, sorted(scheme.facts), [each.id for each in counties], period_of(period, clock.today()))
    return Gathered(clock.now(), {key: facts_json(facts) for key, facts in found.items()})


def gather_again(reference: str) -> Gathered:
    """Read the facts of an assessment anew, all as of one moment; call it before the transaction."""
    with one_moment():
        session = db.session()
        assessment = queries.by_reference(session, SYSTEM, reference)
        counties = [sheet.county for sheet in queries.sheets_of(session, SYSTEM, assessment)]
        return gather_for(session, scheme_of(assessment), assessment.period, counties)
