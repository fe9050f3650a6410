"""How scores went over the months and the years, from what was kept."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments.leaders import kept
from inspect_app.assessments.leaders.trends import Point, changes, line_figure, matrix, series
from inspect_app.assessments.views.asking import Asked, asked, below, county_schemes, stands_above
from inspect_app.assessments.views.place import blueprint
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.regions.models import Region

MONTHS_BACK, COLUMNS = 24, 12


@blueprint.get("/trends")
@requires(Permission.VIEW_ASSESSMENTS)
def trends() -> str:
    """Show the counties of a region over time, one of them in front."""
    asking = asked()
    counties = [] if stands_above(asking.region) else list(below(asking.region))
    return render_template(
        "assessments/trends.html",
        asked=asking,
        counties=counties,
        schemes=county_schemes(),
        href=lambda code: _href(asking, code),
        **_kept(asking, counties, _chosen(counties)),
    )


def _kept(asking: Asked, counties: Sequence[Region], chosen: Region | None) -> dict[str, Any]:
    ids = [county.id for county in counties]
    months = kept.months(db.session(), asking.scheme.code, ids, _first())
    yearly = kept.year_ends(db.session(), asking.scheme.code, ids)
    return {
        "chosen": chosen,
        "changes": changes(months),
        "charts": {"months": _chart(months, chosen), "years": _chart(yearly, chosen)},
        "matrix": matrix(months, [(county.id, county.code, county.name) for county in counties], COLUMNS),
    }


def _chosen(counties: Sequence[Region]) -> Region | None:
    code = request.args.get("county", "")
    return next((county for county in counties if county.code == code), counties[0] if len(counties) == 1 else None)


def _href(asking: Asked, code: str) -> str:
    return url_for(
        "assessments.trends", county=code, scheme=asking.arguments["scheme"], region=asking.arguments["region"]
    )


def _first() -> date:
    years, month = divmod(clock.today().year * 12 + clock.today().month - MONTHS_BACK, 12)
    return date(years, month + 1, 1)


def _chart(kept_points: Sequence[Point], chosen: Region | None) -> dict[str, Any] | None:
    """Return a figure and the same data as a table, None while nothing was kept."""
    name = chosen.name if chosen else ""
    beside = series(kept_points, chosen.id if chosen else None)
    if not beside:
        return None
    own = [name] if chosen else []
    rows = [
        [point.label, *([point.own] if chosen else []), point.mean, point.best, point.worst, point.counted]
        for point in beside
    ]
    return {
        "spec": line_figure(beside, name, _("各县平均"), _("最高与最低")),
        "table": {"head": [_("时间"), *own, _("各县平均"), _("最高"), _("最低"), _("有得分的县数")], "rows": rows},
    }
