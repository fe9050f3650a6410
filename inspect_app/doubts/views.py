"""The page of doubts, and settling one."""

from collections import Counter
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.doubts import queries, service
from inspect_app.doubts.doubt import Row
from inspect_app.doubts.forms import NoteForm
from inspect_app.doubts.kinds import KIND_LABELS, REASONS, Kind
from inspect_app.doubts.limits import load_limits
from inspect_app.regions.queries import counties_of
from inspect_app.web.addresses import address_with

blueprint = Blueprint("doubts", __name__, url_prefix="/doubts", template_folder="templates")
Page = str | Response | tuple[str, int]
SIZE = 30
LABELS = {"labels": KIND_LABELS, "reasons": REASONS, "kinds": Kind}
_address = partial(address_with, "doubts.index")


@blueprint.get("")
@requires(Permission.VIEW_DOUBTS)
def index() -> str:
    """List the doubts, open ones first asked for, with how many there are of each kind."""
    actor, session = current_actor(), db.session()
    everything = queries.found(session, actor, days=_days())
    settled = bool(request.args.get("settled"))
    wanted = [each for each in everything if (each.note is not None) == settled and _of_county(each)]
    rows, first = [each for each in wanted if _of_kind(each)], _first()
    shown = {
        "found": rows[first : first + SIZE],
        "next_href": _address(after=str(first + SIZE)) if len(rows) > first + SIZE else None,
        "previous_href": _address(after=str(max(0, first - SIZE))) if first else None,
        "counted": Counter(each.doubt.kind for each in wanted),
        "settled_count": sum(each.note is not None for each in everything),
    }
    return render_template("doubts/index.html", total=len(rows), **shown, **_surroundings(), **LABELS)


@blueprint.route("/<kind>/<subject>", methods=["GET", "POST"])
@requires(Permission.SETTLE_DOUBT)
def settle(kind: str, subject: str) -> Page:
    """Show one doubt with its rows, and keep what was found about it."""
    known = queries.one(db.session(), current_actor(), _kind(kind), subject)
    form = NoteForm()
    if form.validate_on_submit():
        with transaction():
            service.settle(db.session(), current_actor(), _kind(kind), subject, form.text.data or "")
        flash(_("已认定，疑点移入“已核实”。"), "success")
        return redirect(_address(kind=kind))
    return render_template("doubts/settle.html", each=known, form=form, href=_href, **LABELS), (
        422 if form.is_submitted() else 200
    )


def _surroundings() -> dict[str, Any]:
    top = current_actor().view_region_id
    counties = counties_of(db.session(), top) if top else []
    return {"counties": counties, "days": _days(), "windows": load_limits().windows, "address": _address, "href": _href}


def _kind(value: str) -> Kind:
    try:
        return Kind(value)
    except ValueError:
        raise NotFound from None


def _of_kind(each: queries.Found) -> bool:
    return request.args.get("kind", "") in ("", each.doubt.kind)


def _of_county(each: queries.Found) -> bool:
    return request.args.get("county", "") in ("", each.county.code)


def _days() -> int:
    """Return the window asked for; another figure than those on offer means the shortest."""
    given, windows = request.args.get("days", ""), load_limits().windows
    return next((each for each in windows if str(each) == given), windows[0])


def _first() -> int:
    given = request.args.get("after", "0")
    if not given.isdecimal():
        raise Invalid({"after": [mark("翻页位置不对，请回到第一页。")]})
    return int(given)


def _href(row: Row) -> str:
    arguments: dict[str, Any] = dict(row.arguments)
    return url_for(row.endpoint, **arguments)
