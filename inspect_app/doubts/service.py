"""Settling a doubt: somebody looked, and says what it is."""

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.doubts.kinds import Kind
from inspect_app.doubts.models import DoubtNote
from inspect_app.doubts.queries import one

SHORTEST, LONGEST = 4, 500


def settle(session: Session, actor: Actor, kind: Kind, subject: str, text: str) -> DoubtNote:
    """Keep what was found about a doubt; it counts as settled until its rows change. Raises Invalid or NotFound."""
    if not actor.can(Permission.SETTLE_DOUBT):
        raise Forbidden(mark("您没有权限认定疑点。"))
    words = text.strip()
    if not SHORTEST <= len(words) <= LONGEST:
        raise Invalid({"text": [mark("请写明核实的情况，4 至 500 字。")]})
    known = one(session, actor, kind, subject)
    note = DoubtNote(
        kind=kind,
        subject=subject,
        county_id=known.county.id,
        text=words,
        noted_at=clock.now(),
        noted_by_id=actor.id,
        noted_by_name=actor.name,
    )
    session.add(note)
    session.flush()
    audit.record(
        session,
        actor,
        "doubt.settle",
        kind="doubt",
        id=note.id,
        reference=known.doubt.rows[0].text,
        region_id=known.county.id,
        changes={"kind": [None, str(kind)], "note": [None, words]},
    )
    return note
