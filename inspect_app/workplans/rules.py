"""How something owed stands on a day. Late is a rule of days, never a state. Pure."""

from datetime import date, datetime

from inspect_app.core.clock import local
from inspect_app.workplans.words import Look

SOON_DAYS = 7
# in time, late
REPORTED_LOOKS = {
    "waived": (Look.WAIVED, Look.WAIVED),
    "accepted": (Look.ACCEPTED, Look.ACCEPTED_LATE),
    "reported": (Look.REPORTED, Look.REPORTED_LATE),
}


def is_late(due_on: date, reported_at: datetime | None, today: date) -> bool:
    """Tell whether the first report came after the due day, or has not come though the day is over."""
    return (local(reported_at).date() if reported_at else today) > due_on


def look_of(
    state: str, due_on: date, reported_at: datetime | None, today: date, *, excused: bool = False, met: bool = False
) -> Look:
    """Say how something owed looks; `met` means that registers or visits show it done without a report."""
    late = not excused and is_late(due_on, reported_at, today)
    if state in REPORTED_LOOKS:
        return REPORTED_LOOKS[state][late]
    if met:
        return Look.FULFILLED
    return Look.RETURNED if state == "returned" else _waiting(due_on, today)


def _waiting(due_on: date, today: date) -> Look:
    if today > due_on:
        return Look.OVERDUE
    return Look.DUE_SOON if (due_on - today).days <= SOON_DAYS else Look.NOT_DUE


def on_time(
    state: str, due_on: date, reported_at: datetime | None, today: date, *, excused: bool = False, met: bool = False
) -> bool | None:
    """Tell whether it counts as on time, by its first report; None while that is open, and for what is waived.

    What was returned and not reported again by the due day is not on time.
    """
    if state == "waived":
        return None
    if state == "returned" and today > due_on and not excused:
        return met
    if reported_at is not None:
        return excused or not is_late(due_on, reported_at, today)
    if met:
        return True
    return None if today <= due_on else excused


def days_late(due_on: date, reported_at: datetime | None, today: date) -> int:
    """Count the days by which the first report came late, or has been missing; 0 when it is in time."""
    return max(((local(reported_at).date() if reported_at else today) - due_on).days, 0)
