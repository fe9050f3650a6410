import json
from datetime import datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.accounts.sessions import actor_of
from inspect_app.assessments import queries, service
from inspect_app.assessments.definition import Grade
from inspect_app.assessments.evaluation import evaluate
from inspect_app.assessments.models import ScoreSnapshot
from inspect_app.assessments.period import period_of
from inspect_app.assessments.scoring import Fact
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.core.errors import Forbidden, Invalid, NotFound
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from tests.accounts.factories import make_user
from tests.reporting.stock import TODAY, fill

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def counties(session: Session, clock: datetime) -> dict[str, Region]:
    assert clock.date() == TODAY
    with transaction():
        return fill(session)


def test_facts_are_gathered_for_all_counties_at_once(session: Session, counties: dict[str, Region]) -> None:
    scheme, period = queries.scheme_of("DEFAULT"), period_of("2026", TODAY)
    evaluation = evaluate(session, scheme, period, list(counties.values()))
    wusu, shawan, yumin = evaluation.counties
    assert wusu.facts["closed_on_time"] == Fact(4, 14, as_of=TODAY)
    assert wusu.facts["major_cleared"] == Fact(1, 2, as_of=TODAY)
    assert wusu.facts["coverage"] == Fact(0, 22, as_of=TODAY)
    assert shawan.facts["closed_on_time"] == Fact(2, 2, as_of=TODAY)
    assert shawan.facts["rebounds"] == Fact(0, 2, as_of=TODAY)
    assert yumin.facts["closed_on_time"] == Fact(0, 0, as_of=TODAY)
    assert (shawan.rank, shawan.score.grade) == (1, Grade.FAILED)


def test_a_county_without_anything_due_is_not_given_those_points(session: Session, counties: dict[str, Region]) -> None:
    scheme, period = queries.scheme_of("DEFAULT"), period_of("2026", TODAY)
    (yumin,) = evaluate(session, scheme, period, [counties["yumin"]]).counties
    points = {line.indicator.code: line.points for line in yumin.score.lines}
    assert points["M2-04"] is points["M2-05"] is points["M2-06"] is points["M2-03"] is None
    assert points["M2-01"] == points["M2-02"] == 0


def test_a_run_keeps_a_snapshot_of_every_county_with_its_lines(session: Session, counties: dict[str, Region]) -> None:
    prefecture = by_code(session, "6542")
    with transaction():
        kept = service.run(session, SYSTEM, "DEFAULT", "2026", prefecture.id)
    assert len(kept) == 7
    latest = queries.latest(session, "DEFAULT", "2026", [county.id for county in counties.values()])
    shawan = latest[counties["shawan"].id]
    assert shawan.score == sum(Decimal(str(line["points"])) for line in shawan.lines if line["points"] is not None)
    assert shawan.facts["rebounds"] == {"numerator": 0, "denominator": 2}
    assert shawan.scheme_hash == queries.scheme_of("DEFAULT").content_hash
    assert session.scalar(select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(1)) == "assessment.run"


def test_the_newest_snapshot_supersedes(session: Session, counties: dict[str, Region]) -> None:
    with transaction():
        service.run(session, SYSTEM, "DEFAULT", "2026", counties["wusu"].id)
        second = service.run(session, SYSTEM, "DEFAULT", "2026", counties["wusu"].id)
    assert queries.latest(session, "DEFAULT", "2026", [counties["wusu"].id])[counties["wusu"].id].id == second[0].id
    assert len(queries.history(session, "DEFAULT", "2026", counties["wusu"].id)) == 2


def test_only_those_who_may_run_run(session: Session, counties: dict[str, Region]) -> None:
    with transaction():
        clerk = actor_of(make_user(session, Role.COUNTY_CLERK, counties["wusu"]))
        assessor = actor_of(make_user(session, Role.ASSESSOR, counties["wusu"]))
    with pytest.raises(Forbidden):
        service.run(session, clerk, "DEFAULT", "2026", None)
    with pytest.raises(NotFound):
        service.run(session, assessor, "DEFAULT", "2026", counties["shawan"].id)


def test_scope_is_what_a_person_sees(session: Session, counties: dict[str, Region]) -> None:
    with transaction():
        head = actor_of(make_user(session, Role.COUNTY_HEAD, counties["wusu"]))
        auditor = actor_of(make_user(session, Role.AUDITOR))
    assert queries.counties_in_scope(session, head) == [counties["wusu"]]
    assert queries.counties_in_scope(session, auditor) == []
    with pytest.raises(NotFound):
        queries.county_in_scope(session, head, "654203")
    with pytest.raises(NotFound):
        queries.county_in_scope(session, head, "no-such-code")


@pytest.mark.parametrize("text", ["", "26", "2026-06", "1999", "2027", "abcd"])
def test_a_period_is_a_year_that_has_begun(text: str) -> None:
    with pytest.raises(Invalid):
        period_of(text, TODAY)


def test_a_past_year_counts_to_its_end() -> None:
    assert (period_of("2025", TODAY).end.isoformat(), period_of("2026", TODAY).end) == ("2025-12-31", TODAY)


def test_the_command_prints_what_scripts_read_and_stores_nothing(
    app: Flask, session: Session, counties: dict[str, Region]
) -> None:
    assert counties
    order = ["assessments", "run", "--scheme", "DEFAULT", "--period", "2026", "--region", "6542", "--json"]
    result = app.test_cli_runner().invoke(args=order)
    assert result.exit_code == 0, result.output
    document = json.loads(result.output)
    assert (document["scheme"], document["version"], document["period"]) == ("DEFAULT", 4, "2026")
    assert [county["code"] for county in document["counties"]] == sorted(c["code"] for c in document["counties"])
    wusu = next(county for county in document["counties"] if county["code"] == "654202")
    line = next(line for line in wusu["lines"] if line["indicator"] == "M2-04")
    assert set(line) == {"indicator", "numerator", "denominator", "points", "full", "why"}
    assert (line["numerator"], line["denominator"]) == (4, 14)
    assert round(sum(each["points"] for each in wusu["lines"] if each["points"] is not None), 6) == wusu["score"]
    assert session.scalar(select(func.count()).select_from(ScoreSnapshot)) == 0


def test_the_command_stores_when_asked(app: Flask, session: Session, counties: dict[str, Region]) -> None:
    assert counties
    order = ["assessments", "run", "--scheme", "DEFAULT", "--period", "2026", "--region", "654202", "--store"]
    result = app.test_cli_runner().invoke(args=order)
    assert result.exit_code == 0, result.output
    assert "乌苏市" in result.output
    assert session.scalar(select(func.count()).select_from(ScoreSnapshot)) == 1


@pytest.mark.parametrize(
    ("scheme", "period", "region", "said"),
    [
        ("NONE", "2026", "6542", "没有编号为“NONE”的考核方案"),
        ("DEFAULT", "next", "6542", "四位年份"),
        ("DEFAULT", "2026", "999999", "没有代码为“999999”的区划"),
    ],
)
def test_bad_arguments_end_in_a_sentence(app: Flask, scheme: str, period: str, region: str, said: str) -> None:
    order = ["assessments", "run", "--scheme", scheme, "--period", period, "--region", region]
    result = app.test_cli_runner().invoke(args=order)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output
