"""A calendar for pure tests: the holidays of 2026 around which the rules are tried, as the State Council set them."""

from datetime import date, timedelta

from inspect_app.core.workdays import Calendar, library_days


def day(text: str) -> date:
    """Read a day of 2026 written as "6-15", or a whole date."""
    parts = [int(part) for part in text.split("-")]
    return date(*parts) if len(parts) == 3 else date(2026, *parts)


def official() -> Calendar:
    """Return the official arrangement up to the end of 2026."""
    return Calendar({each.on: each.working for each in library_days()}, date(2026, 12, 31))


def days_of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
