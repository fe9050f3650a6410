"""Reading jobs."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.accounts.models import User
from inspect_app.accounts.sessions import actor_of
from inspect_app.core.errors import NotFound
from inspect_app.regions.queries import visible
from inspect_app.returns.jobs.lifecycle import UNDER_WAY
from inspect_app.returns.models import ReturnJob

MOST = 20


def by_uuid(session: Session, actor: Actor, uuid: str) -> ReturnJob:
    """Find a job; one of another county is not found."""
    seen = visible(actor, ReturnJob.county_id, ReturnJob.county_id)
    found = session.scalar(select(ReturnJob).where(ReturnJob.uuid == uuid, seen))
    if found is None:
        raise NotFound
    return found


def under_way(session: Session, actor: Actor) -> Sequence[ReturnJob]:
    """List the jobs a person sees that have not ended, the latest first."""
    seen = visible(actor, ReturnJob.county_id, ReturnJob.county_id)
    query = select(ReturnJob).where(ReturnJob.state.in_(UNDER_WAY), seen).order_by(ReturnJob.id.desc())
    return session.scalars(query.limit(MOST)).all()


def at_work_on(session: Session, batch_id: int) -> ReturnJob | None:
    """Return the job about a return that has not ended."""
    query = select(ReturnJob).where(ReturnJob.batch_id == batch_id, ReturnJob.state.in_(UNDER_WAY))
    return session.scalar(query.limit(1))


def asker(session: Session, job: ReturnJob) -> Actor:
    """Return who asked for a job, as they stand now: the work is done in their name."""
    return actor_of(session.get_one(User, job.asked_by_id)) if job.asked_by_id else SYSTEM
