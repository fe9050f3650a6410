"""A notice comes in as a file or as pasted text; what was read of it is shown for review."""

import tempfile
from pathlib import Path

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Invalid
from inspect_app.core.labels import mark
from inspect_app.evidence.rules import FileKind
from inspect_app.evidence.service import Prepared, prepare_file
from inspect_app.regions.models import Region
from inspect_app.workplans.intake import queries
from inspect_app.workplans.intake.drafting import year_in
from inspect_app.workplans.intake.forms import NoticeForm
from inspect_app.workplans.intake.receiving import received_before
from inspect_app.workplans.intake.service import receive
from inspect_app.workplans.notices.bytes import checked, text_of_file, text_of_paste
from inspect_app.workplans.notices.model import Notice
from inspect_app.workplans.notices.reading import read_notice
from inspect_app.workplans.notices.resolving import place_of
from inspect_app.workplans.views.place import Page, blueprint

NOTICES = frozenset({FileKind.DOCX, FileKind.XLSX, FileKind.TEXT})
"""Word files whose name does not end in .docx look like any other zipped office file."""
NOTHING = mark("请选择通知文件，或把通知全文粘贴到下面。")
NO_PLACE = mark("没有从发文机关认出是哪个地区，请选择。")
OTHER_PLACE = mark("这份通知是%(place)s的，不在您的管辖范围内。仍要作为本地区的工作要点，请选择地区。")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.EDIT_WORKPLAN)
def new() -> Page:
    """Take a notice in."""
    places = queries.places_of(db.session(), current_actor())
    form = NoticeForm().offer(places)
    if form.validate_on_submit():
        try:
            return redirect(url_for("workplans.review", reference=_take_in(form, places)))
        except DomainError as error:
            form.show(error)
    return render_template("workplans/new.html", form=form), 422 if form.is_submitted() else 200


def _take_in(form: NoticeForm, places: list[Region]) -> str:
    """Read before the transaction; text that was read stays in the form when something else is wrong."""
    text, original = _text_of(form)
    form.text.data = text
    notice = read_notice(text)
    region_id = form.region_id.data or _place(db.session(), notice, places)
    year = form.year.data or year_in(notice, clock.today().year)
    with transaction():
        actor, session = current_actor(), db.session()
        region = _region(session, actor, region_id)
        known = received_before(session, region.id, notice.text) is not None
        reference = receive(session, actor, region, year, text, original, notice=notice).reference
    flash(_(TOLD_KNOWN if known else TOLD, reference=reference), "success")
    return reference


TOLD = mark("已读取通知，编号 %(reference)s。请逐项核对后发布。")
TOLD_KNOWN = mark("这份通知已经接收过（%(reference)s），没有重复建立。")


def _text_of(form: NoticeForm) -> tuple[str, Prepared | None]:
    upload, pasted = form.file.data, form.text.data or ""
    if not upload:
        if not pasted.strip():
            raise Invalid({"file": [NOTHING]})
        return checked(text_of_paste(pasted)), None
    with tempfile.TemporaryDirectory(prefix="notice-") as folder:
        path = Path(folder) / "upload"
        upload.save(path)
        text = text_of_file(path)
        with path.open("rb") as stream:
            return text, prepare_file(stream, upload.filename or "", NOTICES)


def _place(session: Session, notice: Notice, places: list[Region]) -> int:
    found = place_of(session, notice)
    if found is None:
        raise Invalid({"region_id": [NO_PLACE]})
    if found.id not in {each.id for each in places}:
        raise Invalid({"region_id": [_(OTHER_PLACE, place=found.name)]})
    return found.id


def _region(session: Session, actor: Actor, key: int) -> Region:
    return next(each for each in queries.places_of(session, actor) if each.id == key)
