"""The list of bulletins, and beginning a new one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.bulletins import queries, service
from inspect_app.bulletins.definition import OCCASION_LABELS
from inspect_app.bulletins.forms import BeginForm, month_choices
from inspect_app.bulletins.lifecycle import LOOKS, STATES
from inspect_app.bulletins.loading import templates
from inspect_app.bulletins.service import Wish
from inspect_app.bulletins.views.place import Page, blueprint
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region

SIZE = 50


@blueprint.get("")
@requires(Permission.VIEW_DOCUMENTS)
def index() -> str:
    """List the bulletins that the person sees, newest first."""
    session, before = db.session(), request.args.get("before", "")
    rows = queries.page(session, current_actor(), int(before) if before.isdecimal() else None, SIZE)
    more = url_for("bulletins.index", before=rows[SIZE - 1].id) if len(rows) > SIZE else None
    shown = rows[:SIZE]
    return render_template(
        "bulletins/index.html", bulletins=shown, documents=queries.documents_of(session, shown), next_href=more,
        states=STATES, looks=LOOKS,
    )  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.WRITE_BULLETIN)
def new() -> Page:
    """Choose what the bulletin is to tell of, and take its figures."""
    form = BeginForm()
    form.month.choices = month_choices(clock.today())
    campaigns = queries.campaigns_to_tell(db.session(), current_actor())
    form.campaign.choices = [(each.reference, each.title) for each in campaigns]
    if form.validate_on_submit() and (reference := _begun(form)):
        flash(_("已取数起草，请核对数字和文字，再送签发。"), "success")
        return redirect(url_for("bulletins.show", reference=reference))
    page = render_template("bulletins/new.html", form=form, templates=templates(), occasions=OCCASION_LABELS,
                           campaigns=campaigns)  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _begun(form: BeginForm) -> str:
    """Begin what the form says; "" after showing on it why not."""
    session, actor = db.session(), current_actor()
    try:
        with transaction():
            found = queries.campaigns_to_tell(session, actor)
            campaign = next((each for each in found if each.reference == form.campaign.data), None)
            wish = Wish(form.template.data or "", _own_region(), form.first_day(), campaign)
            return service.begin(session, actor, wish).reference
    except Invalid as error:
        form.show(error)
        return ""


def _own_region() -> Region:
    key = current_actor().capture_region_id
    region = db.session.get(Region, key) if key else None
    if region is None:
        raise Forbidden(mark("您没有可以起草通报的地区，请联系安全管理员。"))
    return region
