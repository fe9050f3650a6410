"""People who sign in, their sessions, and the tries that failed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.access.permissions import Role
from inspect_app.core.database import Base
from inspect_app.core.types import choice


class User(Base):
    """An account of one person. Disabled, never deleted."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(choice(Role))
    view_region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    capture_region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    credential_number: Mapped[str | None]
    password_hash: Mapped[str]
    password_changed_at: Mapped[datetime]
    must_change_password: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    sessions: Mapped[list["SignIn"]] = relationship(back_populates="user")


class SignIn(Base):
    """A server-side session; the cookie holds a random token of which only the hash is stored."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None]
    address: Mapped[str] = mapped_column(default="")
    device: Mapped[str] = mapped_column(default="")

    user: Mapped[User] = relationship(back_populates="sessions")


class FailedSignIn(Base):
    """A failed try, counted per account and address for the lock-out."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index("ix_failed_sign_in_login_at", "login", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
    cleared: Mapped[bool] = mapped_column(default=False)
