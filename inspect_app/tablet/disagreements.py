"""Two answers to one item: both are kept, and the lead inspector says on record which of them stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.inspections import answers
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.inspections.stepping import record
from inspect_app.tablet.models import Disagreement, Receipt

STORED, OFFERED = "stored", "offered"


def found(
    session: Session, actor: Actor, inspection: Inspection, receipt: Receipt, stored: Answer, offered: Mapping[str, Any]
) -> Disagreement:
    """Keep an answer that contradicts the stored one; the same of the same person is kept once."""
    for known in open_of(session, inspection):
        same = known.offered["content"] == dict(offered) and known.offered["by_id"] == actor.id
        if known.item_code == stored.item_code and same:
            return known
    made = Disagreement(
        inspection_id=inspection.id,
        item_code=stored.item_code,
        stored=_side(inspection, answers.content_of(stored), stored.answered_by_id, stored.answered_at.isoformat()),
        offered=_side(inspection, offered, actor.id, receipt.received_at.isoformat(), actor.name)
        | {"claimed_at": receipt.claimed_at and receipt.claimed_at.isoformat(), "device_id": receipt.device_id},
        receipt_id=receipt.id,
        found_at=clock.now(),
    )
    session.add(made)
    record(session, actor, "inspection.disagree", inspection, {stored.item_code: [made.stored, made.offered]})
    return made


def open_of(session: Session, inspection: Inspection) -> Sequence[Disagreement]:
    """List what is still to be chosen in a visit, by item."""
    return [each for each in of(session, inspection) if not each.chosen]


def of(session: Session, inspection: Inspection) -> Sequence[Disagreement]:
    """List every disagreement of a visit, settled or not, by item."""
    query = select(Disagreement).where(Disagreement.inspection_id == inspection.id)
    return session.scalars(query.order_by(Disagreement.item_code, Disagreement.id)).all()


def hinder(session: Session, inspection: Inspection) -> str | None:
    """Say what stands against submitting a visit while something is to be chosen."""
    query = select(func.count()).select_from(Disagreement)
    waiting = session.scalar(query.where(Disagreement.inspection_id == inspection.id, Disagreement.chosen == ""))
    return mark("两台平板对同一项的答案不同，请带队人员先在“答案不一致”中逐项选择。") if waiting else None


def may_choose(inspection: Inspection, actor: Actor) -> bool:
    """Tell whether the person leads the team of the visit."""
    return bool(inspection.inspectors) and inspection.inspectors[0].user_id == actor.id


def choose(session: Session, actor: Actor, inspection: Inspection, key: int, chosen: str) -> Disagreement:
    """Let one of two answers stand; the same choice again changes nothing.

    Raises NotFound, Forbidden for anybody but the lead inspector, Invalid, Conflict when the other one was chosen, or
    StepRefused when the visit is not under way.
    """
    lock(session, inspection)
    row = session.get(Disagreement, key)
    if row is None or row.inspection_id != inspection.id:
        raise NotFound
    if not may_choose(inspection, actor):
        raise Forbidden(mark("只有带队人员才能选择采用哪一份答案。"))
    if chosen not in (STORED, OFFERED):
        raise Invalid({"chosen": [mark("请选择采用哪一份答案。")]})
    if row.chosen and row.chosen != chosen:
        raise Conflict(mark("这一项已经选择了另一份答案。"))
    if not row.chosen:
        answers.check_open(inspection)
        _settle(session, actor, inspection, row, chosen)
    return row


def _settle(session: Session, actor: Actor, inspection: Inspection, row: Disagreement, chosen: str) -> None:
    side = row.stored if chosen == STORED else row.offered
    query = select(Answer).where(Answer.inspection_id == inspection.id, Answer.item_code == row.item_code)
    present = session.scalar(query.with_for_update())
    if present is None or answers.content_of(present) != side["content"]:
        row_of = present or Answer(inspection_id=inspection.id, item_code=row.item_code)
        answers.put(session, actor, inspection, row_of, side["content"])
    row.chosen, row.settled_at, row.settled_by_id = chosen, clock.now(), actor.id
    session.flush()
    told = {row.item_code: [{"stored": row.stored["content"], "offered": row.offered["content"]}, side["content"]]}
    record(session, actor, "inspection.settle_disagreement", inspection, {**told, "chosen": ["", chosen]})


def _side(
    inspection: Inspection, content: Mapping[str, Any], user_id: int | None, at: str, name: str = ""
) -> dict[str, Any]:
    names = {each.user_id: each.user.name for each in inspection.inspectors}
    return {"content": dict(content), "by_id": user_id, "by": name or names.get(user_id or 0, ""), "at": at}
