"""Opening an assessment, computing it anew, freezing its data."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.assessments.course import keeping, rules
from inspect_app.assessments.course.gathering import Gathered
from inspect_app.assessments.course.items import items_of
from inspect_app.assessments.definition import Scheme, SchemeLevel
from inspect_app.assessments.lifecycle import COMPUTED, VOIDED
from inspect_app.assessments.models import Assessment, AssessmentLine, CountySheet
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Forbidden, Invalid
from inspect_app.core.frozen import freeze
from inspect_app.core.labels import mark
from inspect_app.core.references import next_reference
from inspect_app.regions.models import Region
from inspect_app.regions.queries import counties_of, covers

FROZEN_ALREADY = mark("数据已于冻结日冻结，不再重新计算；此后的变动请走更正。")


@dataclass(frozen=True)
class Dates:
    """The days of an assessment, inclusive."""

    self_report_by: date
    freeze_on: date
    appeal_by: date


def open_assessment(  # noqa: PLR0913 - one argument a column
    session: Session,
    actor: Actor,
    region: Region,
    scheme: Scheme,
    period: str,
    dates: Dates,
    gathered: Gathered,
    *,
    limit: Decimal = rules.DIFFERENCE_POINTS,
) -> Assessment:
    """Open the assessment of a region's counties for a year under KP-{region}-{year}-{nn}.

    Raises Forbidden, Invalid, or Conflict where one of the same scheme and year stands already.
    """
    _check_person(session, actor, region)
    _refuse(scheme, dates)
    _check_alone(session, region, scheme, period)
    counties = counties_of(session, region.id)
    if not counties:
        raise Invalid({"region": [mark("这个地区没有可以考核的县（市、区）。")]})
    made = Assessment(
        reference=next_reference(session, f"KP-{region.code}-{period}", 2),
        region=region,
        state=COMPUTED,
        period=period,
        scheme_code=scheme.code,
        scheme_version=scheme.version,
        scheme_hash=scheme.content_hash,
        scheme=freeze(scheme),
        difference_points=limit,
        self_report_by=dates.self_report_by,
        freeze_on=dates.freeze_on,
        appeal_by=dates.appeal_by,
        created_at=clock.now(),
        created_by_id=actor.id,
    )
    session.add(made)
    session.flush()
    add_sheets(session, made, scheme, counties)
    keep_facts(session, made, gathered)
    keeping.record(session, actor, "open", made, {"counties": [None, len(counties)], "scheme": [None, scheme.code]})
    return made


def add_sheets(session: Session, made: Assessment, scheme: Scheme, counties: list[Region]) -> None:
    """Give every county its sheet with a line for each item of the scheme."""
    for county in counties:
        sheet = CountySheet(assessment=made, county=county)
        session.add(sheet)
        for position, item in enumerate(items_of(scheme)):
            sheet.lines.append(AssessmentLine(position=position, code=item.code))
    session.flush()


def compute(session: Session, actor: Actor, assessment: Assessment, gathered: Gathered) -> None:
    """Take newly gathered facts over; refused once the data are frozen."""
    _lock_unfrozen(session, actor, assessment)
    keep_facts(session, assessment, gathered)
    keeping.record(session, actor, "compute", assessment, {"computed_at": [None, gathered.at.isoformat()]})


def freeze_data(session: Session, actor: Actor, assessment: Assessment, gathered: Gathered) -> None:
    """Take the facts over for good; from the freeze date on, by hand or by the daily run."""
    _lock_unfrozen(session, actor, assessment)
    if clock.today() < assessment.freeze_on:
        raise Conflict(mark("还没有到数据冻结日 %(day)s。"), day=assessment.freeze_on.isoformat())
    keep_facts(session, assessment, gathered)
    assessment.frozen_at = gathered.at
    keeping.touch(assessment)
    keeping.record(session, actor, "freeze", assessment, {"frozen_at": [None, gathered.at.isoformat()]})


def change_dates(session: Session, actor: Actor, assessment: Assessment, dates: Dates, version: int) -> None:
    """Move the days of an assessment that is open; those already past stay as they are."""
    keeping.lock_open(session, assessment, version)
    _check_assessor(actor, assessment)
    moved = {
        name: [getattr(assessment, name).isoformat(), day.isoformat()]
        for name, day in vars(dates).items()
        if day != getattr(assessment, name)
    }
    problems = rules.date_problems(dates.self_report_by, dates.freeze_on, dates.appeal_by, clock.today())
    problems = {name: said for name, said in problems.items() if name in moved}
    if assessment.frozen_at is not None and "freeze_on" in moved:
        problems["freeze_on"] = [FROZEN_ALREADY]
    if problems:
        raise Invalid(problems)
    for name in moved:
        setattr(assessment, name, getattr(dates, name))
    if moved:
        keeping.touch(assessment)
        keeping.record(session, actor, "dates", assessment, moved)


def keep_facts(session: Session, assessment: Assessment, gathered: Gathered) -> None:
    """Put facts into the sheets and count everything anew."""
    for sheet in keeping.every_sheet(session, assessment):
        if sheet.county_id in gathered.facts:
            sheet.facts = dict(gathered.facts[sheet.county_id])
    assessment.computed_at = gathered.at
    keeping.recount_all(session, assessment)


def _lock_unfrozen(session: Session, actor: Actor, assessment: Assessment) -> None:
    keeping.lock_open(session, assessment)
    _check_assessor(actor, assessment)
    if assessment.frozen_at is not None:
        raise Conflict(FROZEN_ALREADY)


def _check_assessor(actor: Actor, assessment: Assessment) -> None:
    if not keeping.assesses(actor, assessment):
        raise Forbidden(mark("只有本地区的考核员可以办理。"))


def _check_person(session: Session, actor: Actor, region: Region) -> None:
    if actor.role is None:
        return
    sees = actor.view_region_id is not None and covers(session, actor.view_region_id, region.id)
    if not (sees and actor.can(Permission.RUN_ASSESSMENT)):
        raise Forbidden(mark("您只能为本地区开展考核。"))


def _refuse(scheme: Scheme, dates: Dates) -> None:
    found = dict(rules.date_problems(dates.self_report_by, dates.freeze_on, dates.appeal_by, clock.today()))
    if scheme.draft:
        found["scheme"] = [mark("这个方案还是草案，只能试算，不能用于考核。")]
    if scheme.level is not SchemeLevel.COUNTY:
        found["scheme"] = [mark("年度考核只用考核县（市、区）的方案。")]
    if found:
        raise Invalid(found)


def _check_alone(session: Session, region: Region, scheme: Scheme, period: str) -> None:
    rows = select(Assessment.reference).where(
        Assessment.region_id == region.id,
        Assessment.scheme_code == scheme.code,
        Assessment.period == period,
        Assessment.state != VOIDED,
    )
    if known := session.scalar(rows.order_by(Assessment.id.desc()).limit(1)):
        raise Conflict(mark("这个地区 %(period)s 年已有考核 %(known)s，请在它上面办理。"), period=period, known=known)
