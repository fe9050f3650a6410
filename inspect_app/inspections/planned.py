"""Visits that are still to be made."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.inspections.kinds import SELF_CHECK
from inspect_app.inspections.lifecycle import DONE_STATES, VOIDED
from inspect_app.inspections.models import Inspection


def self_checks_ahead(session: Session, county_id: int, first: date, last: date) -> Sequence[Inspection]:
    """List the self-checks of a county planned between two days and not submitted yet, the next first."""
    query = select(Inspection).where(
        Inspection.county_id == county_id,
        Inspection.kind == SELF_CHECK,
        Inspection.state.not_in((*DONE_STATES, VOIDED)),
        Inspection.planned_on.between(first, last),
    )
    query = query.options(joinedload(Inspection.site)).order_by(Inspection.planned_on, Inspection.id)
    return session.scalars(query).all()
