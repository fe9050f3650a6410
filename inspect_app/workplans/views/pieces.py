"""The pieces of a task in review: what it is called, who it falls to, what it asks for, whether it was checked."""

from typing import Any

from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, lock
from inspect_app.core.errors import Stale
from inspect_app.workplans.intake import demands, tasks, units
from inspect_app.workplans.intake.editing import task_of
from inspect_app.workplans.intake.forms import AdoptForm, CheckForm, DemandForm, TaskForm, UnitForm
from inspect_app.workplans.intake.stamps import stamp_of_task
from inspect_app.workplans.owing.adopting import adopt
from inspect_app.workplans.views.place import blueprint
from inspect_app.workplans.views.saving import asked, piece, saved
from inspect_app.workplans.words import Verdict


@blueprint.post("/<reference>/tasks")
@requires(Permission.EDIT_WORKPLAN)
def add_task(reference: str) -> Response:
    """Add a task that the reader missed."""
    form = asked(reference, TaskForm)
    with piece(reference) as plan:
        made = tasks.add_task(db.session(), current_actor(), plan, form.named(), form.text.data or "", reason=form.why)
        key = made.id
    return saved(reference, f"task-{key}")


@blueprint.post("/<reference>/tasks/<int:key>")
@requires(Permission.EDIT_WORKPLAN)
def save_task(reference: str, key: int) -> Response:
    """Correct number, title and topic."""
    form = asked(reference, TaskForm)
    with piece(reference) as plan:
        tasks.change_task(db.session(), current_actor(), plan, key, form.named(), reason=form.why, stamp=form.stamp)
    return saved(reference, f"task-{key}")


@blueprint.post("/<reference>/tasks/<int:key>/check")
@requires(Permission.EDIT_WORKPLAN)
def check_task(reference: str, key: int) -> Response:
    """Say that a task was compared with the notice, or take that back."""
    form = asked(reference, CheckForm)
    checked = bool(form.checked_now.data)
    with piece(reference) as plan:
        tasks.check_task(db.session(), current_actor(), plan, key, checked=checked, stamp=form.stamp)
    return saved(reference, f"task-{key}")


@blueprint.post("/<reference>/tasks/<int:key>/remove")
@requires(Permission.EDIT_WORKPLAN)
def remove_task(reference: str, key: int) -> Response:
    """Say that something is no task."""
    form = asked(reference, CheckForm)
    with piece(reference) as plan:
        tasks.remove_task(db.session(), current_actor(), plan, key, stamp=form.stamp)
    return saved(reference, "tasks")


@blueprint.post("/<reference>/tasks/<int:key>/units")
@requires(Permission.EDIT_WORKPLAN)
def save_unit(reference: str, key: int) -> Response:
    """Add a unit to a task, say who one is, or take one out."""
    form = asked(reference, UnitForm)
    more: dict[str, Any] = {"reason": form.why, "stamp": form.stamp}
    with piece(reference) as plan:
        whole = (db.session(), current_actor(), plan, key)
        if form.unit.data and form.remove.data:
            units.drop_unit(*whole, form.unit.data, **more)
        elif form.unit.data:
            units.change_unit(*whole, form.unit.data, form.choice(), **more)
        else:
            units.add_unit(*whole, form.choice(), **more)
    return saved(reference, f"task-{key}")


@blueprint.post("/<reference>/demands")
@requires(Permission.EDIT_WORKPLAN)
def save_demand(reference: str) -> Response:
    """Decide about a requirement, restate it, or add one from words of the notice."""
    form = asked(reference, DemandForm)
    said, verdict, task = form.said(), Verdict(form.verdict.data), form.task.data
    more: dict[str, Any] = {"said": said, "reason": form.why, "stamp": form.stamp}
    with piece(reference) as plan:
        if form.key.data:
            demands.decide(db.session(), current_actor(), plan, form.key.data, verdict, **more)
        else:
            demands.add_demand(db.session(), current_actor(), plan, task, form.quote.data or "", **more)
    return saved(reference, f"task-{task}" if task else "letter")


@blueprint.post("/<reference>/tasks/<int:key>/adopt")
@requires(Permission.EDIT_WORKPLAN)
def adopt_one(reference: str, key: int) -> Response:
    """Take over an obligation of the library for a task."""
    form = asked(reference, AdoptForm)
    with piece(reference) as plan:
        lock(db.session(), plan)
        task = task_of(plan, key)
        if stamp_of_task(plan, task) != form.stamp:
            raise Stale
        adopt(db.session(), current_actor(), plan, form.code.data or "", task, reason=form.why)
    return saved(reference, f"task-{key}")
