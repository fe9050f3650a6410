"""Digests, and where else than in the application a person wants theirs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.database import Base
from inspect_app.core.types import Json


class Digest(Base):
    """What was waiting for a person on a day; one a day and person, however often it is made."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("user_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    on: Mapped[date]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Delivery(Base):
    """One sending of a digest by mail or webhook.

    `outcome` is one of `reminders.delivering`: a failed one is tried anew, a sent one and one of which nobody knows
    whether it went out ("sending", "unclear") never.
    """

    __tablename__ = "digest_delivery"
    __table_args__ = (UniqueConstraint("digest_id", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digest.id"), index=True)
    channel: Mapped[str]
    outcome: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]


class ReminderChoice(Base):
    """How a person wants to be reminded; without a row only in the application."""

    __tablename__ = "reminder_choice"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    mail_address: Mapped[str] = mapped_column(default="")
    by_mail: Mapped[bool] = mapped_column(default=False)
    by_webhook: Mapped[bool] = mapped_column(default=False)
