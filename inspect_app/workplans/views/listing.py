"""The list of plans, and the page of one: its tasks in the order of the notice, who they fall to, what they ask for."""

from functools import partial
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.web.addresses import address_with
from inspect_app.workplans.intake import queries
from inspect_app.workplans.intake.editing import may_edit
from inspect_app.workplans.intake.settling import unsettled
from inspect_app.workplans.intake.stamps import stamp_of_plan
from inspect_app.workplans.intake.stating import stated
from inspect_app.workplans.intake.telling import summary
from inspect_app.workplans.library.words import GROUP_LABELS, TOPIC_LABELS
from inspect_app.workplans.lifecycle import CLOSED, DISCARDED, DRAFT, PLAN_LIFE, PLAN_STATES, PUBLISHED
from inspect_app.workplans.models import WorkObligation, WorkPlan
from inspect_app.workplans.positions import before_plan
from inspect_app.workplans.views.place import blueprint
from inspect_app.workplans.words import PART_LABELS, Verdict

PLAN_LOOKS = {DRAFT: ("◑", "wait"), PUBLISHED: ("●", "done"), CLOSED: ("◉", "none"), DISCARDED: ("✕", "none")}
_address = partial(address_with, "workplans.index")


@blueprint.get("")
@requires(Permission.VIEW_WORKPLANS)
def index() -> str:
    """List the plans that the person sees."""
    actor, session = current_actor(), db.session()
    year, state = request.args.get("year", type=int), request.args.get("state", "")
    found = queries.plans(session, actor, year, state if state in PLAN_STATES else "")
    years = {str(each): str(each) for each in queries.years(session, actor)}
    shown = {"plans": found, "years": years, "year": year, "state": state, "chips": _chips(year, state)}
    return render_template("workplans/index.html", states=PLAN_STATES, looks=PLAN_LOOKS, **shown, **_counts(found))


@blueprint.get("/<reference>")
@requires(Permission.VIEW_WORKPLANS)
def show(reference: str) -> str:
    """Show a plan as its notice has it, and what came of it."""
    actor, session = current_actor(), db.session()
    plan = queries.whole_plan(session, actor, reference)
    return render_template(
        "workplans/show.html", plan=plan, state=PLAN_STATES[plan.state], look=PLAN_LOOKS[plan.state],
        owed=queries.owed_by_task(session, actor, plan), editable=may_edit(session, actor, plan),
        open_things=unsettled(plan) if plan.state == DRAFT else None, demands_of=partial(_taken, plan),
        told=partial(told, plan), original=queries.original_of(session, plan),
        steps={step.action for step in PLAN_LIFE.open_to(plan, before_plan(session, actor, plan))},
        life=PLAN_LIFE, plan_stamp=stamp_of_plan(plan), **labels(),
    )  # fmt: skip


def told(plan: WorkPlan, demand: WorkObligation) -> str:
    """Say in a few words what a requirement asks for."""
    said = stated(demand.definition, plan.region.code, plan.year)
    return " · ".join(str(_(each.message, **each.params)) for each in summary(said))


def labels() -> dict[str, Any]:
    """Return what the templates call things."""
    return {"parts": PART_LABELS, "groups": GROUP_LABELS, "topics": TOPIC_LABELS}


def _counts(plans: list[WorkPlan]) -> dict[str, Any]:
    keys, session = [plan.id for plan in plans], db.session()
    owed = queries.due_counts(session, current_actor(), keys)
    return {"tasks": queries.task_counts(session, keys), "owed": owed}


def _taken(plan: WorkPlan, task_id: int | None) -> list[WorkObligation]:
    return [each for each in plan.obligations if each.task_id == task_id and each.verdict is Verdict.TAKEN]


def _chips(year: int | None, state: str) -> list[tuple[str, str]]:
    shown = {"year": str(year or ""), "state": _(PLAN_STATES[state]) if state in PLAN_STATES else ""}
    return [(label, _address(**{name: None})) for name, label in shown.items() if label]
