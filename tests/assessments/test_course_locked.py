# ruff: noqa: S608 - a test writes its own statements
"""A published score resists: by statements on the database, by the services, by the pages (threat T09)."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from inspect_app.assessments.course import appealing, opening, reporting, reviewing, steps, verifying
from inspect_app.assessments.course.gathering import gather_again
from inspect_app.assessments.lifecycle import APPEALING
from inspect_app.audit.triggers import removals, statements
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict, DomainError
from tests.accounts.factories import sign_in
from tests.assessments.course import REASON, WUSU, Year, bring_to, points, sign_all

Attempt = Callable[[], object]
TABLES = {
    "score_snapshot": "score = 77000000",
    "assessment": "reason = '改'",
    "assessment_county": "score = 77000000",
    "assessment_line": "points = 7000000",
    "assessment_event": "actor_name = '改'",
    "assessment_line_entry": "action = 'x'",
    "assessment_reading": "user_name = '改'",
    "assessment_appeal": "answer = '改'",
}


@pytest.fixture
def published(year: Year) -> Year:
    bring_to(year, APPEALING)
    year.appeal("clerk", "A-1", "五项销号单未计入")
    year.answer("assessor", "A-1", "rejected")
    sign_all(year)
    year.step("leader", "publish")
    return year


def run(*orders: str) -> None:
    with transaction():
        for order in orders:
            db.session.execute(text(order))


@pytest.mark.parametrize("table", TABLES)
def test_the_database_refuses_to_change_delete_or_sweep_away_what_is_published(published: Year, table: str) -> None:
    sqlite = published.session.get_bind().dialect.name == "sqlite"
    sweep = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" if sqlite else f"TRUNCATE {table} CASCADE"
    orders = [f"UPDATE {table} SET {TABLES[table]}", f"DELETE FROM {table}"]
    if table not in ("assessment", "assessment_appeal"):
        orders.append(sweep)
    for order in orders:
        with pytest.raises(DBAPIError, match=r"append-only|foreign|FOREIGN"):
            run(order)
    assert verifying.verify(published.session) == []


@pytest.mark.parametrize("state", ["appealing", "computed", "voided"])
@pytest.mark.usefixtures("published")
def test_no_statement_reopens_a_published_assessment(state: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        run(f"UPDATE assessment SET state = '{state}'")


def test_every_service_refuses_a_published_assessment_with_the_way_to_a_correction(published: Year) -> None:
    session, line = published.session, published.line("A-1")
    gathered = gather_again(published.reference)
    attempts: list[Attempt] = [
        lambda: reporting.report(session, published.actor("clerk"), published.line("A-1"), {}, "", line.version),
        lambda: reviewing.decide(
            session, published.actor("assessor"), published.line("A-1"), "kept", REASON, line.version
        ),
        lambda: reviewing.propose(
            session, published.actor("assessor"), published.line("A-1"), {"points": "6"}, REASON, line.version
        ),
        lambda: appealing.appeal(session, published.actor("clerk"), published.line("A-2"), REASON, line.version),
        lambda: opening.compute(session, published.actor("assessor"), published.assessment, gathered),
    ]
    for attempt in attempts:
        with pytest.raises(Conflict, match="更正"), transaction():
            attempt()
    with pytest.raises(DomainError), transaction():
        steps.take_step(session, published.actor("assessor"), published.assessment, "return", REASON)


def test_the_pages_change_nothing_either(published: Year, client: FlaskClient) -> None:
    before, version = points(published.line("A-1")), published.line("A-1").version
    base = f"/assessments/course/{published.reference}/{WUSU}/A-1"
    for who, address, data in (
        ("assessor", f"{base}/change", {"points": "6", "reason": REASON}),
        ("clerk", f"{base}/report", {"figure0": "14", "figure1": "14", "score": "100", "published": "false"}),
        ("clerk", f"{base}/appeals", {"reason": REASON}),
    ):
        sign_in(client, published.users[who])
        answer = client.post(address, data={"version": version, **data})
        assert answer.status_code == 409
        assert "更正" in answer.get_data(as_text=True)
    assert points(published.line("A-1")) == before


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("score_snapshot", "score = 77000000", "考核表与发布时不一致"),
        ("assessment_line", "points = 7000000", "考核表与发布时不一致"),
        ("assessment_county", "grade = 'excellent'", "考核表与发布时不一致"),
        ("assessment_county", "locked = false", "没有锁定"),
        ("score_snapshot", "digest = 'x'", "摘要与审计记录不一致"),
    ],
)
def test_a_sheet_altered_behind_the_triggers_is_named(published: Year, table: str, change: str, said: str) -> None:
    dialect = published.session.get_bind().dialect.name
    county = published.sheet().county_id
    where = (
        f"sheet_id = (SELECT id FROM assessment_county WHERE county_id = {county})"
        if table == "assessment_line"
        else f"county_id = {county}"
    )
    run(
        *removals(dialect, table),
        f"UPDATE {table} SET {change} WHERE {where}",
        *statements(dialect, table),
    )
    found = verifying.verify(published.session)
    assert any(said in sentence and "乌苏市（654202）" in sentence for sentence in found)
    assert not any("沙湾" in sentence for sentence in found)


@pytest.mark.usefixtures("published")
def test_the_command_names_a_tampered_sheet_and_exits_1(app: Flask, session: Session) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["assessments", "verify"]).exit_code == 0
    dialect = session.get_bind().dialect.name
    run(*removals(dialect, "score_snapshot"), "UPDATE score_snapshot SET grade = 'excellent'")
    result = runner.invoke(args=["assessments", "verify"])
    assert result.exit_code == 1
    assert "KP-6542-2026-01 乌苏市（654202）" in result.output
