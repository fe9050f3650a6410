"""How a clock stands, what is verified on the same day, and where the figures of two sides differ. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from inspect_app.core.clock import local
from inspect_app.quakes.words import FIGURES, Standing


class Timed(Protocol):
    """What the standing of a clock depends on; all instants are aware."""

    @property
    def due_at(self) -> datetime | None:
        """Up to when it is met; None where the place has no number."""

    @property
    def done_at(self) -> datetime | None:
        """When it was done."""

    @property
    def cancelled_at(self) -> datetime | None:
        """When it was taken away."""

    @property
    def omitted_at(self) -> datetime | None:
        """From when on it can no longer be met."""


def standing(clock: Timed, now: datetime) -> Standing:
    """Tell how a clock stands: what is due at noon is met at noon, and what has no limit is never late."""
    if clock.cancelled_at is not None:
        return Standing.CANCELLED
    if clock.omitted_at is not None:
        return Standing.OMITTED
    if clock.due_at is None:
        return Standing.NO_LIMIT
    if (clock.done_at or now) > clock.due_at:
        return Standing.LATE
    return Standing.MET if clock.done_at else Standing.RUNNING


def same_day(received_at: datetime, verified_at: datetime | None) -> bool:
    """Tell whether it did not stay overnight: verified before midnight, local time, of the day it was received."""
    return verified_at is not None and local(received_at).date() == local(verified_at).date()


def figures_of(given: Mapping[str, Any]) -> dict[str, int | None]:
    """Return every figure of a report; one that was not told is None, which is not zero."""
    return {name: given.get(name) for name in FIGURES}


def differing(one: Mapping[str, int | None], other: Mapping[str, int | None]) -> tuple[str, ...]:
    """Name the figures of which both sides say something, and not the same."""
    return tuple(name for name in FIGURES if None not in (one.get(name), other.get(name)) and one[name] != other[name])
