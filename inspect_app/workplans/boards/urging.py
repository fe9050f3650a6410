"""Urging those who are stuck: one letter an owner, numbered at once, and who was urged when."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.core.clock import local
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark, say
from inspect_app.documents import service
from inspect_app.documents.beginning import begin
from inspect_app.documents.lifecycle import VOIDED
from inspect_app.documents.models import Document
from inspect_app.documents.queries import visible_to
from inspect_app.regions.models import Region
from inspect_app.workplans.boards.reading import Known, Owner, Task
from inspect_app.workplans.boards.stuck import Stuck, grouped, stuck_among
from inspect_app.workplans.models import WorkPlan
from inspect_app.workplans.words import PART_LABELS, Look

SUBJECT, LETTER = "work_plan", "work_urging"
MOST, LONGEST_NOTE = 500, 500
Row = dict[str, str]


@dataclass(frozen=True)
class Urged:
    """A letter that named something owed: its key, its number, the day it was issued (None: still a draft) or drafted.

    `addressee` is whom it went to.
    """

    uuid: str
    number: str
    addressee: str
    drafted_on: date
    issued_on: date | None


def urge(
    session: Session, actor: Actor, known: Known, references: Collection[str], reply_by: date, note: str = ""
) -> list[Document]:
    """Draw up a letter for each owner of what is named, and give each its number.

    Raises Invalid when nothing of it is late or the note is too long, Forbidden for who may not write to the place.
    """
    picked = [each for each in stuck_among(known.owed, known.today) if each.owed.reference in references]
    if not 0 < len(picked) <= MOST:
        raise Invalid({"pick": [mark("请勾选要督办的逾期事项，一次不超过 500 件；已经补报的不必再督办。")]})
    if len(note) > LONGEST_NOTE:
        raise Invalid({"note": [mark("说明太长，请控制在 500 字以内。")]})
    if reply_by < known.today:
        raise Invalid({"due_on": [mark("补报期限早于今天，请改为今天或以后的日期。")]})
    _region, begun = begin(session, actor, LETTER, (SUBJECT, known.plan.reference))
    common = {**begun, "due_on": reply_by.isoformat(), "requirement": _with_note(begun, note)}
    by_owner = grouped(picked, lambda owed: owed.owner)
    return [_letter(session, actor, known, known.owners[place], rows, common) for place, rows in by_owner.items()]


def urged_in(session: Session, actor: Actor, reference: str) -> Mapping[str, Sequence[Urged]]:
    """Return the letters of a plan that were not voided by the reference of what they name, oldest first."""
    rows = (
        select(Document)
        .where(Document.subject_kind == SUBJECT, Document.subject_reference == reference)
        .where(Document.kind == LETTER, Document.state != VOIDED, visible_to(actor))
        .options(joinedload(Document.number))
        .order_by(Document.id)
    )
    found: dict[str, list[Urged]] = defaultdict(list)
    for document in session.scalars(rows):
        for row in document.data.get("items", []):
            found[row.get("case", "")].append(_urged(document))
    return found


def item_of(known: Known, stuck: Stuck) -> Row:
    """Return the row of a letter about something that is late."""
    task = known.by_task[stuck.owed.task_id]
    late = mark("退回后 %(days)s 天未重报") if stuck.look is Look.RETURNED else mark("逾期 %(days)s 天未报")
    return {
        "case": stuck.owed.reference,
        "task": asked(task, stuck),
        "due_on": stuck.owed.due_on.isoformat(),
        "state": str(say(late, days=stuck.days)),
    }


def asked(task: Task, stuck: Stuck) -> str:
    """Name a task with the part of the unit in it, and what is asked."""
    name = f"{task.number}{task.title}"
    told = stuck.owed.text if stuck.owed.text != task.title else ""
    return f"{name}（{PART_LABELS[stuck.owed.part]}）" + (f"：{told}" if told else "")


def name_of(plan: WorkPlan) -> str:
    """Return what a plan is called in other papers: the paper that its notice passes on, else its own title."""
    inside = re.search(r"《(.+)》", plan.title)
    return inside[1] if inside else plan.title


def addressed_to(owner: Owner) -> str:
    """Return whom a letter to an owner addresses: the government of a county, or the department."""
    return owner.name if owner.place[1] is not None else f"{owner.name}人民政府"


def _letter(
    session: Session, actor: Actor, known: Known, owner: Owner, rows: Sequence[Stuck], common: Mapping[str, Any]
) -> Document:
    own = {"addressee": addressed_to(owner), "items": [item_of(known, each) for each in rows]}
    document = service.draw_up(
        session, actor, kind=LETTER, subject_kind=SUBJECT, subject_reference=known.plan.reference,
        region=session.get_one(Region, owner.place[0]), data={**common, **own},
    )  # fmt: skip
    service.reserve_number(session, actor, document, document.version)
    return document


def _with_note(begun: Mapping[str, Any], note: str) -> str:
    return "\n".join(text for text in (note.strip(), str(begun.get("requirement") or "")) if text)


def _urged(document: Document) -> Urged:
    number = document.number.text if document.number else ""
    drafted = local(document.created_at).date()
    return Urged(document.uuid, number, document.addressee, drafted, document.issued_on)
