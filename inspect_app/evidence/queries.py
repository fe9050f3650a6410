"""Which files exist for a person."""

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.scope import visible
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Evidence
from inspect_app.evidence.rules import kinds_seen_by


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Files of the person's region that belong to a kind of thing their role may see."""
    return and_(
        visible(actor, Evidence.county_id, Evidence.region_id), Evidence.subject_kind.in_(kinds_seen_by(actor.role))
    )


def by_uuid(session: Session, actor: Actor, key: str) -> Evidence:
    """Find a file; one of another region, or withdrawn, is not found."""
    query = select(Evidence).where(Evidence.uuid == key, Evidence.withdrawn_at.is_(None), visible_to(actor))
    found = session.scalar(query)
    if found is None:
        raise NotFound("没有找到这个文件：它可能不存在，或不在您的管辖范围内。")
    return found
