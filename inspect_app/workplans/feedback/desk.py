"""What stands on the home page and in the navigation: what a person owes, and what waits for their review."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.workplans.feedback.queries import PICK_LABELS, DueFilter, Pick, counts, owed_by
from inspect_app.workplans.lifecycle import DUE, PUBLISHED, REPORTED, RETURNED
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.queries import dues_visible_to

OWN = (Pick.RETURNED, Pick.OVERDUE, Pick.SOON)
TONES = {
    Pick.RETURNED: ("↺", "late"),
    Pick.OVERDUE: ("✕", "late"),
    Pick.SOON: ("◔", "wait"),
    Pick.REPORTED: ("◑", "wait"),
}


def on_home(actor: Actor) -> Mapping[str, Any] | None:
    """Return the piles that ask something of a person, as (endpoint, pile, label, tone, number); None without any."""
    session, today = db.session(), clock.today()
    lines = []
    if actor.can(Permission.REPORT_WORK):
        own = counts(session, owed_by(actor), DueFilter(), today)
        lines += [("workplans.mine", pile, own[pile]) for pile in OWN]
    if actor.can(Permission.ACCEPT_WORK):
        waiting = counts(session, dues_visible_to(actor), DueFilter(), today)
        lines += [("workplans.inbox", pile, waiting[pile]) for pile in (Pick.REPORTED, Pick.OVERDUE)]
    shown = [(endpoint, pile, PICK_LABELS[pile], TONES[pile], number) for endpoint, pile, number in lines if number]
    return {"lines": shown} if shown else None


def open_for(actor: Actor) -> int:
    """Count what a person's unit has to report."""
    return _number(owed_by(actor), (DUE, RETURNED)) if actor.can(Permission.REPORT_WORK) else 0


def waiting_for(actor: Actor) -> int:
    """Count what waits for a person's review."""
    return _number(dues_visible_to(actor), (REPORTED,)) if actor.can(Permission.ACCEPT_WORK) else 0


def _number(scope: Any, states: tuple[str, ...]) -> int:  # noqa: ANN401 - a condition
    rows = select(func.count()).select_from(WorkDue).join(WorkPlan, WorkPlan.id == WorkDue.plan_id)
    found = rows.where(scope, WorkDue.state.in_(states), WorkPlan.state == PUBLISHED)
    return db.session.scalar(found) or 0
