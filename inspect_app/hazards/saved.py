"""Filters that a person keeps under a name: their own, for nobody else to see."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.core.errors import Conflict, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.hazards.models import SavedFilter

MOST, LONGEST_NAME, LONGEST_QUERY = 20, 30, 2_000


def saved_by(session: Session, actor: Actor) -> list[SavedFilter]:
    """List the filters that a person keeps, in the order they were made."""
    return list(session.scalars(select(SavedFilter).where(SavedFilter.user_id == actor.id).order_by(SavedFilter.id)))


def save(session: Session, actor: Actor, name: str, query: str) -> SavedFilter:
    """Keep a filter under a name, in place of one that had it; Invalid or Conflict says what is wrong."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid({"name": [mark("请给筛选条件起一个名称，不超过 30 字。")]})
    if not query or len(query) > LONGEST_QUERY:
        raise Invalid({"": [mark("现在没有可保存的筛选条件。请先筛选，再保存。")]})
    kept = session.scalar(select(SavedFilter).where(SavedFilter.user_id == actor.id, SavedFilter.name == name))
    before = kept.query if kept else None
    if kept is None:
        number = session.scalar(select(func.count()).select_from(SavedFilter).where(SavedFilter.user_id == actor.id))
        if (number or 0) >= MOST:
            raise Conflict(mark("最多保存 20 个筛选条件，请先删除不用的。"))
        kept = SavedFilter(user_id=actor.id, name=name)
        session.add(kept)
    kept.query = query
    session.flush()
    _told(session, actor, "save", kept, [before, query])
    return kept


def forget(session: Session, actor: Actor, key: int) -> str:
    """Delete a filter of this person and return its name; NotFound for anything else."""
    kept = session.scalar(select(SavedFilter).where(SavedFilter.user_id == actor.id, SavedFilter.id == key))
    if kept is None:
        raise NotFound
    _told(session, actor, "forget", kept, [kept.query, None])
    session.delete(kept)
    return kept.name


def _told(session: Session, actor: Actor, what: str, kept: SavedFilter, query: list[str | None]) -> None:
    changes = {"name": [kept.name, kept.name], "query": query}
    record(
        session, actor, f"saved_filter.{what}", kind="saved_filter", id=kept.id, reference=kept.name, changes=changes
    )
