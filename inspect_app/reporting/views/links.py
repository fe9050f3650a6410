"""From a figure to the list of exactly its rows."""

from typing import Any

from flask import url_for

from inspect_app.core.database import db
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.words import State
from inspect_app.regions.models import Region


def hazards_href(wanted: HazardFilter) -> str:
    """Return the address of the hazard list under a filter."""
    return url_for("hazards.index", **arguments(wanted))


def ledger_href(wanted: HazardFilter) -> str:
    """Return the address of the ledger under a filter."""
    return url_for("reporting.ledger", **arguments(wanted))


def arguments(wanted: HazardFilter) -> dict[str, Any]:
    """Return the filter as the hazard list reads it from an address."""
    region = db.session.get(Region, wanted.region_id) if wanted.region_id else None
    given: dict[str, Any] = {
        "region": region.code if region else None,
        "state": [state.value for state in State if state in wanted.states],
        "grade": [grade or "unknown" for grade in sorted(wanted.grades)],
        "overdue": 1 if wanted.overdue else None,
        "due_from": wanted.due_from,
        "due_to": wanted.due_to,
        "found_from": wanted.found_from,
        "found_to": wanted.found_to,
    }
    return {name: value for name, value in given.items() if value}
