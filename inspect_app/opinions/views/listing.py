"""The list of restricted papers, and keeping a new one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.opinions import queries, service
from inspect_app.opinions.forms import PaperForm
from inspect_app.opinions.kinds import KIND_LABELS
from inspect_app.opinions.views.place import Page, blueprint
from inspect_app.regions.models import Region

SIZE = 50


@blueprint.get("")
@requires(Permission.VIEW_RESTRICTED)
def index() -> str:
    """List the papers by kind and day; what they say is opened one by one."""
    before = request.args.get("before", "")
    rows = queries.page(db.session(), current_actor(), int(before) if before.isdecimal() else None, SIZE)
    more = url_for("opinions.index", before=rows[SIZE - 1].id) if len(rows) > SIZE else None
    return render_template("opinions/index.html", opinions=rows[:SIZE], next_href=more, kinds=KIND_LABELS)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.WRITE_RESTRICTED)
def new() -> Page:
    """Keep a new paper."""
    form = PaperForm()
    if form.validate_on_submit() and (reference := _kept(form)):
        flash(_("已录入 %(reference)s。附件请打开后上传。", reference=reference), "success")
        return redirect(url_for("opinions.index"))
    return render_template("opinions/new.html", form=form), 422 if form.is_submitted() else 200


def _kept(form: PaperForm) -> str:
    """Keep what the form says; "" after showing on it why not."""
    try:
        with transaction():
            return service.keep(db.session(), current_actor(), _own_region(), form.given()).reference
    except Invalid as error:
        form.show(error)
        return ""


def _own_region() -> Region:
    key = current_actor().capture_region_id
    region = db.session.get(Region, key) if key else None
    if region is None:
        raise Forbidden(mark("您没有可以录入的地区，请联系安全管理员。"))
    return region
