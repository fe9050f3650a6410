"""The same thing sent several times at once is done once; different things sent at once are all kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError
from inspect_app.hazards.models import Hazard
from inspect_app.inspections import queries, service
from inspect_app.inspections.models import Answer, Inspection
from tests.inspections.factories import GOOD, fill, lead_of, make_visit

TABLETS = 8


@pytest.fixture
def visit(session: Session) -> Inspection:
    with transaction():
        made = make_visit(session)
        service.start(session, lead_of(made), made)
    return made


def at_once(app: Flask, act: Callable[[Session, Inspection, int], object], reference: str, actor: Actor) -> list[str]:
    """Let tablets act at the same time, each in a transaction of its own; returns "done" or the code of the refusal."""

    def tablet(number: int) -> str:
        with app.app_context():
            try:
                with transaction():
                    act(db.session(), queries.by_reference(db.session(), actor, reference), number)
            except DomainError as refused:
                return refused.code
            return "done"

    with ThreadPoolExecutor(TABLETS) as tablets:
        return list(tablets.map(tablet, range(TABLETS)))


def test_one_answer_sent_many_times_at_once_is_kept_once(app: Flask, session: Session, visit: Inspection) -> None:
    actor = lead_of(visit)
    outcomes = at_once(
        app,
        lambda own, found, _n: service.answer(own, actor, found, "C03-05", {"value": "no"}, version=0),
        visit.reference,
        actor,
    )
    assert outcomes == ["done"] * TABLETS
    session.rollback()
    assert session.scalars(select(Answer)).one().version == 1


def test_different_answers_to_one_item_leave_one_and_refuse_the_others(
    app: Flask, session: Session, visit: Inspection
) -> None:
    actor = lead_of(visit)
    outcomes = at_once(
        app,
        lambda own, found, n: service.answer(own, actor, found, "C03-12", {"value": str(n)}, version=0),
        visit.reference,
        actor,
    )
    assert sorted(outcomes) == ["answer_conflict"] * (TABLETS - 1) + ["done"]
    session.rollback()
    kept = session.scalars(select(Answer)).one()
    assert kept.value == {"value": str(outcomes.index("done"))}


def test_answers_to_different_items_are_all_kept(app: Flask, session: Session, visit: Inspection) -> None:
    actor, codes = lead_of(visit), list(GOOD)[:TABLETS]
    outcomes = at_once(
        app,
        lambda own, found, n: service.answer(own, actor, found, codes[n], GOOD[codes[n]], version=0),
        visit.reference,
        actor,
    )
    assert outcomes == ["done"] * TABLETS
    session.rollback()
    assert set(session.scalars(select(Answer.item_code))) == set(codes)


def test_one_submission_sent_many_times_at_once_makes_its_hazards_once(
    app: Flask, session: Session, visit: Inspection
) -> None:
    with transaction():
        fill(session, session.get_one(Inspection, visit.id))
    actor, version, reference = lead_of(visit), visit.version, visit.reference
    session.rollback()
    outcomes = at_once(
        app,
        lambda own, found, _n: service.submit(own, actor, found, site_person="甲校长", version=version),
        reference,
        actor,
    )
    assert outcomes == ["done"] * TABLETS
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Hazard)) == 1
