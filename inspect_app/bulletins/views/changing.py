"""Wording a bulletin, taking its figures again, sending it to be issued, taking it back, correcting it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.bulletins import queries, service
from inspect_app.bulletins.composing import Figures
from inspect_app.bulletins.forms import ReasonForm, WordingForm, wording_form
from inspect_app.bulletins.lifecycle import DRAFTING
from inspect_app.bulletins.models import Bulletin
from inspect_app.bulletins.views.place import Page, blueprint
from inspect_app.bulletins.views.showing import around
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.web.forms import BaseForm

GIVING_UP = (Permission.WRITE_BULLETIN, Permission.ISSUE_DOCUMENT)


@blueprint.route("/<reference>/edit", methods=["GET", "POST"])
@requires(Permission.WRITE_BULLETIN)
def edit(reference: str) -> Page:
    """Change the wording; figures go in by name."""
    session, bulletin = db.session(), _found(reference)
    if bulletin.state != DRAFTING:
        raise Conflict(mark("通报已送签发或已发出，不能再改；确需修改的，请取回，或发一份更正。"))
    form = wording_form(bulletin)
    if form.validate_on_submit() and _written(form, reference):
        flash(_("已保存。"), "success")
        return redirect(url_for("bulletins.show", reference=reference))
    figures = Figures(bulletin, queries.figures_of(session, bulletin))
    regions = {key: key.partition("/")[2] or bulletin.region.code for key in bulletin.texts}
    words = {key: figures.words(code) for key, code in regions.items()}
    page = render_template("bulletins/edit.html", form=form, bulletin=bulletin, words=words)
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/<reference>/gather")
@requires(Permission.WRITE_BULLETIN)
def gather(reference: str) -> Response:
    """Take the figures again."""
    form = BaseForm()
    with transaction():
        bulletin = _found(reference)
        form.refuse_if_stale(bulletin.version)
        service.gather(db.session(), current_actor(), bulletin, bulletin.version)
    flash(_("已重新取数，点名的县按新的数字排定，请核对文字。"), "success")
    return redirect(url_for("bulletins.show", reference=reference))


@blueprint.post("/<reference>/steps/<action>")
@requires(Permission.WRITE_BULLETIN)
def step(reference: str, action: str) -> Response:
    """Send to be issued, or give a draft up."""
    form, session, actor = BaseForm(), db.session(), current_actor()
    if action not in {"send", "discard"}:
        raise NotFound
    with transaction():
        bulletin = _found(reference)
        form.refuse_if_stale(bulletin.version)
        if action == "send":
            service.send(session, actor, bulletin, bulletin.version)
        else:
            service.discard(session, actor, bulletin, bulletin.version)
    flash(_("已送签发，请有签发权的其他人签发。") if action == "send" else _("已放弃这份草稿。"), "success")
    return redirect(url_for("bulletins.show", reference=reference))


@blueprint.post("/<reference>/give-up")
@requires(*GIVING_UP)
def give_up(reference: str) -> Page:
    """Take back what was sent, or withdraw what was issued, with a reason."""
    form, bulletin = ReasonForm(), _found(reference)
    if not form.validate_on_submit():
        return _refused(bulletin, form)
    with transaction():
        bulletin = _found(reference)
        form.refuse_if_stale(bulletin.version)
        service.give_up(db.session(), current_actor(), bulletin, form.reason.data or "", bulletin.version)
    flash(_("已办理。"), "success")
    return redirect(url_for("bulletins.show", reference=reference))


@blueprint.post("/<reference>/correct")
@requires(Permission.WRITE_BULLETIN)
def correct(reference: str) -> Page:
    """Begin the bulletin that corrects an issued one."""
    form, bulletin = ReasonForm(), _found(reference)
    if not form.validate_on_submit():
        return _refused(bulletin, form)
    with transaction():
        bulletin = _found(reference)
        form.refuse_if_stale(bulletin.version)
        made = service.correct(db.session(), current_actor(), bulletin, form.reason.data or "")
        key = made.reference
    flash(_("已起草更正，数字和文字与原通报相同；要改数字的，请重新取数。"), "success")
    return redirect(url_for("bulletins.show", reference=key))


def _written(form: WordingForm, reference: str) -> bool:
    try:
        with transaction():
            bulletin = _found(reference)
            form.refuse_if_stale(bulletin.version)
            service.write(db.session(), current_actor(), bulletin, bulletin.version, form.given())
    except Invalid as error:
        form.show(Invalid({form.names.get(key, key): told for key, told in error.problems.items()}))
        return False
    return True


def _refused(bulletin: Bulletin, form: ReasonForm) -> tuple[str, int]:
    page = render_template("bulletins/show.html", **around(db.session(), current_actor(), bulletin, form))
    return page, 422


def _found(reference: str) -> Bulletin:
    return queries.by_reference(db.session(), current_actor(), reference)
