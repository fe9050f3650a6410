"""Changing documents: drawn up, filled in, numbered, signed, issued and frozen, voided with a reason."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, Stale, StepRefused
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.documents import numbering, readiness, sources
from inspect_app.documents.definition import KindDefinition
from inspect_app.documents.fields import cleaned, refuse_altered
from inspect_app.documents.freezing import Ready, freeze, make_ready, stored, take_number
from inspect_app.documents.issuing_body import issuer_of
from inspect_app.documents.lifecycle import DOCUMENT_LIFE, DRAFT, ISSUED, drafted_by
from inspect_app.documents.loading import definition_of
from inspect_app.documents.models import Document
from inspect_app.documents.rendering import render
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import county_of, covers

COUNTY_AND_BELOW = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


def draw_up(  # noqa: PLR0913 - who, what, about what, where, with what
    session: Session,
    actor: Actor,
    *,
    kind: str,
    subject_kind: str,
    subject_reference: str,
    region: Region,
    data: Mapping[str, Any],
    replaces: Document | None = None,
) -> Document:
    """Draft a document of a case; `data` may be incomplete, fields that the kind does not ask for are left out.

    `replaces` is the issued document of the same kind and case that the new one corrects. Forbidden or Invalid.
    """
    definition = definition_of(kind)
    _check_place(session, actor, region)
    _check_replaced(replaces, kind, (subject_kind, subject_reference))
    document = Document(
        uuid=str(uuid4()), kind=kind, family=definition.family, title=definition.title, state=DRAFT,
        subject_kind=subject_kind, subject_reference=subject_reference, region=region, replaces=replaces,
        county=county_of(session, region.id) if region.level in COUNTY_AND_BELOW else region,
        created_at=clock.now(), created_by_id=actor.id,
    )  # fmt: skip
    _fill(document, definition, data)
    session.add(document)
    session.flush()
    record(session, actor, "create", document, {"kind": [None, kind], "subject": [None, subject_reference]})
    return document


def update(session: Session, actor: Actor, document: Document, version: int, data: Mapping[str, Any]) -> Document:
    """Fill a draft in. Refused once somebody signed: what was signed stays as it was read."""
    open_draft(session, actor, document, version)
    if sources.is_fixed(document.subject_kind):
        raise Conflict(mark("这份文书的内容由所依据的事项生成，不能在这里改，请到那里取回修改。"))
    if document.signatures:
        raise Conflict(mark("已有人在这份文书上签名，内容不能再改；确需修改的，请作废后重新拟制。"))
    before = dict(document.data)
    refuse_altered(definition_of(document.kind), before, data)
    _fill(document, definition_of(document.kind), data)
    changes = {name: [before.get(name), value] for name, value in document.data.items() if before.get(name) != value}
    if changes:
        document.version += 1
        session.flush()
        record(session, actor, "update", document, changes)
    return document


def reserve_number(session: Session, actor: Actor, document: Document, version: int) -> str:
    """Give a draft its number before it is issued, for signing on paper; returns the number."""
    open_draft(session, actor, document, version)
    if document.number is not None:
        raise Conflict(mark("这份文书已有文号 %(number)s。"), number=document.number.text)
    text = take_number(session, actor, document)
    document.version += 1
    session.flush()
    record(session, actor, "reserve", document, {"number": [None, text]})
    return text


def make_ready_to_issue(session: Session, actor: Actor, document: Document) -> Ready | None:
    """Make the files of a draft before the transaction that issues it; None where issuing would be refused."""
    step = DOCUMENT_LIFE.step("issue", document.state)
    allowed = step and actor.can(step.permission) and step.position(document, actor)
    return make_ready(session, document) if allowed and not readiness.missing(session, document) else None


def issue(
    session: Session, actor: Actor, document: Document, version: int | None = None, ready: Ready | None = None
) -> Document:
    """Issue a draft: it takes its number and is frozen with its data, template and both files.

    `ready` is what `make_ready_to_issue` gave; files are made anew when they say something else than the draft now.
    StepRefused lists what is missing (`readiness.missing`). Afterwards the database refuses any change.
    """
    lock(session, document)
    if version is not None and version != document.version:
        raise Stale
    step = DOCUMENT_LIFE.step("issue", document.state)
    if step and actor.can(step.permission) and step.position(document, actor):
        if lacking := readiness.missing(session, document):
            raise StepRefused([str(sentence) for sentence in lacking])
        freeze(session, actor, document, ready)
    facts = {"number": document.number and document.number.text, "content_hash": document.content_hash}
    advance(DOCUMENT_LIFE, "issue", Attempt(document, facts, actor, clock.now(), clock.today()), version=version)
    session.flush()
    record(session, actor, "issue", document, {name: [None, value] for name, value in facts.items()})
    sources.tell(session, actor, document, "issue")
    return document


def void(session: Session, actor: Actor, document: Document, reason: str, version: int | None = None) -> Document:
    """Void a document with its number; neither comes back."""
    lock(session, document)
    facts, before = {"reason": reason.strip()}, document.state
    advance(DOCUMENT_LIFE, "void", Attempt(document, facts, actor, clock.now(), clock.today()), version=version)
    if document.number is not None:
        numbering.void(document.number, reason.strip())
    session.flush()
    record(session, actor, "void", document, {"state": [before, document.state], "reason": [None, reason.strip()]})
    sources.tell(session, actor, document, "void", reason.strip())
    return document


def preview_pdf(document: Document) -> bytes:
    """Return the PDF: as issued, or as the draft would look now."""
    if document.frozen is None:
        return render(document).pdf
    return stored(document, "pdf")


def record(session: Session, actor: Actor, action: str, document: Document, changes: Mapping[str, Any]) -> None:
    """Write the trail of a document."""
    audit.record(
        session,
        actor,
        f"document.{action}",
        kind="document",
        id=document.id,
        reference=document.number.text if document.number else document.subject_reference,
        region_id=document.region_id,
        changes=changes,
    )


def open_draft(session: Session, actor: Actor, document: Document, version: int) -> None:
    """Lock a draft for a change by somebody who may; Stale, Forbidden or Conflict."""
    lock(session, document)
    if version != document.version:
        raise Stale
    _check_drafter(actor, document)


def _check_drafter(actor: Actor, document: Document) -> None:
    if document.state != DRAFT:
        raise Conflict(mark("文书已经发出或作废，不能再改；有错的，请开具一份新的更正它。"))
    if not drafted_by(document, actor):
        raise Forbidden(mark("这份文书由别人拟制，您不能改。"))


def _check_place(session: Session, actor: Actor, region: Region) -> None:
    able = actor.can(Permission.DRAW_UP_DOCUMENT) or actor.can(Permission.ISSUE_DOCUMENT)
    placed = actor.role is None or (actor.view_region_id and covers(session, actor.view_region_id, region.id))
    if not (able and placed):
        raise Forbidden(mark("您不能为这个地区拟制文书。"))


def _check_replaced(replaces: Document | None, kind: str, subject: tuple[str, str]) -> None:
    if replaces is None:
        return
    if replaces.state != ISSUED or (replaces.kind, replaces.subject_kind, replaces.subject_reference) != (
        kind,
        *subject,
    ):
        raise Invalid({"replaces": [mark("只能更正同一事项已发出的同种文书。")]})


def _fill(document: Document, kind: KindDefinition, data: Mapping[str, Any]) -> None:
    document.data = cleaned(kind, data)
    document.title = kind.title_of(document.data)
    document.addressee = str(document.data.get("addressee") or document.data.get("site") or "")
    issuer = issuer_of(document.region)
    if issuer is not None:
        document.family = issuer.family_of(kind)
        document.issuer = issuer.name(issuer.family_of(kind))
