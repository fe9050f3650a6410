"""What a tablet does with a visit as a whole: begin it, have it signed, submit it."""

import hashlib
import json
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.core.database import lock
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.documents.signing import checked
from inspect_app.inspections import answers, queries, service, stepping
from inspect_app.inspections.lifecycle import DONE_STATES, PLANNED
from inspect_app.inspections.models import Inspection
from inspect_app.tablet import signing
from inspect_app.tablet.answering import stranded
from inspect_app.tablet.receipts import Outcome, Sender, Sent
from inspect_app.tablet.rules import Verdict
from inspect_app.tablet.visits import why_stranded


def start(session: Session, sender: Sender, inspection: Inspection, sent: Sent) -> Outcome:
    """Begin a visit; one that another tablet has begun is begun."""
    lock(session, inspection)
    if why := why_stranded(session, sender.actor, inspection):
        return stranded(sent, why, inspection)
    if inspection.state == PLANNED:
        service.start(session, sender.actor, inspection)
    return _kept(inspection)


def sign(session: Session, sender: Sender, inspection: Inspection, sent: Sent) -> Outcome:
    """Keep signatures beside a fingerprint of the answers they were given under.

    A refusal needs its witness, anything else its strokes; raises Invalid. A visit that was submitted meanwhile takes
    the signatures of its own team as well: they are given about what was found, not about the state of a record.
    """
    lock(session, inspection)
    signatures = [_signature(position, each) for position, each in enumerate(sent.content["signatures"])]
    why = why_stranded(session, sender.actor, inspection)
    if why is not None and inspection.state not in DONE_STATES:
        return stranded(sent, why, inspection)
    told = {"outcome": Verdict.KEPT, "answers_sha256": fingerprint(session, inspection), "signatures": signatures}
    stepping.record(session, sender.actor, "inspection.sign", inspection, {"signatures": [None, _said(signatures)]})
    return Outcome({**told, "remark": sent.content.get("remark", "")}, inspection.id)


def submit(session: Session, sender: Sender, inspection: Inspection, sent: Sent) -> Outcome:
    """Submit a visit that is signed; raises Invalid until it is, and what `service.submit` raises.

    Nothing is received then, and it may be sent again.
    """
    lock(session, inspection)
    person, summary = sent.content["site_person"].strip(), sent.content.get("summary", "").strip()
    if why := why_stranded(session, sender.actor, inspection):
        same = inspection.state in DONE_STATES and (inspection.site_person, inspection.summary) == (person, summary)
        return _kept(inspection, **_came_of(session, inspection)) if same else stranded(sent, why, inspection)
    signing.insist(session, inspection)
    service.submit(session, sender.actor, inspection, site_person=person, summary=summary)
    session.flush()
    return _kept(inspection, **_came_of(session, inspection))


def fingerprint(session: Session, inspection: Inspection) -> str:
    """Return the SHA-256 of everything answered so far: answers changed after a signature have another one."""
    given = queries.answers_of(session, inspection)
    told = [[code, answers.content_of(given[code])] for code in sorted(given)]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _kept(inspection: Inspection, **more: object) -> Outcome:
    told = {"outcome": Verdict.KEPT, "reference": inspection.reference, "state": inspection.state}
    return Outcome({**told, "version": inspection.version, **more}, inspection.id)


def _came_of(session: Session, inspection: Inspection) -> dict[str, Any]:
    """Return what became of a submission: scores as text, and the references of its hazards."""
    scores = {
        sheet.checklist_version.code: None if sheet.score is None else str(sheet.score) for sheet in inspection.sheets
    }
    hazards = {code: hazard.reference for code, hazard in queries.hazards_of(session, inspection).items()}
    return {"scores": scores, "hazards": hazards}


def _signature(position: int, given: dict[str, Any]) -> dict[str, Any]:
    refused, strokes = given.get("refused", False), given.get("strokes", "")
    field = f"signatures[{position}]"
    if refused and not given.get("witness", "").strip():
        raise Invalid({field: [mark("拒绝签字的，须写明见证人。")]})
    if not refused and not strokes.strip():
        raise Invalid({field: [mark("没有签名；拒绝签字的请注明，并写明见证人。")]})
    texts = {name: given.get(name, "").strip() for name in ("role", "name", "credential", "witness")}
    return {**texts, "strokes": "" if refused else checked(strokes), "refused": refused}


def _said(signatures: list[dict[str, Any]]) -> list[str]:
    return [f"{each['role']} {'refused' if each['refused'] else 'signed'}" for each in signatures]
