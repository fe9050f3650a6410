"""Publishing against a late change, 50 times: one consistent result, and what came late is told so (fault F29)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.assessments.course import (
    appealing,
    gathering,
    opening,
    queries,
    reporting,
    reviewing,
    signing,
    steps,
    verifying,
)
from inspect_app.assessments.course.blockers import blockers
from inspect_app.assessments.lifecycle import APPEALING, PUBLISHED
from inspect_app.assessments.models import AssessmentLine, ScoreSnapshot
from inspect_app.core import clock
from inspect_app.core.database import db, one_moment, transaction
from inspect_app.core.errors import DomainError
from inspect_app.regions.queries import by_code
from tests.accounts.factories import actor_of
from tests.assessments.course import REASON, WUSU, Year, people, small_scheme
from tests.reporting.stock import fill

ROUNDS = 50
LATE = ("confirm", "appeal", "propose", "compute", "decide")


@pytest.fixture
def crowd(session: Session, clock: object) -> dict[str, Actor]:
    assert clock
    with transaction():
        fill(session)
        return {name: actor_of(user) for name, user in people(session).items()}


def ready(session: Session, number: int, *, proposed: bool) -> str:
    """Bring the assessment of 乌苏市 alone to where only publishing is left."""
    today = clock.today()
    with transaction():
        county, scheme = by_code(session, WUSU), replace(small_scheme(), code=f"S{number}")
        gathered = gathering.gather_for(session, scheme, str(today.year), [county])
        days = opening.Dates(today, today, today + timedelta(days=3))
        made = opening.open_assessment(session, SYSTEM, county, scheme, str(today.year), days, gathered)
        year = Year(session, {}, made.reference)
        steps.take_step(session, SYSTEM, made, "begin")
        for code in ("A-3", "A-4"):
            texts = {"numerator": "1", "迟": "0", "瞒": "0"}
            reporting.report(session, SYSTEM, year.line(code), texts, "", year.line(code).version)
        reporting.send(session, SYSTEM, year.sheet(), made.version)
        steps.take_step(session, SYSTEM, made, "review")
        for code in ("A-3", "A-4"):
            reviewing.decide(session, SYSTEM, year.line(code), "accepted", "", year.line(code).version)
        opening.freeze_data(session, SYSTEM, made, gathered)
        steps.take_step(session, SYSTEM, made, "announce")
        signing.sign(session, SYSTEM, year.sheet(), signing.shown_digest(session, year.sheet()))
        if proposed:
            reviewing.propose(session, SYSTEM, year.line("A-1"), {"points": "6"}, REASON, year.line("A-1").version)
        return made.reference


def late_change(kind: str, session: Session, crowd: dict[str, Actor], reference: str) -> None:
    line = Year(session, {}, reference).line("A-1")
    match kind:
        case "confirm":
            reviewing.confirm(session, crowd["second"], line, line.version)
        case "appeal":
            appealing.appeal(session, crowd["clerk"], line, REASON, line.version)
        case "propose":
            reviewing.propose(session, crowd["assessor"], line, {"points": "1"}, REASON, line.version)
        case "decide":
            other = Year(session, {}, reference).line("A-4")
            reviewing.propose(session, crowd["assessor"], other, {"迟": "4", "瞒": "2"}, REASON, other.version)
        case _:
            assessment = queries.by_reference(session, SYSTEM, reference)
            gathered = gathering.Gathered(clock.now(), {line.sheet.county_id: {}})
            opening.compute(session, crowd["assessor"], assessment, gathered)


def at_once(app: Flask, *acts: Callable[[Session], None]) -> list[str]:
    """Let people act at the same moment, each in a transaction of their own; "done" or the code of the refusal."""
    barrier, moment = Barrier(len(acts)), clock.now()

    def person(act: Callable[[Session], None]) -> str:
        with app.app_context(), clock.set_to(moment):
            barrier.wait()
            try:
                with transaction():
                    act(db.session())
            except DomainError as refused:
                return refused.code
            return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(person, acts))


def test_publishing_and_a_late_change_leave_one_consistent_result(
    app: Flask, session: Session, crowd: dict[str, Actor]
) -> None:
    seen = set()
    for number in range(ROUNDS):
        kind = LATE[number % len(LATE)]
        reference = ready(session, number, proposed=kind == "confirm")
        session.rollback()

        def publish(own: Session, reference: str = reference) -> None:
            steps.take_step(own, crowd["leader"], queries.by_reference(own, SYSTEM, reference), "publish")

        def change(own: Session, kind: str = kind, reference: str = reference) -> None:
            late_change(kind, own, crowd, reference)

        published, late = at_once(app, publish, change) if number % 2 else reversed(at_once(app, change, publish))
        session.rollback()
        seen.add((kind, published, late))
        check(session, reference, kind, published, late)
    assert {published for _kind, published, _late in seen} == {"done", "step_refused"}
    assert verifying.verify(session) == []


def check(session: Session, reference: str, kind: str, published: str, late: str) -> None:
    assessment = queries.by_reference(session, SYSTEM, reference)
    kept = session.scalars(select(ScoreSnapshot).where(ScoreSnapshot.assessment_id == assessment.id)).all()
    line = Year(session, {}, reference).line("A-1")
    if published != "done":
        assert (assessment.state, len(kept), late) == (APPEALING, 0, "done")
        assert blockers(session, assessment) or kind == "confirm"
        return
    assert (assessment.state, len(kept)) == (PUBLISHED, 1)
    assert late == "done" if kind == "confirm" else late == "conflict"
    by_code_of = {each["indicator"]: each["points"] for each in kept[0].lines}
    assert line.points is not None
    assert float(line.points) == by_code_of["A-1"]
    assert line.locked
    assert line.proposal is None
    assert float(line.points) == (6 if kind == "confirm" else by_code_of["A-1"])


def test_publishing_twice_at_once_publishes_once(app: Flask, session: Session, crowd: dict[str, Actor]) -> None:
    for number in range(ROUNDS, ROUNDS + 5):
        reference = ready(session, number, proposed=False)
        session.rollback()

        def publish(own: Session, reference: str = reference) -> None:
            steps.take_step(own, crowd["leader"], queries.by_reference(own, SYSTEM, reference), "publish")

        assert sorted(at_once(app, publish, publish, publish)) == ["done", "step_refused", "step_refused"]
        session.rollback()
    assert session.scalar(select(func.count()).select_from(ScoreSnapshot)) == 5


def test_facts_are_gathered_as_of_one_moment(app: Flask, session: Session, crowd: dict[str, Actor]) -> None:
    reference = ready(session, 99, proposed=False)
    session.rollback()
    count = select(func.count()).select_from(AssessmentLine)

    def commit_something() -> None:
        with app.app_context(), clock.set_to(clock.now()), transaction():
            ready_lines(reference)

    with one_moment():
        before = db.session.scalar(count)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(commit_something).result()
        assert db.session.scalar(count) == before
    assert db.session.scalar(count) == (before or 0) + 1
    assert crowd


def ready_lines(reference: str) -> None:
    own = db.session()
    sheet = queries.sheet_of(own, SYSTEM, queries.by_reference(own, SYSTEM, reference), WUSU)
    own.add(AssessmentLine(sheet=sheet, position=99, code="late"))
