"""The only reader of the clock. Instants are aware UTC; deadlines are local dates in Asia/Shanghai, inclusive."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
_pinned: ContextVar[datetime | None] = ContextVar("pinned_instant", default=None)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _pinned.get() or datetime.now(UTC)


def today() -> date:
    """Return the present local date (Asia/Shanghai), against which every deadline is read."""
    return local(now()).date()


def start_of(day: date) -> datetime:
    """Return the instant at which a local day begins."""
    return datetime.combine(day, time(), LOCAL).astimezone(UTC)


def local(instant: datetime) -> datetime:
    """Return an aware instant in local time."""
    return instant.astimezone(LOCAL)


@contextmanager
def set_to(instant: datetime) -> Iterator[None]:
    """Pin the clock to an aware instant, for tests and for building a sample whose history lies in the past."""
    token = _pinned.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _pinned.reset(token)
