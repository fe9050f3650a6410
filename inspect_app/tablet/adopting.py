"""What could not enter its visit: who may take it over, into the same visit or another one of the same object."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import Conflict, NotFound
from inspect_app.core.labels import mark
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.inspections import answers, proofs
from inspect_app.inspections.lifecycle import UNDER_WAY
from inspect_app.inspections.models import Answer, Inspection, Inspector
from inspect_app.inspections.queries import by_reference, visible_to
from inspect_app.tablet import answering, receipts
from inspect_app.tablet.models import Receipt
from inspect_app.tablet.proposals import decision_key
from inspect_app.tablet.receipts import Kind, Outcome, Sender, Sent
from inspect_app.tablet.rules import Verdict

ASIDE = (Verdict.STRANDED, Verdict.NEEDS_YOU)


@dataclass(frozen=True)
class Aside:
    """Something received beside its visit; `adopted` is the receipt of whoever took it over."""

    receipt: Receipt
    adopted: Receipt | None

    @property
    def adoptable(self) -> bool:
        """Tell whether it is an answer or a file: signatures and submissions are only looked at."""
        told = self.receipt.result
        return self.adopted is None and (told.get("of", Kind.ANSWER) == Kind.ANSWER or "file" in told)


def aside_of(session: Session, inspection: Inspection) -> list[Aside]:
    """List what came to rest beside a visit, oldest first."""
    rows = [row for row in receipts.of_inspection(session, inspection.id) if row.result.get("outcome") in ASIDE]
    keys = {decision_key(row): row for row in rows}
    taken = {row.key: row for row in session.scalars(select(Receipt).where(Receipt.key.in_(list(keys))))}
    return [Aside(row, taken.get(key)) for key, row in keys.items()]


def targets(session: Session, actor: Actor, inspection: Inspection) -> Sequence[Inspection]:
    """List the visits to the same object that the person is filling now, this one first if it is among them."""
    mine = select(Inspector.inspection_id).where(Inspector.user_id == actor.id)
    rows = session.scalars(
        select(Inspection).where(
            Inspection.site_id == inspection.site_id, Inspection.state == UNDER_WAY, Inspection.id.in_(mine),
            visible_to(actor),
        ).order_by(Inspection.id)
    ).all()  # fmt: skip
    return sorted(rows, key=lambda each: each.id != inspection.id)


def adopt(session: Session, sender: Sender, inspection: Inspection, number: str, target: str) -> Receipt:
    """Take over what lies beside a visit; the target is one of `targets`. Doing it again changes nothing.

    Raises NotFound, Conflict when there is nothing to take over, and what answering raises.
    """
    found = next((each for each in aside_of(session, inspection) if each.receipt.number == number), None)
    if found is None or target not in {each.reference for each in targets(session, sender.actor, inspection)}:
        raise NotFound
    if found.adopted is not None:
        return found.adopted
    if not found.adoptable:
        raise Conflict(mark("签名和提交不能采用，只供查看。"))
    into = by_reference(session, sender.actor, target)
    return (
        _file(session, sender, into, found.receipt)
        if "file" in found.receipt.result
        else _answer(session, sender, into, found.receipt)
    )


def _answer(session: Session, sender: Sender, into: Inspection, row: Receipt) -> Receipt:
    """Let the answer stand for the present one: whoever adopts it has both before them."""
    content = {name: value for name, value in row.result["content"].items() if name not in {"asked", "version"}}
    query = select(Answer.version).where(Answer.inspection_id == into.id, Answer.item_code == content["item"])
    present = session.scalar(query) or 0
    sent = Sent(decision_key(row), Kind.ANSWER, {**content, "version": present}, row.claimed_at, into.uuid)
    done = answering.keep(session, sender, into, [sent])[0]
    if isinstance(done, answering.Refused):
        raise done.error
    return done.receipt


def _file(session: Session, sender: Sender, into: Inspection, row: Receipt) -> Receipt:
    answers.check_open(into)
    file = session.scalars(select(Evidence).where(Evidence.uuid == row.result["file"])).one()
    item, paper = str(row.result["content"]["item"]), file.purpose is Purpose.PROOF
    made = proofs.attach_proof(session, sender.actor, into, item, proofs.prepared_of(file), paper=paper)
    told = {"outcome": Verdict.KEPT, "of": row.number, "file": made.uuid, "item": item}
    sent = Sent(decision_key(row), Kind.ADOPTED, told, row.claimed_at, into.uuid)
    return receipts.receive(session, sender, sent, lambda: Outcome(told, into.id)).receipt
