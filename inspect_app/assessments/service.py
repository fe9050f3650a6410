"""Running an assessment and keeping what it said."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.assessments.as_json import PLACES, as_lines, number, stored_points
from inspect_app.assessments.definition import SchemeLevel
from inspect_app.assessments.evaluation import CountyScore, Evaluation, evaluate
from inspect_app.assessments.models import ScoreSnapshot
from inspect_app.assessments.period import period_of
from inspect_app.assessments.queries import counties_in_scope, scheme_of
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.errors import Forbidden, Invalid


def run(session: Session, actor: Actor, scheme_code: str, period: str, region_id: int | None) -> list[ScoreSnapshot]:
    """Score the counties at or below a region (None: all that the actor sees) and keep a snapshot of each.

    Raises NotFound for an unknown scheme or a region out of sight, Invalid for a period that is none and for a scheme
    that is a draft or not for counties, Forbidden.
    """
    if not actor.can(Permission.RUN_ASSESSMENT):
        raise Forbidden("只有考核员可以生成考核存档。")
    scheme = scheme_of(scheme_code)
    if scheme.draft or scheme.level is not SchemeLevel.COUNTY:
        raise Invalid({"scheme": ["草案和乡镇方案只能试算，不能存档。"]}, "这个考核方案不能存档。")
    counties = counties_in_scope(session, actor, region_id)
    evaluation = evaluate(session, scheme, period_of(period, clock.today()), counties)
    snapshots = [snapshot(evaluation, each, actor) for each in evaluation.counties]
    session.add_all(snapshots)
    session.flush()
    record(
        session,
        actor,
        "assessment.run",
        kind="assessment",
        id=None,
        reference=f"{evaluation.scheme.code}-{evaluation.period.code}",
        region_id=region_id or actor.view_region_id,
        changes={"counties": [None, len(snapshots)], "scheme_version": [None, evaluation.scheme.version]},
    )
    return snapshots


def snapshot(evaluation: Evaluation, each: CountyScore, actor: Actor, month: str | None = None) -> ScoreSnapshot:
    """Return what is kept of a county; `month` (2026-05) names a monthly keeping."""
    return ScoreSnapshot(
        scheme_code=evaluation.scheme.code,
        scheme_version=evaluation.scheme.version,
        scheme_hash=evaluation.scheme.content_hash,
        period=evaluation.period.code,
        county_id=each.county.id,
        score=stored_points(each.score),
        full=_six(each.score.full),
        grade=each.score.grade or "",
        rank=each.rank,
        lines=as_lines(each.score),
        facts=_facts(each),
        computed_at=evaluation.at,
        computed_by_id=actor.id,
        kept_for=month,
    )


def _six(value: Fraction) -> Decimal:
    return Decimal(round(value * 10**PLACES)).scaleb(-PLACES)


def _facts(each: CountyScore) -> dict[str, Any]:
    return {
        name: {"numerator": number(fact.numerator), "denominator": number(fact.denominator)}
        for name, fact in each.facts.items()
    }
