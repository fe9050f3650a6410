"""What the days themselves bring about: newer figures, the end of the self-report, the freezing of data."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments.course import opening, queries
from inspect_app.assessments.course.gathering import gather_again
from inspect_app.assessments.course.steps import take_step
from inspect_app.assessments.lifecycle import OPEN_STATES, SELF_REPORTING
from inspect_app.assessments.models import Assessment
from inspect_app.core import clock
from inspect_app.core.database import db, transaction


def run_day() -> list[str]:
    """Bring every open assessment up to the day, one transaction each; return a Chinese line for what was done."""
    session = db.session()
    rows = select(Assessment.reference).where(Assessment.state.in_(OPEN_STATES)).order_by(Assessment.id)
    references = session.scalars(rows).all()
    session.rollback()
    return [line for reference in references for line in _bring_up(session, reference)]


def _bring_up(session: Session, reference: str) -> list[str]:
    """Freeze on the first run after the freeze date (its 24:00 has passed), until then gather anew."""
    told: list[str] = []
    known = queries.by_reference(session, SYSTEM, reference)
    frozen, freeze_on = known.frozen_at is not None, known.freeze_on
    session.rollback()
    if not frozen:
        gathered = gather_again(reference)
        late = clock.today() > freeze_on
        with transaction():
            assessment = queries.by_reference(session, SYSTEM, reference)
            (opening.freeze_data if late else opening.compute)(session, SYSTEM, assessment, gathered)
        told.append(f"{reference}：{'数据已冻结' if late else '已按今天的数据重新计算'}")
    with transaction():
        assessment = queries.by_reference(session, SYSTEM, reference)
        if assessment.state == SELF_REPORTING and clock.today() > assessment.self_report_by:
            take_step(session, SYSTEM, assessment, "review")
            told.append(f"{reference}：自评期满，转入评审")
    return told
