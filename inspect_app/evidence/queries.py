"""Which files exist for a person."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.scope import visible
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Evidence
from inspect_app.evidence.rules import kinds_seen_by

Guard = Callable[[Actor], ColumnElement[bool]]
GUARDS: dict[str, Guard] = {}


def guard(kind: str, condition: Guard) -> None:
    """Show files of a kind of thing only where a condition on Evidence rows holds as well, such as on its subject."""
    GUARDS[kind] = condition


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Files of the person's region that belong to a kind of thing their role may see, and that no guard keeps back."""
    kinds = kinds_seen_by(actor.role)
    guarded = (and_(Evidence.subject_kind == kind, GUARDS[kind](actor)) for kind in kinds if kind in GUARDS)
    plain = Evidence.subject_kind.in_([kind for kind in kinds if kind not in GUARDS])
    return and_(visible(actor, Evidence.county_id, Evidence.region_id), or_(plain, *guarded))


def by_uuid(session: Session, actor: Actor, key: str) -> Evidence:
    """Find a file; one of another region, or withdrawn, is not found."""
    query = select(Evidence).where(Evidence.uuid == key, Evidence.withdrawn_at.is_(None), visible_to(actor))
    found = session.scalar(query)
    if found is None:
        raise NotFound("没有找到这个文件：它可能不存在，或不在您的管辖范围内。")
    return found
