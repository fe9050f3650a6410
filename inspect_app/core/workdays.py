"""Working days by a calendar the office can load: official days come from the library, later years are 暂定."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chinese_calendar.constants import holidays, workdays
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inspect_app.core.database import Base

SATURDAY = 5


class CalendarDay(Base):
    """A day that differs from the plain week: a holiday on a weekday, or a weekend day that is worked (调休)."""

    __tablename__ = "calendar_day"

    on: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    name: Mapped[str]


@dataclass(frozen=True)
class Calendar:
    """Exceptions to the plain week, and the last date that the official arrangement covers."""

    exceptions: dict[date, bool]
    settled_until: date | None

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on this day."""
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def is_provisional(self, day: date) -> bool:
        """Tell whether the day lies past the published arrangement, so that a deadline there is shown as 暂定."""
        return self.settled_until is None or day > self.settled_until

    def add_working_days(self, start: date, count: int) -> date:
        """Return the day `count` working days after `start` (before it when negative); the start does not count."""
        step, left, day = (1 if count >= 0 else -1), abs(count), start
        while left:
            day += timedelta(days=step)
            left -= self.is_working(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count working days after `start` up to and including `end`; 0 when end is not later."""
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def load_calendar(session: Session) -> Calendar:
    """Read the calendar that the office has loaded."""
    days = session.execute(select(CalendarDay.on, CalendarDay.working)).all()
    exceptions = {row.on: row.working for row in days}
    return Calendar(exceptions, date(max(exceptions).year, 12, 31) if exceptions else None)


def library_days() -> Iterable[CalendarDay]:
    """Give the official exceptions that the calendar library knows (2004 to its latest published year)."""
    for day, name in holidays.items():
        if day.weekday() < SATURDAY:
            yield CalendarDay(on=day, working=False, name=name)
    for day, name in workdays.items():
        if day.weekday() >= SATURDAY:
            yield CalendarDay(on=day, working=True, name=name)


def seed_calendar(session: Session) -> int:
    """Add the library's days that are missing (the office's own entries win); return how many were added."""
    known = set(session.scalars(select(CalendarDay.on)))
    fresh = [day for day in library_days() if day.on not in known]
    session.add_all(fresh)
    return len(fresh)
