"""Answers from a tablet: many in one transaction, each judged for itself and each with a receipt of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.checklists.definition import Item
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.queries import content as list_of
from inspect_app.core.database import lock
from inspect_app.core.errors import DomainError, NotFound
from inspect_app.core.labels import mark
from inspect_app.inspections import answers
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.inspections.moving.rules import asked as asked_of
from inspect_app.tablet import disagreements, receipts
from inspect_app.tablet.models import Receipt
from inspect_app.tablet.receipts import CONTRADICTED_STATUS, STRANDED_STATUS, Answered, Kind, Outcome, Sender, Sent
from inspect_app.tablet.rules import WHY_LABELS, Judged, Verdict, Why, judge
from inspect_app.tablet.visits import items_of, why_stranded


@dataclass(frozen=True)
class Refused:
    """An answer that was not received: it stays on the device until it is mended."""

    key: str
    error: DomainError


class _Visit:
    """A locked visit with its answers, and which hand gave each of them."""

    def __init__(self, session: Session, sender: Sender, inspection: Inspection) -> None:
        lock(session, inspection)
        self.session, self.sender, self.inspection = session, sender, inspection
        self.why = why_stranded(session, sender.actor, inspection)
        self.items = {item.code: item for item in items_of(inspection)}
        rows = session.scalars(select(Answer).where(Answer.inspection_id == inspection.id).with_for_update())
        self.stored = {row.item_code: row for row in rows}
        self.hands = _hands(session, inspection)

    def is_own(self, stored: Answer) -> bool:
        """Tell whether the stored answer came from the same person on the same device."""
        hand = self.hands.get((stored.item_code, stored.version))
        return hand == (self.sender.actor.id, self.sender.device_id)


def keep(session: Session, sender: Sender, inspection: Inspection, many: Sequence[Sent]) -> list[Answered | Refused]:
    """Keep answers in their order; each is kept, merged, contradicted, stranded or refused for itself.

    `content` of each holds item, value, note, immediate_measure, version and asked.
    """
    receipts.hold(session, [each.key for each in many])
    visit, done = _Visit(session, sender, inspection), dict[str, Answered | Refused]()
    known = _known(session, sender, many, done)
    for each in many:
        if each.key in known:
            done.setdefault(each.key, Answered(known[each.key], again=True))
        elif each.key not in done:
            done[each.key] = _one(visit, each)
    receipts.note_device(session, sender)
    session.flush()
    return [done[each.key] for each in many]


def stranded(sent: Sent, why: Why, inspection: Inspection) -> Outcome:
    """Keep what cannot enter its visit where the office finds it."""
    told: dict[str, Any] = {"outcome": Verdict.STRANDED, "why": why, "message": WHY_LABELS[why], "of": sent.kind}
    told |= {"content": dict(sent.content)}
    return Outcome(told, inspection.id, STRANDED_STATUS, Kind.STRANDED)


def _known(
    session: Session, sender: Sender, many: Sequence[Sent], done: dict[str, Answered | Refused]
) -> dict[str, Receipt]:
    """Return the receipts there are; a key that is used otherwise refuses its own answer only."""
    found = {}
    there = {row.key: row for row in session.scalars(select(Receipt).where(Receipt.key.in_([e.key for e in many])))}
    for each in many:
        if each.key in there:
            try:
                receipts.check_same(there[each.key], sender, each)
                found[each.key] = there[each.key]
            except DomainError as error:
                done[each.key] = Refused(each.key, error)
    return found


def _one(visit: _Visit, sent: Sent) -> Answered | Refused:
    try:
        outcome, contradicts = _outcome(visit, sent)
    except DomainError as error:
        return Refused(sent.key, error)
    made = receipts.made_of(visit.sender, sent, outcome)
    visit.session.add(made)
    if contradicts is not None:
        visit.session.flush()
        stored = visit.stored[str(sent.content["item"])]
        disagreements.found(visit.session, visit.sender.actor, visit.inspection, made, stored, contradicts)
    return Answered(made)


def _outcome(visit: _Visit, sent: Sent) -> tuple[Outcome, Mapping[str, Any] | None]:
    """Return what becomes of an answer, and its content when it contradicts the stored one."""
    given, code = sent.content, str(sent.content["item"])
    item, stored = visit.items.get(code), visit.stored.get(code)
    if item is None or (given.get("asked") and given["asked"] != asked_of(item)):
        return _needs_you(visit, sent, item), None
    offered = answers.content_from(item, given.get("value"), given.get("note", ""), given.get("immediate_measure", ""))
    if visit.why is not None and not (stored and answers.content_of(stored) == offered):
        return stranded(sent, visit.why, visit.inspection), None
    present = answers.content_of(stored) if stored else None
    own = stored is not None and visit.is_own(stored)
    judged = judge(present, stored.version if stored else 0, offered, given["version"], own=own)
    if judged.verdict is Verdict.DISAGREEMENT and stored is not None:
        return _contradiction(visit, code, stored, offered), offered
    return _kept(visit, code, judged, present), None


def _kept(visit: _Visit, code: str, judged: Judged, present: Mapping[str, Any] | None) -> Outcome:
    inspection = visit.inspection
    row = visit.stored.get(code) or Answer(inspection_id=inspection.id, item_code=code)
    if present is None or dict(present) != dict(judged.content):
        answers.check_open(inspection)
        answers.put(visit.session, visit.sender.actor, inspection, row, judged.content)
        visit.hands[code, row.version] = (visit.sender.actor.id, visit.sender.device_id)
    visit.stored[code] = row
    told = {"outcome": judged.verdict, "item": code, "version": row.version}
    if judged.verdict is Verdict.MERGED:
        told["content"] = dict(judged.content)
    return Outcome(told, inspection.id)


def _contradiction(visit: _Visit, code: str, stored: Answer, offered: Mapping[str, Any]) -> Outcome:
    names = {each.user_id: each.user.name for each in visit.inspection.inspectors}
    by = names.get(stored.answered_by_id or 0, "")
    there = {**answers.content_of(stored), "version": stored.version, "by": by, "at": stored.answered_at.isoformat()}
    told = {"outcome": Verdict.DISAGREEMENT, "item": code, "stored": there, "offered": dict(offered)}
    told["message"] = mark("这一项已由另一台平板作答，两份答案都已保留，由带队人员选择采用哪一份。")
    return Outcome(told, visit.inspection.id, CONTRADICTED_STATUS)


def _needs_you(visit: _Visit, sent: Sent, item: Item | None) -> Outcome:
    """Keep an answer to what is asked otherwise now, or no more, beside both wordings."""
    before = _question(visit, sent)
    if item is None and not before:
        raise NotFound(mark("这次检查的检查表中没有 %(code)s 这一项。"), code=sent.content["item"])
    told = {"outcome": Verdict.NEEDS_YOU, "why": "question_changed" if item else "item_gone"}
    told |= {"item": str(sent.content["item"]), "question_then": before, "question_now": item.text if item else ""}
    told["message"] = mark("题目已随检查表新版改变，您原来的答案已保留，请按新题目作答。")
    if item is None:
        told["message"] = mark("新版检查表已没有这一项，您的答案已由服务器保留备查。")
    return Outcome({**told, "content": dict(sent.content)}, visit.inspection.id, CONTRADICTED_STATUS)


def _question(visit: _Visit, sent: Sent) -> str:
    """Find how the question read to which an answer was given, among the versions of the visit's lists."""
    codes = [sheet.checklist_version.code for sheet in visit.inspection.sheets]
    query = select(ChecklistVersion).where(ChecklistVersion.code.in_(codes)).order_by(ChecklistVersion.id.desc())
    wanted = (str(sent.content["item"]), sent.content.get("asked") or "")
    for version in visit.session.scalars(query):
        for item in list_of(version).items:
            if item.code == wanted[0] and wanted[1] in ("", asked_of(item)):
                return item.text
    return ""


def _hands(session: Session, inspection: Inspection) -> dict[tuple[str, int], tuple[int | None, int | None]]:
    rows = select(Receipt.result, Receipt.user_id, Receipt.device_id).where(
        Receipt.inspection_id == inspection.id, Receipt.kind == Kind.ANSWER.value
    )
    found: dict[tuple[str, int], tuple[int | None, int | None]] = {}
    for result, user_id, device_id in session.execute(rows.order_by(Receipt.id)).tuples():
        if result.get("outcome") in (Verdict.KEPT, Verdict.MERGED):
            found.setdefault((result["item"], result["version"]), (user_id, device_id))
    return found
