"""The review of a notice: its text on the left, what was read of it on the right; each piece is saved by itself."""

from functools import partial
from typing import Any

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region
from inspect_app.workplans.intake import heads, queries, stamps, units
from inspect_app.workplans.intake.editing import may_edit
from inspect_app.workplans.intake.forms import DatesForm, HeadForm, MembersForm, UnitForm
from inspect_app.workplans.intake.marking import stretches
from inspect_app.workplans.intake.offering import offer
from inspect_app.workplans.intake.settling import is_known, unsettled, uses_members
from inspect_app.workplans.intake.stating import stated
from inspect_app.workplans.intake.tasks import checkable, give_everybody, lonely_count
from inspect_app.workplans.intake.telling import LIMIT_LABELS
from inspect_app.workplans.intake.whom import GROUPS, departments, whom
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.library.words import (
    GROUP_LABELS,
    KIND_LABELS,
    LEVEL_LABELS,
    OF_LABELS,
    PERIOD_LABELS,
    TRIGGER_LABELS,
)
from inspect_app.workplans.lifecycle import DRAFT, PLAN_LIFE, PLAN_STATES, PUBLISHED
from inspect_app.workplans.models import WorkObligation, WorkPlan
from inspect_app.workplans.positions import before_plan
from inspect_app.workplans.views.listing import PLAN_LOOKS, labels, told
from inspect_app.workplans.views.place import blueprint
from inspect_app.workplans.views.saving import asked, piece, saved
from inspect_app.workplans.words import VERDICT_LABELS, Part

ONE_BY_ONE = mark("成员单位要逐个选择，不能填一组单位。")


@blueprint.get("/<reference>/review")
@requires(Permission.PUBLISH_WORKPLAN)
def review(reference: str) -> str:
    """Show the text beside what was read of it."""
    session, actor = db.session(), current_actor()
    plan = queries.whole_plan(session, actor, reference)
    editable = may_edit(session, actor, plan) and plan.state in (DRAFT, PUBLISHED)
    steps = {step.action for step in PLAN_LIFE.open_to(plan, before_plan(session, actor, plan))}
    return render_template(
        "workplans/review.html", plan=plan, open_things=unsettled(plan), editable=editable, steps=steps,
        correcting=plan.state == PUBLISHED, original=queries.original_of(session, plan), life=PLAN_LIFE,
        state=PLAN_STATES[plan.state], look=PLAN_LOOKS[plan.state],
        **_read(plan), **_choices(plan), **labels(),
    )  # fmt: skip


def _read(plan: WorkPlan) -> dict[str, Any]:
    """Return what was read, and how the template asks about its pieces."""

    def demands_of(task_id: int | None) -> list[WorkObligation]:
        return [each for each in plan.obligations if each.task_id == task_id]

    return {
        "stretches": stretches(plan),
        "unknown": units.unknown_names(plan),
        "lonely": lonely_count(plan),
        "uses_members": uses_members(plan),
        "is_known": is_known,
        "demands_of": demands_of,
        "checkable": partial(checkable, plan),
        "offer_for": partial(offer, library(), plan),
        "told": partial(told, plan),
        "stated": lambda demand: stated(demand.definition, plan.region.code, plan.year),
        "stamp_of_task": partial(stamps.stamp_of_task, plan),
        "letter_stamp": stamps.stamp_of_letter(plan),
        "plan_stamp": stamps.stamp_of_plan(plan),
    }


def _choices(plan: WorkPlan) -> dict[str, Any]:
    """Return what there is to choose from."""
    session = db.session()
    return {
        "register": departments(session, plan.region_id),
        "group_names": [GROUP_LABELS[each] for each in GROUPS],
        "places": queries.places_of(session, current_actor()),
        "members_offered": heads.members_before(session, plan),
        "kinds": KIND_LABELS,
        "levels": LEVEL_LABELS,
        "each_of": OF_LABELS,
        "periods": PERIOD_LABELS,
        "triggers": TRIGGER_LABELS,
        "limits": LIMIT_LABELS,
        "verdicts": VERDICT_LABELS,
    }


@blueprint.post("/<reference>/head")
@requires(Permission.EDIT_WORKPLAN)
def save_head(reference: str) -> Response:
    """Correct whose paper it is, and for which year."""
    form = asked(reference, HeadForm)
    with piece(reference) as plan:
        region = _place(form.region_id.data) if form.region_id.data else None
        heads.change_head(
            db.session(), current_actor(), plan, form.head(), region=region, reason=form.why, stamp=form.stamp
        )
    return saved(reference, "letter")


@blueprint.post("/<reference>/dates")
@requires(Permission.EDIT_WORKPLAN)
def save_dates(reference: str) -> Response:
    """Replace the reporting dates."""
    form = asked(reference, DatesForm)
    days = form.days()
    with piece(reference) as plan:
        heads.set_dates(db.session(), current_actor(), plan, days, reason=form.why, stamp=form.stamp)
    return saved(reference, "dates")


@blueprint.post("/<reference>/members")
@requires(Permission.EDIT_WORKPLAN)
def save_members(reference: str) -> Response:
    """Say which departments 成员单位 means."""
    form = asked(reference, MembersForm)
    with piece(reference) as plan:
        chosen = form.units()
        if form.who.data:
            chosen.append(_unit(plan, form))
        heads.set_members(db.session(), current_actor(), plan, chosen, reason=form.why, stamp=form.stamp)
    return saved(reference, "members")


@blueprint.post("/<reference>/names")
@requires(Permission.EDIT_WORKPLAN)
def save_name(reference: str) -> Response:
    """Say once who a name is wherever the notice writes it, or register all unknown ones."""
    form = asked(reference, UnitForm)
    choice, written = form.choice(), form.written.data or ""
    more: dict[str, Any] = {"new": choice.new, "remember": choice.remember}
    with piece(reference) as plan:
        if form.all.data:
            count = units.register_all(db.session(), current_actor(), plan, stamp=form.stamp)
        else:
            given = {**more, "reason": form.why, "stamp": form.stamp}
            count = units.settle_name(db.session(), current_actor(), plan, written, choice.who, **given)
    flash(_("已认定 %(count)s 处。", count=count), "success")
    return saved(reference, "names")


@blueprint.post("/<reference>/lonely")
@requires(Permission.EDIT_WORKPLAN)
def save_lonely(reference: str) -> Response:
    """Give a unit or group to all tasks for which the notice names nobody."""
    form = asked(reference, UnitForm)
    choice = form.choice()
    with piece(reference) as plan:
        found = whom(db.session(), plan, choice.who, new=choice.new)
        who = (found.unit_id, found.group)
        count = give_everybody(db.session(), current_actor(), plan, Part(choice.part), found.name, who)
    flash(_("已给 %(count)s 项任务补写单位。", count=count), "success")
    return saved(reference, "names")


def _unit(plan: WorkPlan, form: MembersForm) -> int:
    found = whom(db.session(), plan, form.who.data or "", new=bool(form.new.data))
    if found.unit_id is None:
        raise Invalid({"who": [ONE_BY_ONE]})
    return found.unit_id


def _place(key: int) -> Region:
    found = next((each for each in queries.places_of(db.session(), current_actor()) if each.id == key), None)
    if found is None:
        raise NotFound
    return found
