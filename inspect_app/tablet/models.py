"""Tablets, what they have sent, files on their way, and answers that contradict each other."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.accounts.models import User
from inspect_app.core.database import Base
from inspect_app.core.types import Json
from inspect_app.inspections.models import Inspection


class Device(Base):
    """A tablet; several people may share it, each with a key of their own. Revoked, never deleted.

    `offset_seconds` is how far its clock was ahead of the server's when it was last heard of.
    """

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    agent: Mapped[str] = mapped_column(default="")
    registered_at: Mapped[datetime]
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    heard_of_at: Mapped[datetime | None]
    offset_seconds: Mapped[int | None]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None]

    keys: Mapped[list["DeviceKey"]] = relationship(back_populates="device", order_by="DeviceKey.id")


class DeviceKey(Base):
    """The right of one person to send from one device; only the hash of the token is stored."""

    __tablename__ = "device_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    device: Mapped[Device] = relationship(back_populates="keys")
    user: Mapped[User] = relationship()


class Receipt(Base):
    """That something sent was received; append-only. The same `key` with the same `digest` is answered the same again.

    `key` is the UUID that the device gave to what it sent, `result` what it was told. `claimed_at` is the device's own
    clock, `received_at` the server's, which decides.
    """

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_inspection", "inspection_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    digest: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"), index=True)
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id"))
    status: Mapped[int]
    result: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    claimed_at: Mapped[datetime | None]
    offset_seconds: Mapped[int | None]
    received_at: Mapped[datetime]


class Upload(Base):
    """A file on its way, portion by portion; its bytes so far lie in the data folder under `uuid`.

    It is done once `received` is `size` and the SHA-256 of all bytes is `sha256`; `about` says what it is for.
    """

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
    sha256: Mapped[str]
    size: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    about: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    started_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Disagreement(Base):
    """Two answers to one item of a visit; both are kept until the lead inspector chooses, and afterwards.

    `stored` is the answer that came first, `offered` the other one: content, who, when, from which device. What was
    chosen, "stored" or "offered", stands in `chosen`.
    """

    __tablename__ = "disagreement"
    __table_args__ = (Index("ix_disagreement_inspection", "inspection_id", "item_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    item_code: Mapped[str]
    stored: Mapped[dict[str, Any]] = mapped_column(Json)
    offered: Mapped[dict[str, Any]] = mapped_column(Json)
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    found_at: Mapped[datetime]
    chosen: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None]

    inspection: Mapped[Inspection] = relationship()
