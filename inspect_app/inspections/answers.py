"""Keeping one answer: the same twice changes nothing, and what another tablet wrote in between is never overwritten."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit import service as audit
from inspect_app.checklists.definition import Item
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, NotFound, StepRefused
from inspect_app.core.labels import mark
from inspect_app.inspections.lifecycle import UNDER_WAY, on_team
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.inspections.moving.rules import asked as asked_of
from inspect_app.inspections.queries import SUBJECT, checklists_of
from inspect_app.inspections.rules import text_of, tidy


class AnswerConflict(Conflict):
    """Somebody else answered the item since this page was drawn; `stored` is what the database holds."""

    code = "answer_conflict"

    def __init__(self, stored: Answer) -> None:
        super().__init__(mark("这一项已由另一台设备作答，两份答案都已保留，请选择采用哪一份。"))
        self.stored = stored


def answer(  # noqa: PLR0913, PLR0917 - what one answer consists of
    session: Session,
    actor: Actor,
    inspection: Inspection,
    item_code: str,
    value: Mapping[str, Any] | None,
    note: str = "",
    immediate_measure: str = "",
    version: int = 0,
    asked: str = "",
) -> Answer:
    """Keep an answer. `version` is that of the answer it replaces, 0 for the first one.

    `asked` is the digest of the question that was answered (`moving.rules`), where the page knows it. Raises
    AnswerConflict when another one was stored in between, Conflict when the question reads otherwise now, Invalid,
    NotFound for an item of no list of the visit, Forbidden, or StepRefused when the visit is not under way.
    """
    lock(session, inspection)
    item = item_of(inspection, item_code)
    check_question(item, asked)
    content = content_from(item, value, note, immediate_measure)
    check_filler(inspection, actor)
    stored = session.scalar(
        select(Answer).where(Answer.inspection_id == inspection.id, Answer.item_code == item_code).with_for_update()
    )
    if stored is not None and content == content_of(stored):
        return stored
    check_open(inspection)
    if version != (stored.version if stored else 0):
        raise AnswerConflict(stored) if stored else Conflict(mark("这一项的答案版本不对，请刷新页面。"))
    kept = put(session, actor, inspection, stored or Answer(inspection_id=inspection.id, item_code=item_code), content)
    session.flush()
    return kept


def content_from(item: Item, value: Mapping[str, Any] | None, note: str, immediate_measure: str) -> dict[str, Any]:
    """Return what was answered to an item as it is kept; raises Invalid."""
    return {
        "value": tidy(item, value),
        "note": text_of(note, "note"),
        "immediate_measure": text_of(immediate_measure, "immediate_measure"),
    }


def content_of(stored: Answer) -> dict[str, Any]:
    """Return what was answered, without who and when."""
    return {"value": stored.value, "note": stored.note, "immediate_measure": stored.immediate_measure}


def item_of(inspection: Inspection, item_code: str) -> Item:
    """Return an item of one of the visit's lists, or raise NotFound."""
    for checklist in checklists_of(inspection):
        for item in checklist.items:
            if item.code == item_code:
                return item
    raise NotFound(mark("这次检查的检查表中没有 %(code)s 这一项。"), code=item_code)


def check_question(item: Item, asked: str) -> None:
    """Raise Conflict when what was answered is not what the item asks now; "" was drawn by a page that cannot tell."""
    if asked and asked != asked_of(item):
        raise Conflict(mark("%(code)s 的题目已随检查表新版改变，请刷新页面，按新题目作答。"), code=item.code)


def check_filler(inspection: Inspection, actor: Actor) -> None:
    """Raise Forbidden for a person who is not one of the inspectors of the visit."""
    if not (actor.can(Permission.CARRY_OUT_INSPECTION) and on_team(inspection, actor)):
        raise Forbidden(mark("只有这次检查的检查人员才能填写。"))


def check_open(inspection: Inspection) -> None:
    """Raise StepRefused when the visit is not being filled."""
    if inspection.state != UNDER_WAY:
        raise StepRefused([mark("检查尚未开始，或已经提交、作废，不能再填写。")])


def put(session: Session, actor: Actor, inspection: Inspection, stored: Answer, content: Mapping[str, Any]) -> Answer:
    """Write an answer into a new or a locked row, with its trail; the caller has checked it and flushes."""
    before = content_of(stored) if stored.version else None
    stored.value, stored.note = content["value"], content["note"]
    stored.immediate_measure = content["immediate_measure"]
    stored.answered_at, stored.answered_by_id = clock.now(), actor.id
    stored.version = (stored.version or 0) + 1
    session.add(stored)
    audit.record(
        session,
        actor,
        "inspection.answer",
        kind=SUBJECT,
        id=inspection.id,
        reference=inspection.reference,
        region_id=inspection.region_id,
        changes={stored.item_code: [before, dict(content)]},
    )
    return stored
