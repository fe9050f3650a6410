from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import staging, transaction
from inspect_app.hazards import summary
from inspect_app.hazards.bulk import prepare_many, register_prepared, stage_many
from inspect_app.hazards.drafts import HazardDraft
from inspect_app.hazards.inserting import PORTION
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.hazards.staging import clear, is_staged
from inspect_app.hazards.words import Grade
from inspect_app.regions.queries import by_code

pytestmark = pytest.mark.usefixtures("clock")
PASSING = {"id", "uuid", "reference"}


def drafts(session: Session, number: int = 6) -> list[HazardDraft]:
    county = by_code(session, "654202").id
    return [
        HazardDraft(
            county, county, "return", description=f"第 {each} 处'；NULL",
            found_on=date(2025 + each % 2, 6, 1), category="C03" if each % 3 else "", site_name="晨光小学",
            grade=Grade.GENERAL,
            responsible_person="万山",
            responsible_unit_name="晨光小学" if each != 4 else "", measures="拆除后重砌", due_on=date(2026, 7, 1),
        )
        for each in range(1, number + 1)
    ]  # fmt: skip


def rows(session: Session) -> list[dict[str, Any]]:
    columns = [column for column in Hazard.__table__.columns if column.name not in PASSING]
    return [dict(row._mapping) for row in session.execute(select(*columns).order_by(Hazard.id))]


def events_of(session: Session, keys: list[int]) -> list[tuple[Any, ...]]:
    said = (HazardEvent.action, HazardEvent.source, HazardEvent.target, HazardEvent.actor_name, HazardEvent.facts)
    events = select(*said).where(HazardEvent.subject_id.in_(keys)).order_by(HazardEvent.subject_id)
    return [tuple(row) for row in session.execute(events)]


def test_staged_findings_come_to_the_same_as_those_entered_directly(session: Session) -> None:
    with transaction():
        direct = register_prepared(session, SYSTEM, prepare_many(drafts(session)), batch_id=None)
    references = session.scalars(select(Hazard.reference).order_by(Hazard.id)).all()
    with staging():
        many = stage_many(session, prepare_many(drafts(session)))
    assert many.staged == (session.get_bind().dialect.name == "sqlite")
    heard: list[int] = []
    with transaction():
        staged = register_prepared(session, SYSTEM, many, batch_id=None, tick=heard.append)
    found = rows(session)
    assert found[:6] == found[6:]
    assert (len(set(direct + staged)), heard[-1]) == (12, 6)
    again = session.scalars(select(Hazard.reference).where(Hazard.id.in_(staged)).order_by(Hazard.id)).all()
    for before, after in zip(references, again, strict=True):
        prefix, number = before.rsplit("-", 1)
        assert after == f"{prefix}-{int(number) + sum(each.startswith(prefix) for each in references):04d}"
    assert session.scalar(select(func.count(Hazard.uuid.distinct()))) == 12
    assert events_of(session, staged) == events_of(session, direct)
    assert len(events_of(session, staged)) == 5
    assert summary.verify(session) == []
    with staging():
        clear(session.connection())
    assert not is_staged(session.connection())


def test_findings_beyond_one_portion_are_all_there_in_their_order(session: Session) -> None:
    number = PORTION + 3
    with staging():
        many = stage_many(session, prepare_many(drafts(session, number)))
    with transaction():
        keys = register_prepared(session, SYSTEM, many, batch_id=None)
    told = session.scalars(select(Hazard.description).order_by(Hazard.id)).all()
    assert told == [draft.description for draft in many.drafts]
    assert len(keys) == number


def test_what_was_staged_on_another_connection_goes_in_directly(session: Session) -> None:
    many = prepare_many(drafts(session))._replace(staged=True)
    with transaction():
        assert len(register_prepared(session, SYSTEM, many, batch_id=None)) == 6
    assert session.scalar(select(func.count()).select_from(Hazard)) == 6


def test_staging_nothing_stages_nothing(session: Session) -> None:
    with staging():
        assert not stage_many(session, prepare_many([])).staged


def test_a_mistake_while_staging_leaves_nothing(session: Session) -> None:
    def begin() -> None:
        with staging():
            stage_many(session, prepare_many(drafts(session)))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        begin()
    assert not is_staged(session.connection())
