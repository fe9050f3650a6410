"""Who is stuck with what since when, and urging them."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.workplans.boards.forms import UrgingForm
from inspect_app.workplans.boards.matrix import chosen
from inspect_app.workplans.boards.reading import read
from inspect_app.workplans.boards.stuck import grouped, stuck_among
from inspect_app.workplans.boards.urging import LETTER, urge, urged_in
from inspect_app.workplans.boards.wishing import wish_from
from inspect_app.workplans.queries import plan_of
from inspect_app.workplans.views.board import surroundings
from inspect_app.workplans.views.place import blueprint

BY_OWNER, BY_TASK = "owner", "task"
ANSWER_DAYS = timedelta(days=7)


@blueprint.get("/<reference>/stuck")
@requires(Permission.VIEW_WORKPLANS)
def stuck(reference: str) -> str:
    """List what is late, by owner or by task, longest first, with the letters that named it."""
    session, actor = db.session(), current_actor()
    known = read(session, actor, plan_of(session, actor, reference))
    found = stuck_among(chosen(known.owed, wish_from(request.args, known), known.dates, known.today), known.today)
    by = BY_TASK if request.args.get("by") == BY_TASK else BY_OWNER
    groups = grouped(found, lambda owed: owed.owner) if by == BY_OWNER else grouped(found, lambda owed: owed.task_id)
    form = UrgingForm(formdata=None, due_on=known.today + ANSWER_DAYS)
    return render_template(
        "workplans/stuck.html", found=found, grouped=groups, by_what=by, form=form, letter=LETTER,
        urged=urged_in(session, actor, reference), **surroundings(known, "workplans.stuck"),
    )  # fmt: skip


@blueprint.post("/<reference>/urge")
@requires(Permission.PUBLISH_WORKPLAN)
def urge_picked(reference: str) -> Response:
    """Draw up one numbered letter for each owner of what was ticked."""
    plan_of(db.session(), current_actor(), reference)
    form = UrgingForm()
    if not form.validate() or form.due_on.data is None:
        raise Invalid({name: tuple(map(str, texts)) for name, texts in form.errors.items() if name})
    with transaction():
        session, actor = db.session(), current_actor()
        known = read(session, actor, plan_of(session, actor, reference))
        letters = urge(session, actor, known, form.pick.data or [], form.due_on.data, form.note.data or "")
    flash(_("已拟制 %(count)s 份报送督办函并占用文号，请核对后由另一人签发。", count=len(letters)), "success")
    return redirect(url_for("workplans.stuck", reference=reference))
