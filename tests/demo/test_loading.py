"""The sample as a whole: its counts agree wherever they are told, and it resists being made twice."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments.evaluation import evaluate
from inspect_app.assessments.period import period_of
from inspect_app.assessments.queries import scheme_of
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.errors import Conflict
from inspect_app.demo.cast import COUNTIES, PASSWORD
from inspect_app.demo.loading import load
from inspect_app.documents.kinds import KINDS
from inspect_app.documents.models import Document
from inspect_app.documents.verifying import verify as verify_documents
from inspect_app.hazards import summary
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from inspect_app.inspections.lifecycle import INSPECTION_LIFE
from inspect_app.inspections.models import Inspection
from inspect_app.regions.queries import by_code, counties_of
from inspect_app.returns.models import ReturnBatch
from tests.applications import close, settings_for
from tests.databases import Template
from tests.watched import watch

PRESENT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Make the sample once for all tests of this file, on Friday 20 November 2026 at 16:00 in Shanghai."""
    from inspect_app import create_app

    folder = tmp_path_factory.mktemp("sample")
    with template.copy() as url, clock.set_to(PRESENT):
        app = watch(create_app(settings_for(url, folder)))
        with app.app_context():
            assert load(lambda _line: None, folder)
            yield app
        close(app)


@pytest.fixture
def session(sample: Flask) -> Iterator[Session]:
    assert sample.testing
    yield db.session()
    db.session.rollback()


@pytest.fixture
def officer(sample: Flask) -> FlaskClient:
    client = sample.test_client()
    assert client.post("/sign-in", data={"login": "officer", "password": PASSWORD}).status_code == 302
    return client


def test_several_hundred_hazards_stand_in_every_state(session: Session) -> None:
    states = list(session.scalars(select(Hazard.state)))
    assert set(states) == set(State) - {State.WITHDRAWN}
    assert len(states) > 300


def test_replaying_the_events_gives_every_state(session: Session) -> None:
    for hazard in session.scalars(select(Hazard)):
        assert HAZARD_LIFE.replay(hazard.events) == hazard.state, hazard.reference
    for inspection in session.scalars(select(Inspection)):
        assert INSPECTION_LIFE.replay(inspection.events) == inspection.state, inspection.reference


def test_no_hazard_is_closed_without_its_proof(session: Session) -> None:
    closed = session.scalars(select(Hazard).where(Hazard.state == State.CLOSED)).all()
    assert all(hazard.recheck_result and hazard.closed_by and hazard.measures for hazard in closed)


def references_in(workbook: bytes) -> set[str]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
    return {str(cell) for row in rows for cell in row[:3] if str(cell).startswith("YH-")}


def test_the_overview_the_ledger_the_list_and_the_database_count_alike(officer: FlaskClient, session: Session) -> None:
    assert summary.verify(session) == []
    states = list(session.scalars(select(Hazard.state)))
    rectifying = states.count("rectifying")
    assert len(references_in(officer.get("/overview/ledger").data)) == len(states)
    assert len(references_in(officer.get("/overview/ledger?state=rectifying").data)) == rectifying
    assert f"共 {rectifying} 条" in officer.get("/hazards?state=rectifying").get_data(as_text=True)
    found = len(states) - states.count("merged") - states.count("unfounded")
    page = officer.get("/overview").get_data(as_text=True)
    assert f"<b>{found}</b>" in page
    assert f"<b>{states.count('closed')}</b>" in page


def test_documents_of_every_kind_were_issued_and_are_whole(session: Session) -> None:
    documents = session.scalars(select(Document)).all()
    assert {each.kind for each in documents if each.state == "issued"} == set(KINDS)
    assert {each.state for each in documents} == {"draft", "issued", "voided"}
    assert any(each.replaces_id for each in documents)
    assert any(signature.refused for each in documents for signature in each.signatures)
    assert verify_documents(session) == []


def test_uneven_counties_give_the_scorecards_something_to_say(session: Session) -> None:
    scheme = scheme_of("DEFAULT")
    counties = counties_of(session, by_code(session, "6542").id)
    scored = evaluate(session, scheme, period_of("2026", clock.today()), counties)
    grades = {each.score.grade for each in scored.counties}
    assert len(counties) == len(COUNTIES)
    assert len(grades) >= 3


def test_every_line_that_data_can_answer_has_figures_somewhere_in_the_sample(session: Session) -> None:
    scheme = scheme_of("DEFAULT")
    counties = counties_of(session, by_code(session, "6542").id)
    scored = evaluate(session, scheme, period_of("2026", clock.today()), counties)
    answered = {line.indicator.code for each in scored.counties for line in each.score.lines if line.points is not None}
    assert answered == {indicator.code for indicator in scheme.indicators if not indicator.manual}


def test_two_returns_came_through_the_pipeline_and_one_waits_for_a_hand(session: Session, sample: Flask) -> None:
    batches = session.scalars(select(ReturnBatch).where(~ReturnBatch.zero)).all()
    assert [batch.state for batch in batches] == ["applied", "applied"]
    assert list(Path(sample.config["DATA_DIR"]).rglob("*待上传*.xlsx"))


def test_photos_and_sites_that_cannot_be_true_are_there_to_be_found(officer: FlaskClient) -> None:
    doubts = officer.get("/doubts").get_data(as_text=True)
    assert "同一张照片用在 2 处" in doubts
    assert "公里（允许" in doubts
    assert "同一地方名称相同" in officer.get("/sites/duplicates").get_data(as_text=True)


def test_the_trail_is_whole_and_sealed(session: Session) -> None:
    assert audit.verify(session) == []
    assert audit.unsealed(session) < 50


def test_loading_again_changes_nothing(session: Session, sample: Flask) -> None:
    before = session.scalar(select(func.count()).select_from(Hazard))
    session.rollback()
    assert not load(lambda _line: None, Path(sample.config["DATA_DIR"]))
    assert session.scalar(select(func.count()).select_from(Hazard)) == before


def test_the_sample_never_mixes_with_accounts_of_others(app: Flask, tmp_path: Path) -> None:
    from inspect_app.commands import first_administrator

    with app.app_context():
        assert first_administrator("security.chief")
        with pytest.raises(Conflict, match="不再载入演示数据"):
            load(lambda _line: None, tmp_path)
    assert SYSTEM.id is None
