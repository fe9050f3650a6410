"""Workbooks to report in: fetching them, and sending one back."""

import tempfile
from functools import partial
from pathlib import Path

from flask import redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Forbidden
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.web.downloads import send_workbook, written
from inspect_app.workplans.feedback.books import owners, queries
from inspect_app.workplans.feedback.books.lifecycle import LOOKS, STATES
from inspect_app.workplans.feedback.books.plan import GROUP_LABELS
from inspect_app.workplans.feedback.books.reading import read_book
from inspect_app.workplans.feedback.books.service import receive
from inspect_app.workplans.feedback.books.sheet import write_book, write_books
from inspect_app.workplans.feedback.forms import WorkbookForm
from inspect_app.workplans.models import WorkPlan
from inspect_app.workplans.queries import plan_of
from inspect_app.workplans.views.place import Page, blueprint

REVIEWING = (Permission.ACCEPT_WORK, Permission.WAIVE_WORK)


@blueprint.get("/<reference>/workbook")
@requires(Permission.REPORT_WORK, *REVIEWING)
def workbook(reference: str) -> str:
    """Offer the workbooks of a plan, and take one back."""
    return _drawn(plan_of(db.session(), current_actor(), reference), WorkbookForm())


@blueprint.post("/<reference>/workbook")
@requires(Permission.REPORT_WORK)
def send_book(reference: str) -> Page:
    """Take a workbook in; nothing is reported before somebody looked at what it would report."""
    plan = plan_of(db.session(), current_actor(), reference)
    form = WorkbookForm()
    if form.validate_on_submit():
        try:
            return redirect(url_for("workplans.work_return", reference=_take_in(reference, form)))
        except DomainError as error:
            form.show(error)
            plan = plan_of(db.session(), current_actor(), reference)
    return _drawn(plan, form), 422


@blueprint.get("/<reference>/workbook.xlsx")
@requires(Permission.REPORT_WORK, *REVIEWING)
def workbook_file(reference: str) -> Response:
    """Send the workbook of the person's own unit, or of the one that is named."""
    session, actor = db.session(), current_actor()
    plan, key = plan_of(session, actor, reference), request.args.get("owner", "")
    owner = owners.owner_named(session, actor, plan, key) if key else owners.own(session, actor)
    book = owners.book_of(session, actor, plan, owner)
    return send_workbook(book.file_name, partial(write_book, book=book))


@blueprint.get("/<reference>/workbooks.zip")
@requires(*REVIEWING)
def workbooks(reference: str) -> Response:
    """Send the workbooks of all units together."""
    session, actor = db.session(), current_actor()
    plan = plan_of(session, actor, reference)
    books = owners.books_of(session, actor, plan)
    name = _("%(year)s年工作要点报送表_全部单位_%(day)s.zip", year=plan.year, day=f"{clock.today():%Y%m%d}")
    return send_file(
        written(partial(write_books, books=books)), "application/zip", as_attachment=True, download_name=name
    )


def _drawn(plan: WorkPlan, form: WorkbookForm) -> str:
    session, actor = db.session(), current_actor()
    reviews = any(actor.can(permission) for permission in REVIEWING)
    return render_template(
        "workplans/workbook.html", plan=plan, form=form, own=_own(), reviews=reviews, states=STATES, looks=LOOKS,
        owners=owners.owners_of(session, actor, plan) if reviews else [], groups=GROUP_LABELS,
        sent=queries.latest(session, actor, plan),
    )  # fmt: skip


def _own() -> owners.Owner | None:
    if not current_actor().can(Permission.REPORT_WORK):
        return None
    try:
        return owners.own(db.session(), current_actor())
    except Forbidden:
        return None


def _take_in(reference: str, form: WorkbookForm) -> str:
    """Read the file before the transaction; what is refused is not stored."""
    upload = form.file.data
    with tempfile.TemporaryDirectory(prefix="work-") as folder:
        path = Path(folder) / "upload"
        upload.save(path)
        read = read_book(path, clock.today())
        with path.open("rb") as stream:
            prepared = prepare_file(stream, upload.filename or "", WORKBOOKS)
    with transaction():
        plan = plan_of(db.session(), current_actor(), reference)
        return receive(db.session(), current_actor(), plan, read, prepared).reference
