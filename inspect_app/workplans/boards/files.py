"""The evidence that was sent with what is owed, for many rows at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.evidence.models import Evidence
from inspect_app.evidence.queries import visible_to


def files_of(session: Session, actor: Actor, due_ids: Collection[int]) -> Mapping[int, Sequence[Evidence]]:
    """Return the files that stand, by the key of what they prove, oldest first."""
    rows = select(Evidence).where(
        Evidence.subject_kind == "work_due", Evidence.subject_id.in_(due_ids), Evidence.withdrawn_at.is_(None)
    )
    found: dict[int, list[Evidence]] = defaultdict(list)
    for each in session.scalars(rows.where(visible_to(actor)).order_by(Evidence.id)):
        found[each.subject_id].append(each)
    return found
