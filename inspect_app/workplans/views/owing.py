"""What a plan makes its units owe: the obligations taken, their numbers and records, and what is not owed and why."""

from collections import Counter

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.regions.models import Region, Unit
from inspect_app.workplans.intake.editing import may_edit
from inspect_app.workplans.library.words import KIND_LABELS, TOPIC_LABELS
from inspect_app.workplans.lifecycle import DRAFT, PUBLISHED
from inspect_app.workplans.models import WorkDue, WorkObligation, WorkPlan
from inspect_app.workplans.owing import shelf
from inspect_app.workplans.owing.adopting import choose_record, set_numbers
from inspect_app.workplans.owing.definitions import as_obligation, topic_of
from inspect_app.workplans.owing.forms import NumbersForm
from inspect_app.workplans.owing.numbers import Number, numbers_of
from inspect_app.workplans.owing.service import asked
from inspect_app.workplans.owing.wanted import NotOwed
from inspect_app.workplans.queries import plan_of
from inspect_app.workplans.records.service import record_of
from inspect_app.workplans.views.place import Page, blueprint


@blueprint.get("/<reference>/obligations")
@requires(Permission.EDIT_WORKPLAN, Permission.PUBLISH_WORKPLAN)
def obligations(reference: str) -> str:
    """List the obligations of a plan, and what it makes nobody owe."""
    return _drawn(plan_of(db.session(), current_actor(), reference), {})


@blueprint.post("/<reference>/obligations/<int:key>")
@requires(Permission.EDIT_WORKPLAN)
def set_obligation(reference: str, key: int) -> Page:
    """Set the numbers of an obligation for the place of the plan, and the record that answers it."""
    session, actor = db.session(), current_actor()
    form = NumbersForm.about(_row(plan_of(session, actor, reference), key))
    if not form.validate_on_submit():
        return _drawn(plan_of(session, actor, reference), {key: form}), 422
    try:
        with transaction():
            row = _set(plan_of(session, actor, reference), key, form)
    except Invalid as refused:
        form.show(refused)
        return _drawn(plan_of(session, actor, reference), {key: form}), 422
    flash(_("已保存。"), "success")
    return redirect(url_for("workplans.obligations", reference=reference, _anchor=f"o-{row.code}"))


def _set(plan: WorkPlan, key: int, form: NumbersForm) -> WorkObligation:
    session, actor, row, why = db.session(), current_actor(), _row(plan, key), form.reason.data or ""
    set_numbers(session, actor, row, plan, form.numbers(), reason=why)
    return choose_record(session, actor, row, plan, form.record.data or "", reason=why)


def _row(plan: WorkPlan, key: int) -> WorkObligation:
    found = next((each for each, _mistakes in shelf.taken(plan) if each.id == key), None)
    if found is None:
        raise NotFound
    return found


def _drawn(plan: WorkPlan, forms: dict[int, NumbersForm]) -> str:
    session = db.session()
    editable = may_edit(session, current_actor(), plan) and plan.state in (DRAFT, PUBLISHED)
    rows = shelf.taken(plan)
    return render_template(
        "workplans/obligations.html",
        plan=plan,
        rows=rows,
        numbers={row.id: _numbers(row, plan) for row, wrong in rows if not wrong},
        forms={row.id: forms.get(row.id) or NumbersForm.about(row, formdata=None) for row, _wrong in rows},
        records={row.id: record_of(row) for row, _wrong in rows},
        counts=_counts(plan),
        not_owed=_not_owed(plan),
        editable=editable,
        correcting=plan.state == PUBLISHED,
        kinds=KIND_LABELS,
        topics=TOPIC_LABELS,
        topic_of=topic_of,
    )


def _numbers(row: WorkObligation, plan: WorkPlan) -> list[Number]:
    return numbers_of(as_obligation(row), plan.region.code, plan.year)


def _counts(plan: WorkPlan) -> dict[int | None, int]:
    rows = select(WorkDue.obligation_id, func.count()).where(WorkDue.plan_id == plan.id)
    return dict(db.session().execute(rows.group_by(WorkDue.obligation_id)).tuples().all())


def _not_owed(plan: WorkPlan) -> list[tuple[NotOwed, list[str]]]:
    """Put together what is not owed for one reason, with the names of those it concerns."""
    found = asked(db.session(), plan).not_owed
    names = _names(found)
    told: dict[tuple[object, object, str], tuple[NotOwed, list[str]]] = {}
    for each in found:
        key = (each.task and each.task.id, each.obligation and each.obligation.id, str(each.why))
        name = names[each.owner.region_id, each.owner.unit_id] if each.owner else each.written
        told.setdefault(key, (each, []))[1].append(name)
    return [(each, list(Counter(several))) for each, several in told.values()]


def _names(found: list[NotOwed]) -> dict[tuple[int, int | None], str]:
    owners = [each.owner for each in found if each.owner is not None]
    session = db.session()
    units = select(Unit.id, Unit.name).where(Unit.id.in_({each.unit_id for each in owners if each.unit_id}))
    regions = select(Region.id, Region.name).where(Region.id.in_({each.region_id for each in owners}))
    unit, region = dict(session.execute(units).tuples().all()), dict(session.execute(regions).tuples().all())
    return {
        (each.region_id, each.unit_id): unit[each.unit_id] if each.unit_id else region[each.region_id]
        for each in owners
    }
