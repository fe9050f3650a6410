"""Reading schemes, the counties a person may see assessed, and kept snapshots."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.assessments.definition import Scheme
from inspect_app.assessments.loading import FOLDER, load_schemes, read_schemes
from inspect_app.assessments.models import ScoreSnapshot
from inspect_app.assessments.sources import sources
from inspect_app.core import clock
from inspect_app.core.definitions import Problems
from inspect_app.core.errors import NotFound
from inspect_app.regions.levels import Kind, Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, counties_of, covers

DEFAULT_SCHEME = "DEFAULT"


@cache
def schemes() -> dict[str, Scheme]:
    """Return every scheme by code, read once a process; raises DefinitionProblems."""
    return load_schemes(FOLDER, sources())


def check_definitions(problems: Problems) -> list[str]:
    """Read every scheme, adding mistakes to `problems`; return their codes."""
    return list(read_schemes(FOLDER, problems, sources()))


def scheme_of(code: str) -> Scheme:
    """Return a scheme by its code, or raise NotFound with the codes there are."""
    found = schemes().get(code.strip())
    if found is None:
        raise NotFound("没有编号为“%(code)s”的考核方案。现有：%(known)s。", code=code, known="、".join(schemes()))
    return found


def counties_in_scope(session: Session, actor: Actor, region_id: int | None = None) -> list[Region]:
    """List the assessed counties a person sees at or below a region, by code; NotFound for a region out of sight."""
    top = actor.view_region_id if region_id is None else region_id
    if actor.role is not None and (actor.view_region_id is None or top is None):
        return []
    if top is None:
        return list(session.scalars(select(Region).where(Region.level == Level.COUNTY).order_by(Region.code)))
    if actor.role is not None and actor.view_region_id is not None and not covers(session, actor.view_region_id, top):
        raise NotFound
    return counties_of(session, top)


def townships_below(session: Session, counties: Collection[Region]) -> list[Region]:
    """List the civil townships in force of these counties, by code."""
    rows = select(Region).where(
        Region.parent_id.in_([county.id for county in counties]),
        Region.level == Level.TOWNSHIP,
        Region.kind == Kind.CIVIL,
        or_(Region.valid_until.is_(None), Region.valid_until >= clock.today()),
    )
    return list(session.scalars(rows.order_by(Region.code)))


def county_in_scope(session: Session, actor: Actor, code: str) -> Region:
    """Find a county by its code; one out of sight, or a region that is no county, is not found."""
    try:
        region = by_code(session, code)
    except NotFound as absent:
        raise NotFound from absent
    if region.level is not Level.COUNTY or region not in counties_in_scope(session, actor, region.id):
        raise NotFound
    return region


def latest(session: Session, scheme_code: str, period: str, county_ids: Collection[int]) -> dict[int, ScoreSnapshot]:
    """Return the newest snapshot of each county that has one."""
    newest = (
        select(func.max(ScoreSnapshot.id))
        .where(
            ScoreSnapshot.scheme_code == scheme_code,
            ScoreSnapshot.period == period,
            ScoreSnapshot.county_id.in_(county_ids),
        )
        .group_by(ScoreSnapshot.county_id)
    )
    rows = session.scalars(
        select(ScoreSnapshot).where(ScoreSnapshot.id.in_(newest)).options(joinedload(ScoreSnapshot.county))
    )
    return {row.county_id: row for row in rows}


def history(session: Session, scheme_code: str, period: str, county_id: int, limit: int = 12) -> list[ScoreSnapshot]:
    """List the snapshots of a county, newest first."""
    rows = (
        select(ScoreSnapshot)
        .where(
            ScoreSnapshot.scheme_code == scheme_code,
            ScoreSnapshot.period == period,
            ScoreSnapshot.county_id == county_id,
        )
        .order_by(ScoreSnapshot.id.desc())
        .limit(limit)
    )
    return list(session.scalars(rows))
