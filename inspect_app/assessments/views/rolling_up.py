"""From townships to the county, from counties to the prefecture, from prefectures to the province."""

from flask import render_template

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments import queries
from inspect_app.assessments.definition import Scheme, SchemeLevel
from inspect_app.assessments.leaders.below import Below, below
from inspect_app.assessments.leaders.rolling import WEIGHT_LABELS
from inspect_app.assessments.views.asking import Asked, asked, county_schemes, remembered, stands_above, years
from inspect_app.assessments.views.place import blueprint
from inspect_app.assessments.views.province import whole_of
from inspect_app.core.database import db
from inspect_app.core.errors import NotFound
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import covers

SCORED_BELOW = (Level.COUNTY, Level.PREFECTURE)


@blueprint.get("/roll-up")
@requires(Permission.VIEW_ASSESSMENTS)
def roll_up() -> str:
    """Show what each part of a region adds to its joint score, and who is left out."""
    asking = asked()
    scheme = _scheme(asking)
    found = _found(asking, scheme)
    return render_template(
        "assessments/roll_up.html",
        asked=asking,
        scheme=scheme,
        found=found,
        weights=WEIGHT_LABELS[scheme.weights] if scheme else "",
        above=_above(asking.region),
        deeper=asking.region is None or asking.region.level is not Level.COUNTY,
        schemes=county_schemes(),
        years=years(),
    )


def _found(asking: Asked, scheme: Scheme | None) -> Below | None:
    region = asking.region
    if region is not None and current_actor().view_region_id is not None:
        _check(region)
    if stands_above(region):
        return Below(whole_of(asking), ())
    if scheme is None or region is None or region.level not in SCORED_BELOW:
        return None
    key = ("below", scheme.code, scheme.version, asking.period, region.id)
    return remembered(key, region.id, lambda: below(db.session(), scheme, asking.period, region))


def _scheme(asking: Asked) -> Scheme | None:
    if asking.region is None or asking.region.level is not Level.COUNTY:
        return asking.scheme
    known = queries.schemes().values()
    return next((scheme for scheme in known if scheme.level is SchemeLevel.TOWNSHIP), None)


def _above(region: Region | None) -> Region | None:
    parent = region.parent if region else None
    return parent if parent is not None and _sees(parent) else None


def _check(region: Region) -> None:
    if not _sees(region):
        raise NotFound


def _sees(region: Region) -> bool:
    top = current_actor().view_region_id
    return top is not None and covers(db.session(), top, region.id)
