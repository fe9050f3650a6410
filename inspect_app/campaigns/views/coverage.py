"""The coverage of a year: figures, months, what is still uncovered, and the workbook."""

from calendar import monthrange
from datetime import date

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.campaigns import year, year_workbook
from inspect_app.campaigns.views.place import blueprint
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.inspections.coverage import MONTHS
from inspect_app.inspections.coverage_lists import Figure, visits_to_show
from inspect_app.inspections.kinds import KINDS
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, counties_of
from inspect_app.sites.rules import CATEGORIES
from inspect_app.web.downloads import send_workbook

SITES_SHOWN = 200


@blueprint.get("/coverage")
@requires(Permission.VIEW_CAMPAIGNS)
def coverage() -> str:
    """Show how much of a region was visited in a year, and what was not."""
    session, actor = db.session(), current_actor()
    known = year.year_of(session, _region(), _year())
    return render_template(
        "campaigns/coverage.html",
        known=known,
        missing=year.uncovered(session, known, SITES_SHOWN),
        busiest=max((count for counts in known.months.values() for count in counts), default=0),
        counties=counties_of(session, actor.view_region_id) if actor.view_region_id else [],
        years=range(clock.today().year, clock.today().year - 5, -1),
        categories=CATEGORIES,
        Figure=Figure,
        shown=SITES_SHOWN,
        behind=_behind,
    )


@blueprint.get("/coverage.xlsx")
@requires(Permission.VIEW_CAMPAIGNS)
def coverage_workbook() -> Response:
    """Send the same figures as a workbook."""
    known, actor = year.year_of(db.session(), _region(), _year()), current_actor()
    name = f"{known.region.name}{known.year}年督导检查覆盖情况_{known.end:%Y%m%d}.xlsx"
    return send_workbook(name, lambda out: year_workbook.write_year(known, actor, out))


@blueprint.get("/coverage/visits/<figure>")
@requires(Permission.VIEW_CAMPAIGNS)
def covering(figure: str) -> str:
    """List the visits behind a figure."""
    region, (start, end) = _region(), _period()
    try:
        wanted = Figure(figure)
    except ValueError:
        raise NotFound from None
    shown = {"region": region, "year": start.year, "start": start, "end": end, "figure": wanted, "Figure": Figure}
    visits = visits_to_show(db.session(), wanted, region.id, start, end)
    return render_template("campaigns/covering.html", visits=visits, kinds=KINDS, **shown)


def _behind(figure: Figure, region: Region, month: int | None = None) -> str:
    return url_for("campaigns.covering", figure=figure.value, region=region.code, year=_year(), month=month)


def _period() -> tuple[date, date]:
    """Return the year asked for as far as it has gone, or one month of it."""
    number, month = _year(), request.args.get("month", "")
    if month not in ("", *map(str, range(1, MONTHS + 1))):
        raise Invalid({"month": [mark("月份应为 1 至 12。")]})
    if month:
        return date(number, int(month), 1), date(number, int(month), monthrange(number, int(month))[1])
    return date(number, 1, 1), min(date(number, 12, 31), clock.today())


def _region() -> Region:
    session, actor = db.session(), current_actor()
    if code := request.args.get("region"):
        asked = by_code(session, code)
        year.check_in_sight(session, actor, asked)
        return asked
    own = session.get(Region, actor.view_region_id) if actor.view_region_id else None
    if own is None:
        raise NotFound
    return own


def _year() -> int:
    given = request.args.get("year") or str(clock.today().year)
    if not (given.isdecimal() and date.min.year <= int(given) <= date.max.year):
        raise Invalid({"year": [mark("年份应写成四位数字，如 2026。")]})
    return int(given)
