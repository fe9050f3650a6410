"""Workbooks that are issued to counties: making one, and fetching it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import NotFound
from inspect_app.hazards.rules import OPEN_STATES
from inspect_app.regions.models import Region
from inspect_app.regions.queries import counties_of, townships_of
from inspect_app.returns.issuing import queries, service
from inspect_app.returns.issuing.writing import file_name, write_issued
from inspect_app.returns.views.place import blueprint
from inspect_app.web.downloads import send_workbook


@blueprint.get("/issue")
@requires(Permission.ISSUE_WORKBOOK, Permission.SEND_RETURN)
def issue() -> str:
    """List the counties to which the person may issue workbooks, and what was issued last."""
    session, actor = db.session(), current_actor()
    counties, books = queries.counties(session, _counties()), queries.latest(session, actor)
    return render_template(
        "returns/issue.html", counties=counties, issued=books, returned=queries.returns_of(session, books),
        open_states=sorted(OPEN_STATES),
    )  # fmt: skip


@blueprint.post("/issue/<county>")
@requires(Permission.ISSUE_WORKBOOK, Permission.SEND_RETURN)
def issue_workbook(county: str) -> Response:
    """Issue a workbook to a county."""
    with transaction():
        region = next((each for each in _counties() if each.code == county), None)
        if region is None:
            raise NotFound
        book = service.issue(db.session(), current_actor(), region)
        told = {"code": book.code, "name": region.name, "n": book.burden["rows"]}
    flash(_("已为%(name)s生成核对表 %(code)s，共 %(n)s 条未办结隐患。请在下面下载。", **told), "success")
    return redirect(url_for("returns.issue"))


@blueprint.get("/issue/<code>.xlsx")
@requires(Permission.VIEW_RETURNS)
def issued(code: str) -> Response:
    """Send an issued workbook, as it was issued."""
    session = db.session()
    book = queries.by_code(session, current_actor(), code)
    townships = [region.name for region in townships_of(session, book.county_id)]
    units = queries.units_of(session, book.county_id)
    return send_workbook(file_name(book), lambda out: write_issued(out, book, townships, units))


def _counties() -> list[Region]:
    actor = current_actor()
    return counties_of(db.session(), actor.capture_region_id) if actor.capture_region_id else []
