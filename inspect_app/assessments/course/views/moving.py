"""Opening an assessment, moving it on, its dates, computing, freezing, correcting."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.assessments.course import opening, steps
from inspect_app.assessments.course.forms import CorrectForm, DatesForm, OpenForm, StepForm
from inspect_app.assessments.course.gathering import gather_again, gather_for
from inspect_app.assessments.course.places import regions_for
from inspect_app.assessments.course.views.listing import shown
from inspect_app.assessments.course.views.place import LABELS, PUBLISH, RUN, Page, blueprint, found
from inspect_app.assessments.definition import SchemeLevel
from inspect_app.assessments.queries import DEFAULT_SCHEME, scheme_of, schemes
from inspect_app.core import clock
from inspect_app.core.database import db, one_moment, transaction
from inspect_app.core.errors import Conflict, Invalid, NotFound, StepRefused
from inspect_app.regions.queries import by_code, counties_of


@blueprint.route("/new", methods=["GET", "POST"])
@requires(RUN)
def new() -> Page:
    """Ask how a year is assessed, and open its assessment."""
    form = _open_form()
    if form.validate_on_submit():
        try:
            reference = _open(form)
        except (Invalid, Conflict, NotFound) as error:
            form.show(error)
        else:
            flash(_("已开展考核，请核对机算结果后开始自评。"), "success")
            return redirect(url_for("course.show", reference=reference))
    page = render_template("assessments/course/new.html", form=form)
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/<reference>/steps/<action>")
@requires(RUN, PUBLISH)
def step(reference: str, action: str) -> Page:
    """Move an assessment on; what stands in the way is listed on its page."""
    form = StepForm()
    try:
        with transaction():
            assessment = found(reference)
            form.refuse_if_stale(assessment.version)
            steps.take_step(db.session(), current_actor(), assessment, action, form.reason.data or "")
    except StepRefused as error:
        form.show(error)
        return shown(found(reference), form), 409
    flash(_("已办理。"), "success")
    return redirect(url_for("course.show", reference=reference))


@blueprint.post("/<reference>/compute")
@requires(RUN)
def compute(reference: str) -> Response:
    """Gather the facts anew."""
    found(reference)
    gathered = gather_again(reference)
    with transaction():
        opening.compute(db.session(), current_actor(), found(reference), gathered)
    flash(_("已按现在的数据重新计算。"), "success")
    return redirect(url_for("course.show", reference=reference))


@blueprint.post("/<reference>/freeze")
@requires(RUN)
def freeze(reference: str) -> Response:
    """Gather the facts for the last time."""
    found(reference)
    gathered = gather_again(reference)
    with transaction():
        opening.freeze_data(db.session(), current_actor(), found(reference), gathered)
    flash(_("数据已冻结，此后的变动只走更正。"), "success")
    return redirect(url_for("course.show", reference=reference))


@blueprint.route("/<reference>/dates", methods=["GET", "POST"])
@requires(RUN)
def dates(reference: str) -> Page:
    """Move the days of an assessment."""
    form = DatesForm(obj=found(reference))
    if form.validate_on_submit():
        try:
            with transaction():
                assessment, actor = found(reference), current_actor()
                opening.change_dates(db.session(), actor, assessment, form.dates(), form.version.data or 0)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("日期已修改。"), "success")
            return redirect(url_for("course.show", reference=reference))
    page = render_template("assessments/course/dates.html", form=form, assessment=found(reference), **LABELS)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/<reference>/correct", methods=["GET", "POST"])
@requires(RUN)
def correct(reference: str) -> Page:
    """Ask why a published assessment is wrong, and open its correction."""
    today = clock.today()
    form = CorrectForm(data={"freeze_on": today, "appeal_by": today + timedelta(days=7)})
    if form.validate_on_submit():
        try:
            with transaction():
                reason, days = form.reason.data or "", form.dates()
                made = steps.correct(db.session(), current_actor(), found(reference), reason, days).reference
        except Invalid as error:
            form.show(error)
        else:
            flash(_("已提出更正。请重新计算、冻结，改好后公布，再由另一人发布。"), "success")
            return redirect(url_for("course.show", reference=made))
    page = render_template("assessments/course/correct.html", form=form, assessment=found(reference), **LABELS)
    return page, 422 if form.is_submitted() else 200


def _open_form() -> OpenForm:
    """Return the form for this year with the days that the domain reference proposes (§6.3)."""
    today = clock.today()
    first = max(date(today.year, 12, 20), today)
    freeze = date(today.year + 1, 1, 10)
    given = {"self_report_by": first, "freeze_on": freeze, "appeal_by": freeze + timedelta(days=14)}
    form = OpenForm(data={"period": str(today.year), "scheme": DEFAULT_SCHEME, **given})
    form.region.choices = [(each.code, each.name) for each in regions_for(db.session(), current_actor())]
    usable = [each for each in schemes().values() if not each.draft and each.level is SchemeLevel.COUNTY]
    form.scheme.choices = [(each.code, each.title) for each in usable]
    return form


def _open(form: OpenForm) -> str:
    scheme, period = scheme_of(form.scheme.data), (form.period.data or "").strip()
    with one_moment():
        region = by_code(db.session(), form.region.data)
        gathered = gather_for(db.session(), scheme, period, counties_of(db.session(), region.id))
    with transaction():
        region, actor = by_code(db.session(), form.region.data), current_actor()
        made = opening.open_assessment(
            db.session(), actor, region, scheme, period, form.dates(), gathered, limit=form.limit()
        )
        return made.reference
