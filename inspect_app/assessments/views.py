"""Pages of assessments: the counties side by side, and one county line by line."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments import queries, service
from inspect_app.assessments.definition import CappedCount
from inspect_app.assessments.evaluation import Evaluation, evaluate
from inspect_app.assessments.period import Period, period_of
from inspect_app.assessments.presentation import NOTHING_APPLIES, heat_table, pill
from inspect_app.assessments.scoring import Line
from inspect_app.assessments.sources import sources
from inspect_app.assessments.wording import rounded
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code

blueprint = Blueprint("assessments", __name__, url_prefix="/assessments", template_folder="templates")


@blueprint.get("")
@requires(Permission.VIEW_ASSESSMENTS)
def index() -> str:
    """Show the counties a person sees, best first."""
    evaluation = _evaluate(_period())
    return render_template(
        "assessments/index.html",
        evaluation=evaluation,
        table=heat_table(evaluation),
        may_store=current_actor().can(Permission.RUN_ASSESSMENT),
        region=request.args.get("region", ""),
    )


@blueprint.get("/<code>")
@requires(Permission.VIEW_ASSESSMENTS)
def county(code: str) -> str:
    """Explain the score of one county line by line."""
    found = queries.county_in_scope(db.session(), current_actor(), code)
    period = _period()
    evaluation = _evaluate(period)
    return render_template(
        "assessments/county.html",
        county=found,
        evaluation=evaluation,
        card=score_card(evaluation, found),
        history=queries.history(db.session(), evaluation.scheme.code, period.code, found.id),
        pill=pill,
    )


@blueprint.post("/run")
@requires(Permission.RUN_ASSESSMENT)
def run() -> Response:
    """Keep a snapshot of every county a person sees."""
    period, region = request.form.get("period", ""), request.form.get("region", "")
    with transaction():
        region_id = by_code(db.session(), region).id if region else None
        kept = len(service.run(db.session(), current_actor(), queries.DEFAULT_SCHEME, period, region_id))
    flash(_("已存档 %(count)s 个县（市、区）的得分。", count=kept), "success")
    return redirect(url_for("assessments.index", period=period, region=region or None))


def _period() -> Period:
    today = clock.today()
    return period_of(request.args.get("period") or str(today.year), today)


def _evaluate(period: Period) -> Evaluation:
    code = request.args.get("region", "")
    region_id = by_code(db.session(), code).id if code else None
    counties = queries.counties_in_scope(db.session(), current_actor(), region_id)
    return evaluate(db.session(), queries.scheme_of(queries.DEFAULT_SCHEME), period, counties)


def score_card(evaluation: Evaluation, county: Region) -> dict[str, Any]:
    """Return what the score of a county is drawn from (`assessments/card.html`)."""
    each = next(each for each in evaluation.counties if each.county.id == county.id)
    points = each.score.points
    return {
        "score": each.score,
        "total": None if points is None else rounded(points),
        "rank": each.rank,
        "grade": pill(each.score.grade),
        "nothing": NOTHING_APPLIES,
        "lines": [_line(line, county.code, evaluation.period) for line in each.score.lines],
    }


def _line(line: Line, county_code: str, period: Period) -> dict[str, Any]:
    counted = isinstance(line.indicator.rule, CappedCount)
    return {
        "line": line,
        "points": None if line.points is None else rounded(line.points),
        "full": rounded(line.full),
        "share": None if line.share is None else float(line.share),
        "numerator_href": _rows_href(line, county_code, period, "numerator"),
        "denominator_href": "" if counted else _rows_href(line, county_code, period, "denominator"),
    }


def _rows_href(line: Line, county_code: str, period: Period, part: str) -> str:
    if line.indicator.fact is None:
        return ""
    endpoint = sources()[line.indicator.fact].endpoint
    return url_for(endpoint, fact=line.indicator.fact, county=county_code, period=period.code, part=part)
