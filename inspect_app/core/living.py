"""Columns shared by everything that has a life, and by the events that tell it."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.types import Json


class Living:
    """State and version of a thing with a life; only `core.lifecycle.advance` assigns them after creation."""

    event_class: ClassVar[type[Any]]

    state: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)


class EventColumns:
    """One step taken: append-only; replaying the events of a thing gives its state."""

    id: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[str]
    source: Mapped[str]
    target: Mapped[str]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    at: Mapped[datetime]
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
