"""Sheets of QR plates, for one site or for those that the filter of the list leaves."""

from flask import render_template, request, url_for
from markupsafe import Markup

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.sites import queries, rules
from inspect_app.sites.models import Site
from inspect_app.sites.plates import MOST, PER_SHEET, Plate, qr_svg
from inspect_app.sites.views.filtering import address, chosen
from inspect_app.sites.views.place import blueprint


@blueprint.get("/sites/plates")
@requires(Permission.VIEW_SITES)
def plates() -> str:
    """Show sheets of plates, ready to print; only sites in use have one."""
    sites, total = _sites()
    per_sheet = request.args.get("per_sheet", PER_SHEET[0], type=int)
    per_sheet = per_sheet if per_sheet in PER_SHEET else PER_SHEET[0]
    made = [_plate(site) for site in sites[:MOST]]
    return render_template(
        "sites/plates.html",
        sheets=[made[start : start + per_sheet] for start in range(0, len(made), per_sheet)],
        per_sheet=per_sheet,
        counts=(len(made), total),
        next_after=sites[MOST - 1].reference if len(sites) > MOST else None,
        address=address,
        rules=rules,
    )


def _sites() -> tuple[list[Site], int]:
    session, actor = db.session(), current_actor()
    if reference := request.args.get("site"):
        site = queries.by_reference(session, actor, reference)
        return [site] if site.active else [], 1
    wanted, _region = chosen()
    if not wanted.active:
        return [], 0
    found = queries.page(session, actor, wanted, request.args.get("after", ""), MOST)
    return list(found), queries.count(session, actor, wanted)


def _plate(site: Site) -> Plate:
    scanned = url_for("sites.public", uuid=site.uuid, _external=True)
    return Plate(site, Markup(qr_svg(scanned)))  # noqa: S704 - drawn by the library from an address of ours
