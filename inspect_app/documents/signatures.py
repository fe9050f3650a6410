"""Collecting signatures: drawn on the screen, given on paper with a scan, or refused before a witness."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.documents.definition import Signer
from inspect_app.documents.freezing import keep
from inspect_app.documents.loading import definition_of
from inspect_app.documents.models import Document, DocumentSignature
from inspect_app.documents.service import open_draft, record
from inspect_app.documents.signing import checked
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import Prepared


@dataclass(frozen=True)
class Given:
    """A signature as it comes from the page; without strokes it was given on paper, unless refused."""

    role: str
    name: str
    credential: str = ""
    strokes: str = ""
    refused: bool = False
    witness: str = ""


def sign(session: Session, actor: Actor, document: Document, version: int, given: Given) -> DocumentSignature:
    """Add a signature to a draft; from then on its content stands still. Invalid names what is missing."""
    open_draft(session, actor, document, version)
    signer = definition_of(document.kind).signer(given.role)
    _refuse(document, signer, given)
    made = DocumentSignature(
        document_id=document.id, role=given.role, name=given.name.strip(), credential=given.credential.strip(),
        strokes="" if given.refused else checked(given.strokes), refused=given.refused,
        witness=given.witness.strip() if given.refused else "", signed_at=clock.now(),
    )  # fmt: skip
    document.signatures.append(made)
    document.version += 1
    session.flush()
    told = {"role": [None, made.role], "refused": [None, made.refused]}
    record(session, actor, "sign", document, told)
    return made


def attach_scan(session: Session, actor: Actor, document: Document, prepared: Prepared, version: int) -> None:
    """Keep a scan of the draft as people signed it on paper."""
    open_draft(session, actor, document, version)
    sha256 = keep(session, actor, document, prepared, "scan", Purpose.PROOF)
    record(session, actor, "scan", document, {"sha256": [None, sha256]})


def _refuse(document: Document, signer: Signer | None, given: Given) -> None:
    problems: dict[str, list[str]] = {}
    if signer is None:
        raise Invalid({"role": [mark("这种文书没有这类签名人。")]})
    if not given.name.strip():
        problems["name"] = [mark("请写明签名人姓名。")]
    if given.refused and not signer.may_refuse:
        problems["refused"] = [mark("只有被检查单位一方可以记为拒绝签字。")]
    if given.refused and not given.witness.strip():
        problems["witness"] = [mark("拒绝签字的，请写明见证人。")]
    if given.refused and given.witness.strip() == given.name.strip():
        problems["witness"] = [mark("见证人不能是拒绝签字的本人。")]
    if signer.credential and not given.credential.strip():
        problems["credential"] = [mark("检查人员须写明检查证号。")]
    if any(_same(each, given) for each in document.signatures):
        problems["name"] = [mark("这个人已经签过名；两名检查人员须是不同的人、不同的证号。")]
    if problems:
        raise Invalid(problems)


def _same(known: DocumentSignature, given: Given) -> bool:
    if known.role != given.role:
        return False
    certificate = given.credential.strip()
    return known.name == given.name.strip() or bool(certificate and known.credential == certificate)
