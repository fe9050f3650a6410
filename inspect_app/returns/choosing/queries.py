"""Reading the choices that are in force."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.core.errors import NotFound
from inspect_app.regions.queries import visible
from inspect_app.returns.heads import Choices
from inspect_app.returns.models import ColumnChoice


def choices_of(session: Session, county_id: int) -> Choices:
    """Return what the columns of a county's layouts mean, as reading takes it."""
    query = select(ColumnChoice).where(ColumnChoice.county_id == county_id, ColumnChoice.revoked_at.is_(None))
    choices: dict[str, dict[str, str]] = {}
    for choice in session.scalars(query.order_by(ColumnChoice.id)):
        choices.setdefault(choice.layout, {})[choice.heading] = choice.field
    return choices


def remembered(session: Session, actor: Actor) -> Sequence[ColumnChoice]:
    """List the choices in force of the counties that the person sees, the latest first."""
    here = visible(actor, ColumnChoice.county_id, ColumnChoice.county_id)
    query = select(ColumnChoice).where(here, ColumnChoice.revoked_at.is_(None)).options(joinedload(ColumnChoice.county))
    return session.scalars(query.order_by(ColumnChoice.id.desc())).all()


def by_id(session: Session, actor: Actor, key: int) -> ColumnChoice:
    """Find a choice in force; one of another county is not found."""
    here = visible(actor, ColumnChoice.county_id, ColumnChoice.county_id)
    found = session.scalar(select(ColumnChoice).where(ColumnChoice.id == key, ColumnChoice.revoked_at.is_(None), here))
    if found is None:
        raise NotFound
    return found
