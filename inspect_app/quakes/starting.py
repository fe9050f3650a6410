"""Which rule holds in a place, whether an earthquake starts it, and up to when it is met."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from inspect_app.core.workdays import Calendar
from inspect_app.quakes.definition import Rule
from inspect_app.workplans.library.deadlines import Event, deadline
from inspect_app.workplans.library.places import Asked, Place


def rule_for(rules: Iterable[Rule], place: Place) -> Rule | None:
    """Return the rule that holds in a place: that of the place itself before those of the regions above it."""
    known = {each.region: each for each in rules if each.level == place.level}
    return next((known[code] for code in place.path if code in known), None)


def begins(rule: Rule, place: Place, magnitude: Decimal, year: int) -> bool:
    """Tell whether an earthquake of this magnitude starts a clock; a rule without the parameter takes every one.

    Where the parameter is there but the place has no number of its own, nothing starts.
    """
    if rule.asked.measure.number("magnitude") is None:
        return True
    least = Asked(rule.asked, place, year).exact("magnitude")
    return least is not None and magnitude >= least


def due(rule: Rule, place: Place, start: datetime, magnitude: Decimal | None, calendar: Calendar) -> datetime | None:
    """Return up to when what starts at an instant is in time; None where the place has no number."""
    return deadline(rule.asked, place, Event(start, magnitude), calendar).at
