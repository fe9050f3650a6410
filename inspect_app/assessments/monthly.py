"""The monthly keeping of scores, from which movement and trends are told; safe to repeat."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.accounts.models import User
from inspect_app.assessments.definition import Scheme
from inspect_app.assessments.evaluation import evaluate
from inspect_app.assessments.models import ScoreSnapshot
from inspect_app.assessments.period import Period
from inspect_app.assessments.places import siblings
from inspect_app.assessments.service import snapshot
from inspect_app.audit.service import record
from inspect_app.core.database import lock
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath


def month_over(today: date) -> tuple[str, Period]:
    """Return the month that ended last, as keepings name it (2026-05), and its year counted up to its last day."""
    last = today.replace(day=1) - timedelta(days=1)
    return f"{last:%Y-%m}", Period(str(last.year), date(last.year, 1, 1), last)


def groups_in_use(session: Session) -> list[Region]:
    """List the regions whose counties are ranked together and in which anybody has an account, by code."""
    active = select(User.view_region_id).where(User.active.is_(True), User.view_region_id.is_not(None))
    around = select(RegionPath.ancestor_id).where(RegionPath.descendant_id.in_(active))
    seen = Region.id.in_(around)
    prefectures = select(Region.id).where(seen, Region.level == Level.PREFECTURE)
    above_counties = select(Region.parent_id).where(seen, Region.level == Level.COUNTY)
    groups = select(Region).where(Region.id.in_(prefectures) | Region.id.in_(above_counties))
    return list(session.scalars(groups.order_by(Region.code)))


def keep(session: Session, actor: Actor, scheme: Scheme, group: Region, today: date) -> list[ScoreSnapshot]:
    """Keep the scores of the month that ended last for the counties directly below a region that have none yet."""
    month, period = month_over(today)
    lock(session, group)
    counties = siblings(session, [group.id])
    missing = _without(session, scheme, month, counties)
    if not missing or scheme.draft:
        return []
    evaluation = evaluate(session, scheme, period, counties)
    kept = [snapshot(evaluation, each, actor, month) for each in evaluation.counties if each.county.id in missing]
    session.add_all(kept)
    session.flush()
    record(
        session,
        actor,
        "assessment.keep",
        kind="assessment",
        id=None,
        reference=f"{scheme.code}-{month}",
        region_id=group.id,
        changes={"counties": [None, len(kept)], "scheme_version": [None, scheme.version]},
    )
    return kept


def _without(session: Session, scheme: Scheme, month: str, counties: Sequence[Region]) -> set[int]:
    keys = {county.id for county in counties}
    kept = select(ScoreSnapshot.county_id).where(
        ScoreSnapshot.kept_for == month,
        ScoreSnapshot.scheme_code == scheme.code,
        ScoreSnapshot.scheme_version == scheme.version,
        ScoreSnapshot.county_id.in_(keys),
    )
    return keys - set(session.scalars(kept))
