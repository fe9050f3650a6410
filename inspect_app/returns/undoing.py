"""Undoing a return that was applied: all of it, and only while nothing later was built on it.

What it entered is withdrawn, what it changed is put back; the return and its account stay, and the same file may be
applied again.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session, undefer

from inspect_app.access.actor import Actor
from inspect_app.audit.labels import action_label
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock
from inspect_app.core.collector import collector_paused
from inspect_app.core.database import Base
from inspect_app.core.errors import Conflict
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.documents.models import Document
from inspect_app.evidence.models import Evidence
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.hazards.withdrawing import Before, put_back_many, withdraw_many
from inspect_app.hazards.words import State
from inspect_app.returns import queries
from inspect_app.returns.lifecycle import APPLIED
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.plan import Group
from inspect_app.returns.steps import take, tell

AS_ENTERED = {State.DRAFT: 1, State.REGISTERED: 2}
SPEAKING = (Group.UPDATE, Group.CONFLICTS, Group.UNCHANGED, Group.DUPLICATES)
LINKED: Mapping[str, str] = {
    "hazard": mark("另一条隐患与它关联（合并、拆分或反弹）"),
    "hazard_distinct": mark("已判定与另一条不是同一隐患"),
    "rung_taken": mark("已催办或督办"),
    "listing": mark("已挂牌督办"),
    "look_back_task": mark("已列入回头看"),
}
IN_THE_WAY = mark(
    "导入之后已有 %(number)s 处后续工作，不能整批撤销（如 %(reference)s：%(what)s）。请先处理，或逐条更正。"
)


class Obstacle(NamedTuple):
    """What was built on a hazard since a return entered or changed it; `by` and `at` as far as they are known."""

    reference: str
    what: Sentence
    at: datetime | None
    by: str = ""


@collector_paused()
def undo(session: Session, actor: Actor, batch: ReturnBatch, *, reason: str, version: int | None) -> ReturnBatch:
    """Undo an applied return. Raises Conflict when something stands in the way, what `advance` raises otherwise."""
    session.refresh(batch, with_for_update=True)
    queries.lock_county(session, batch.county_id)
    take(batch, actor, "undo", {"reason": reason}, version)
    if found := obstacles(session, batch):
        raise Conflict(IN_THE_WAY, number=len(found), reference=found[0].reference, what=str(found[0].what))
    before = {int(key): Before(kept["columns"], kept["state"]) for key, kept in (batch.before or {}).items()}
    put_back = put_back_many(session, actor, before, reason, batch_id=batch.id)
    created = session.scalars(select(Hazard.id).where(Hazard.batch_id == batch.id)).all()
    withdrawn = withdraw_many(session, actor, created, reason, batch_id=batch.id)
    batch.applied_key = batch.applied_content_key = None
    batch.undone_at, batch.undone_by_id = clock.now(), actor.id
    told = {"reason": [None, reason], "withdrawn": [None, withdrawn], "put_back": [None, put_back]}
    tell(session, actor, batch, "return.undo", told)
    return batch


def obstacles(session: Session, batch: ReturnBatch) -> list[Obstacle]:
    """List what was built on the hazards of a return since, by hazard."""
    touched = _touched(session, batch)
    since = batch.applied_at or batch.received_at
    found = [
        *_later_returns(session, batch, set(touched.values())),
        *_later_steps(session, batch, touched),
        *_links(session, touched),
        *_files(session, touched, since),
        *_documents(session, touched, since),
    ]
    return sorted(found, key=lambda each: each.reference)


def _touched(session: Session, batch: ReturnBatch) -> dict[int, str]:
    """Return the hazards that a return entered or changed: key -> number."""
    created = session.execute(select(Hazard.id, Hazard.reference).where(Hazard.batch_id == batch.id)).tuples()
    return {**dict(created.all()), **queries.references_of(session, map(int, batch.before or {}))}


def _later_returns(session: Session, batch: ReturnBatch, references: set[str]) -> Iterator[Obstacle]:
    """Find applied returns that came later and speak of the same hazards, be it to say that nothing changed."""
    later = select(ReturnBatch).where(
        ReturnBatch.county_id == batch.county_id, ReturnBatch.state == APPLIED, ReturnBatch.id != batch.id,
        ReturnBatch.applied_at >= batch.applied_at,
    )  # fmt: skip
    for other in session.scalars(later.options(undefer(ReturnBatch.plan)).order_by(ReturnBatch.id)):
        entries = (entry for group in SPEAKING for entry in other.plan["groups"].get(group, ()))
        for reference in sorted(references.intersection(entry["reference"] for entry in entries)):
            yield Obstacle(reference, say(mark("后来的报表 %(other)s 提到它"), other=other.reference), other.applied_at)


def _later_steps(session: Session, batch: ReturnBatch, touched: Mapping[int, str]) -> Iterator[Obstacle]:
    left = {int(key): kept["version"] for key, kept in (batch.before or {}).items()}
    rows = queries.standings_of(session, touched)
    moved = [key for key, state, version in rows if version != left.get(key, AS_ENTERED.get(State(state)))]
    last = _last_entries(session, moved)
    for key in moved:
        entry = last.get(key)
        if entry is None:
            yield Obstacle(touched[key], say(mark("内容已变动")), None)
        else:
            what = say(mark("“%(step)s”"), step=action_label(entry.action))
            yield Obstacle(touched[key], what, entry.at, entry.actor_name)


def _last_entries(session: Session, keys: Sequence[int]) -> dict[int, AuditEntry]:
    """Return the last entry of the trail about each of some hazards."""
    about = select(AuditEntry).where(AuditEntry.subject_kind == "hazard").order_by(AuditEntry.id)
    return {
        entry.subject_id: entry
        for portion in queries.portions(keys)
        for entry in session.scalars(about.where(AuditEntry.subject_id.in_(portion)))
        if entry.subject_id
    }


def _links(session: Session, touched: Mapping[int, str]) -> Iterator[Obstacle]:
    """Find whatever row of the database points to a hazard, beside its own events."""
    for table, column in _pointing():
        for portion in queries.portions(touched):
            for key in session.scalars(select(column).where(column.in_(portion)).distinct()):
                label = LINKED.get(table.name, mark("已有后续记录"))
                yield Obstacle(touched[key], say(label), None)


def _pointing() -> list[tuple[Table, Column[Any]]]:
    own = cast("Table", HazardEvent.__table__)
    return [
        (table, key.parent)
        for table in Base.metadata.sorted_tables
        if table is not own
        for key in table.foreign_keys
        if key.column is Hazard.__table__.c.id
    ]


def _files(session: Session, touched: Mapping[int, str], since: datetime) -> Iterator[Obstacle]:
    files = select(Evidence.subject_id, Evidence.uploaded_at).where(
        Evidence.subject_kind == "hazard", Evidence.withdrawn_at.is_(None), Evidence.uploaded_at > since
    )
    for portion in queries.portions(touched):
        for key, at in session.execute(files.where(Evidence.subject_id.in_(portion))).tuples():
            yield Obstacle(touched[key], say(mark("已上传照片或文件")), at)


def _documents(session: Session, touched: Mapping[int, str], since: datetime) -> Iterator[Obstacle]:
    papers = select(Document.subject_reference, Document.title, Document.created_at).where(
        Document.subject_kind == "hazard", Document.created_at > since
    )
    for portion in queries.portions(touched.values()):
        for reference, title, at in session.execute(papers.where(Document.subject_reference.in_(portion))).tuples():
            yield Obstacle(reference, say(mark("已制作文书“%(title)s”"), title=title), at)
