"""Samples of closed hazards: drawing one, and publishing what it was drawn from."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.chasing import samples
from inspect_app.chasing.forms import SampleForm
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.looking_back import TaskFilter, page
from inspect_app.chasing.models import LookBackSample
from inspect_app.chasing.samples import Period, draw_sample
from inspect_app.chasing.views.place import SIZE, Page, blueprint
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.hazards.words import GRADE_LABELS
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, counties_of

MONTH = timedelta(days=30)


@blueprint.get("/samples", endpoint="samples")
@requires(Permission.VIEW_HAZARDS)
def every_sample() -> str:
    """List the samples that were drawn, with the form of another one for who may draw."""
    return _listing(_form())


@blueprint.post("/samples")
@requires(Permission.LOOK_BACK)
def draw() -> Page:
    """Draw a sample."""
    form = _form()
    if form.validate_on_submit():
        try:
            reference = _draw(form)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("已抽取，抽样库和种子已一并存档。"), "success")
            return redirect(url_for("chasing.sample", reference=reference))
    return _listing(form), 422


@blueprint.get("/samples/<reference>")
@requires(Permission.VIEW_HAZARDS)
def sample(reference: str) -> str:
    """Publish a sample: what came out, from what, and whether it still comes out the same."""
    session, actor = db.session(), current_actor()
    found = samples.by_reference(session, actor, reference)
    tasks = page(session, actor, TaskFilter(open=None, sample_id=found.id), size=10 * SIZE).rows
    shown = {"pool": samples.pool_in(found), "tasks": tasks, "problems": samples.replay(session, found)}
    return render_template("chasing/sample.html", sample=found, places=_places([found]), grades=GRADE_LABELS, **shown)


def _listing(form: SampleForm) -> str:
    found = samples.latest(db.session(), current_actor())
    shown = {"made": found, "places": _places(found), "terms": chasing().look_back}
    return render_template("chasing/samples.html", form=form, **shown)


def _form() -> SampleForm:
    today, top = clock.today(), current_actor().view_region_id
    form = SampleForm(data={"start": today - MONTH, "end": today - timedelta(days=1)})
    own = db.session().get(Region, top) if top else None
    regions = [own, *(each for each in counties_of(db.session(), own.id) if each.id != own.id)] if own else []
    form.region.choices = [(region.code, region.name) for region in regions]
    return form


def _draw(form: SampleForm) -> str:
    session, actor = db.session(), current_actor()
    with transaction():
        period = Period(form.start.data or date.max, form.end.data or date.max)
        return draw_sample(
            session, actor, by_code(session, form.region.data or ""), period, form.seed.data or ""
        ).reference


def _places(found: Sequence[LookBackSample]) -> dict[int, str]:
    keys = {each.region_id for each in found}
    return dict(db.session().execute(select(Region.id, Region.name).where(Region.id.in_(keys))).tuples().all())
