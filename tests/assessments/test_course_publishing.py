from datetime import timedelta

import pytest
from sqlalchemy import select

from inspect_app.assessments.course import queries, signing, steps, verifying
from inspect_app.assessments.lifecycle import APPEALING, ASSESSMENT_LIFE, PUBLISHED, REVIEWING, SUPERSEDED
from inspect_app.assessments.models import Reading, ScoreSnapshot
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale, StepRefused
from tests.assessments.course import (
    REASON,
    Year,
    bring_to,
    dates,
)


def test_a_year_goes_from_computed_to_published(year: Year) -> None:
    assert year.assessment.reference == "KP-6542-2026-01"
    bring_to(year, PUBLISHED)
    assessment = year.assessment
    assert assessment.state == PUBLISHED
    assert ASSESSMENT_LIFE.replay(assessment.events) == PUBLISHED
    kept = year.session.scalars(select(ScoreSnapshot).where(ScoreSnapshot.assessment_id == assessment.id)).all()
    assert len(kept) == 7
    assert all(each.published and each.digest for each in kept)
    assert {each.county_id: each.score for each in kept} == {
        sheet.county_id: sheet.score for sheet in queries.sheets_of(year.session, year.actor("leader"), assessment)
    }
    assert verifying.verify(year.session) == []


def test_publishing_waits_for_the_counties_or_for_the_last_day(year: Year) -> None:
    bring_to(year, APPEALING)
    with pytest.raises(StepRefused, match="签阅"):
        year.step("leader", "publish")
    last = year.assessment.appeal_by
    with clock.set_to(clock.start_of(last)), pytest.raises(StepRefused):
        year.step("leader", "publish")
    with clock.set_to(clock.start_of(last + timedelta(days=1))):
        year.step("leader", "publish")
    assert year.assessment.state == PUBLISHED


def test_who_opened_an_assessment_or_has_no_say_does_not_publish_it(year: Year) -> None:
    bring_to(year, APPEALING)
    for stranger in ("assessor", "second", "officer", "clerk"):
        with pytest.raises((Forbidden, NotFound)):
            year.step(stranger, "publish")


def test_a_county_signs_for_exactly_what_it_was_shown(year: Year) -> None:
    bring_to(year, APPEALING)
    shown = signing.shown_digest(year.session, year.sheet())
    year.propose("assessor", "A-1", points="3")
    year.confirm("second", "A-1")
    with pytest.raises(Stale), transaction():
        signing.sign(year.session, year.actor("clerk"), year.sheet(), shown)
    year.sign("clerk")
    year.sign("clerk")
    (kept,) = year.session.scalars(select(Reading)).all()
    assert (kept.stage, kept.user_name) == ("results", year.users["clerk"].name)
    with pytest.raises(Forbidden):
        year.sign("neighbour")


def test_a_correction_supersedes_with_a_reason_and_a_second_person(year: Year) -> None:
    bring_to(year, PUBLISHED)
    before = year.reference
    published = {each.county_id: each for each in queries.snapshots_of(year.session, year.assessment).values()}
    with pytest.raises(Invalid), transaction():
        steps.correct(year.session, year.actor("assessor"), year.assessment, "", dates(clock.today(), 0, 0, 3))
    with transaction():
        made = steps.correct(
            year.session, year.actor("assessor"), year.assessment, REASON, dates(clock.today(), 0, 0, 3)
        )
        reference = made.reference
    with pytest.raises(Conflict), transaction():
        steps.correct(year.session, year.actor("second"), year.assessment, REASON, dates(clock.today(), 0, 0, 3))
    later = Year(year.session, year.users, reference)
    assert (reference, later.assessment.state) == ("KP-6542-2026-02", REVIEWING)
    later.freeze()
    later.propose("assessor", "A-1", points="6")
    later.confirm("second", "A-1")
    later.step("assessor", "announce")
    later.step("leader", "publish")
    assert (year.assessment.state, later.assessment.state) == (SUPERSEDED, PUBLISHED)
    corrected = queries.snapshots_of(year.session, later.assessment)
    assert {key: each.supersedes_id for key, each in corrected.items()} == {
        key: each.id for key, each in published.items()
    }
    wusu = later.sheet().county_id
    assert corrected[wusu].score != published[wusu].score
    assert queries.by_reference(year.session, year.actor("clerk"), before).state == SUPERSEDED
    assert verifying.verify(year.session) == []


def test_every_change_leaves_its_entry_in_the_trail(year: Year) -> None:
    bring_to(year, APPEALING)
    year.appeal("clerk", "A-1", "五项销号单未计入")
    rows = (
        year.session.execute(
            select(AuditEntry.action, AuditEntry.subject_reference).where(AuditEntry.subject_kind == "assessment")
        )
        .tuples()
        .all()
    )
    actions = {action for action, _reference in rows}
    assert {
        "assessment.open",
        "assessment.begin",
        "assessment.report",
        "assessment.send",
        "assessment.review",
    } <= actions
    assert {"assessment.accepted", "assessment.freeze", "assessment.announce", "assessment.appeal"} <= actions
    assert ("assessment.appeal", "KP-6542-2026-01 654202 A-1") in rows
