"""Receipts: what was sent is answered once, and the same again is answered the same."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Forbidden
from inspect_app.core.labels import mark
from inspect_app.tablet import devices
from inspect_app.tablet.models import Device, Receipt

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_LENGTH = 8
KEPT_STATUS, STRANDED_STATUS, CONTRADICTED_STATUS = 200, 202, 409


class Kind(StrEnum):
    """What a receipt is for."""

    START = "start"
    ANSWER = "answer"
    FILE = "file"
    SIGNATURES = "signatures"
    SUBMIT = "submit"
    HAZARD = "hazard"
    SITE = "site"
    RECHECK = "recheck"
    STRANDED = "stranded"
    ADOPTED = "adopted"


KIND_LABELS: Mapping[str, str] = {
    Kind.START: mark("开始检查"),
    Kind.ANSWER: mark("作答"),
    Kind.FILE: mark("照片和材料"),
    Kind.SIGNATURES: mark("签名"),
    Kind.SUBMIT: mark("提交"),
    Kind.HAZARD: mark("表外隐患"),
    Kind.SITE: mark("新检查对象"),
    Kind.RECHECK: mark("复查"),
    Kind.STRANDED: mark("未能并入"),
    Kind.ADOPTED: mark("已采用"),
}


@dataclass(frozen=True)
class Sender:
    """Who sends, from which registered device if any, and by how many seconds its clock is ahead."""

    actor: Actor
    device_id: int | None = None
    offset_seconds: int | None = None


@dataclass(frozen=True)
class Sent:
    """One thing sent: the key its device gave it, what it is, and what it says; `target` is the thing it is about."""

    key: str
    kind: Kind
    content: Mapping[str, Any]
    claimed_at: datetime | None = None
    target: str = ""

    @property
    def digest(self) -> str:
        """Return the fingerprint of what is said, the clock of the device left out."""
        told = json.dumps([self.kind, self.target, self.content], ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class Outcome:
    """What became of something sent: `result` is told to the device, `kind` says where else it came to rest."""

    result: Mapping[str, Any]
    inspection_id: int | None = None
    status: int = KEPT_STATUS
    kind: Kind | None = None


@dataclass(frozen=True)
class Answered:
    """A receipt, and whether it was there before."""

    receipt: Receipt
    again: bool = field(default=False)


def hold(session: Session, keys: Iterable[str]) -> None:
    """Keep others who send the same keys waiting until the commit; SQLite lets one writer in anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for number in sorted({_lock_number(key) for key in keys}):
        session.execute(select(func.pg_advisory_xact_lock(number)))


def receive(session: Session, sender: Sender, sent: Sent, act: Callable[[], Outcome]) -> Answered:
    """Do what was sent, once; sent again it is answered as the first time.

    Raises Conflict when the key belongs to other content, Forbidden when it belongs to somebody else, and whatever
    `act` raises: then there is no receipt, and the same may be sent again when what hindered it is gone.
    """
    hold(session, [sent.key])
    if known := known_of(session, sender, [sent]).get(sent.key):
        return Answered(known, again=True)
    made = made_of(sender, sent, act())
    session.add(made)
    note_device(session, sender)
    session.flush()
    return Answered(made)


def known_of(session: Session, sender: Sender, many: Sequence[Sent]) -> dict[str, Receipt]:
    """Return by key the receipts there are of things sent, checked against what is sent now."""
    query = select(Receipt).where(Receipt.key.in_([each.key for each in many]))
    found = {row.key: row for row in session.scalars(query)}
    for each in many:
        if each.key in found:
            check_same(found[each.key], sender, each)
    return found


def check_same(known: Receipt, sender: Sender, sent: Sent) -> None:
    """Raise Forbidden or Conflict when a key that is used holds something else than what is sent now."""
    if known.user_id != sender.actor.id:
        raise Forbidden(mark("这份内容属于另一个人，不能由您发送。"))
    if known.digest != sent.digest:
        raise Conflict(mark("同一编号下已收到另一份内容，两份都已保留：本机这份没有覆盖先收到的，请核对后另行发送。"))


def made_of(sender: Sender, sent: Sent, outcome: Outcome) -> Receipt:
    """Make the receipt of an outcome."""
    now = clock.now()
    return Receipt(
        number=number_of(sent.key, now),
        key=sent.key,
        kind=(outcome.kind or sent.kind).value,
        digest=sent.digest,
        user_id=sender.actor.id,
        device_id=sender.device_id,
        inspection_id=outcome.inspection_id,
        status=outcome.status,
        result=dict(outcome.result),
        claimed_at=sent.claimed_at,
        offset_seconds=_offset(sender, sent, now),
        received_at=now,
    )


def note_device(session: Session, sender: Sender) -> None:
    """Note in the register that the device was in touch."""
    if sender.device_id is not None:
        devices.hear_of(session.get_one(Device, sender.device_id), sender.offset_seconds)


def number_of(key: str, at: datetime) -> str:
    """Return the number of a receipt: the local day, and letters that follow from the key, easy to read out."""
    value = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
    letters = "".join(LETTERS[value >> (5 * place) & 31] for place in range(NUMBER_LENGTH))
    return f"{clock.local(at):%Y%m%d}-{letters[:4]}-{letters[4:]}"


def as_json(answered: Answered) -> dict[str, Any]:
    """Return a receipt as a client reads it."""
    row = answered.receipt
    return {
        "key": row.key,
        "number": row.number,
        "kind": row.kind,
        "status": row.status,
        "again": answered.again,
        "received_at": row.received_at.isoformat(),
        "offset_seconds": row.offset_seconds,
        "clock_is_off": devices.is_off(row.offset_seconds),
        "result": row.result,
    }


def of_inspection(session: Session, inspection_id: int) -> Sequence[Receipt]:
    """List what was received about a visit, oldest first."""
    return session.scalars(select(Receipt).where(Receipt.inspection_id == inspection_id).order_by(Receipt.id)).all()


def of_keys(session: Session, actor: Actor, keys: Iterable[str]) -> dict[str, Receipt]:
    """Return by key what was received of the person's own."""
    rows = session.scalars(select(Receipt).where(Receipt.key.in_(list(keys)), Receipt.user_id == actor.id))
    return {row.key: row for row in rows}


def _offset(sender: Sender, sent: Sent, now: datetime) -> int | None:
    """Return how far the clock is ahead: as the device tells, or as far as what it claims lies in the future."""
    if sender.offset_seconds is None and sent.claimed_at is not None and sent.claimed_at > now:
        return round((sent.claimed_at - now).total_seconds())
    return sender.offset_seconds


def _lock_number(key: str) -> int:
    return int.from_bytes(hashlib.sha256(f"receipt {key}".encode()).digest()[:8], signed=True)
