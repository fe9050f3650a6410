"""Look backs that are due, and recurrences."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.chasing import looking_back, recurrence
from inspect_app.chasing.forms import ReasonForm
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.looking_back import TaskFilter
from inspect_app.chasing.views.place import SIZE, Page, blueprint
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict, Invalid
from inspect_app.core.labels import mark
from inspect_app.hazards.words import GRADE_LABELS, STATE_LABELS
from inspect_app.regions.queries import by_code, counties_of

WHEN_LABELS = {"due": mark("已到日子"), "soon": mark("今后 30 天内"), "open": mark("全部待办"), "done": mark("已办")}
SOON = timedelta(days=30)


@blueprint.get("/look-backs")
@requires(Permission.VIEW_HAZARDS)
def look_backs() -> str:
    """List the look backs that are due, the earliest first."""
    actor, session = current_actor(), db.session()
    when, region = request.args.get("when", "due"), request.args.get("region", "")
    place = by_code(session, region).id if region else None
    found = looking_back.page(session, actor, _filter(when, place), request.args.get("after"), SIZE)
    counted = {each: looking_back.count(session, actor, _filter(each, place)) for each in WHEN_LABELS}
    next_href = url_for("chasing.look_backs", when=when, region=region, after=found.after) if found.after else None
    top = actor.view_region_id
    return render_template(
        "chasing/look_backs.html", tasks=found.rows, next_href=next_href, counted=counted, when=when, region=region,
        whens=WHEN_LABELS, counties=counties_of(session, top) if top else [], today=clock.today(),
        grades=GRADE_LABELS, is_open=looking_back.is_open,
    )  # fmt: skip


@blueprint.route("/look-backs/<int:key>/waive", methods=["GET", "POST"])
@requires(Permission.LOOK_BACK)
def waive(key: int) -> Page:
    """Give a look back up, with a reason."""
    task, form = looking_back.by_key(db.session(), current_actor(), key), ReasonForm()
    if form.validate_on_submit():
        try:
            _waive(key, form)
        except (Invalid, Conflict) as error:
            form.show(error)
        else:
            flash(_("已免去这次回头看。"), "success")
            return redirect(url_for("chasing.look_backs"))
    return render_template("chasing/waive.html", task=task, form=form), 422 if form.is_submitted() else 200


@blueprint.get("/recurrences")
@requires(Permission.VIEW_HAZARDS)
def recurrences() -> str:
    """List objects that failed the same item again after it had been put right."""
    found = recurrence.latest(db.session(), current_actor(), request.args.get("after"), SIZE)
    days = chasing().look_back.recurrence_days
    next_href = url_for("chasing.recurrences", after=found.after) if found.after else None
    shown = {"days": days, "candidates": recurrence.CANDIDATES, "states": STATE_LABELS, "next_href": next_href}
    return render_template("chasing/recurrences.html", found=found.rows, **shown)


def _waive(key: int, form: ReasonForm) -> None:
    with transaction():
        task = looking_back.by_key(db.session(), current_actor(), key)
        looking_back.waive(db.session(), current_actor(), task, form.reason.data or "")


def _filter(when: str, region_id: int | None) -> TaskFilter:
    until = {"due": clock.today(), "soon": clock.today() + SOON}.get(when)
    return TaskFilter(until=until, open=when != "done", region_id=region_id)
