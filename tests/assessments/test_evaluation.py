"""Counties scored together: the quota of excellent ones is that of the prefecture, whoever asks for whom."""

import json
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from inspect_app.assessments import evaluation
from inspect_app.assessments.definition import Grade, Scheme
from inspect_app.assessments.evaluation import evaluate
from inspect_app.assessments.period import Period
from inspect_app.assessments.scoring import Fact
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, counties_of
from tests.assessments.sheets import line, module_of, scheme_of

pytestmark = pytest.mark.usefixtures("clock")
YEAR = Period("2026", date(2026, 1, 1), date(2026, 6, 15))
PERCENT = {"654201": 95, "654202": 96, "654203": 91, "654221": 80, "654224": 93}


@pytest.fixture
def quota(session: Session, monkeypatch: pytest.MonkeyPatch) -> Scheme:
    """A scheme of one rate with a quota of 30 %, whose figures are PERCENT, in a prefecture of seven counties."""

    def gather(asked: Session, _names: Iterable[str], keys: Collection[int], _period: Period) -> dict[int, object]:
        codes = {key: asked.get_one(Region, key).code for key in keys}
        return {key: {"A": Fact(PERCENT.get(code, 50), 100)} for key, code in codes.items()}

    assert len(counties_of(session, by_code(session, "6542").id)) == 7
    monkeypatch.setattr(evaluation, "gather", gather)
    scheme = scheme_of(module_of("M", line("A", 100)))
    return Scheme(scheme.code, 1, "X", scheme.weights, scheme.grades, scheme.modules, excellent_quota=Decimal("0.3"))


def test_two_of_seven_are_excellent_and_the_others_are_told_why(session: Session, quota: Scheme) -> None:
    counties = counties_of(session, by_code(session, "6542").id)
    grades = {each.county.code: each.score.grade for each in evaluate(session, quota, YEAR, counties).counties}
    assert [code for code, grade in grades.items() if grade is Grade.EXCELLENT] == ["654201", "654202"]
    assert grades["654203"] is grades["654224"] is grades["654221"] is Grade.GOOD


@pytest.mark.parametrize(("code", "grade"), [("654201", Grade.EXCELLENT), ("654203", Grade.GOOD)])
def test_a_county_alone_is_told_the_same_grade(session: Session, quota: Scheme, code: str, grade: Grade) -> None:
    (alone,) = evaluate(session, quota, YEAR, [by_code(session, code)]).counties
    assert alone.score.grade is grade
    assert alone.rank == 1


def test_the_joint_score_is_that_of_the_counties_asked_for(session: Session, quota: Scheme) -> None:
    found = evaluate(session, quota, YEAR, [by_code(session, "654201"), by_code(session, "654221")])
    assert found.together.share == Decimal("0.875")


def test_the_table_of_townships_is_run_on_townships(app: Flask) -> None:
    order = ["assessments", "run", "--scheme", "TOWNSHIP", "--period", "2026", "--region", "654202", "--json"]
    result = app.test_cli_runner().invoke(args=order)
    assert result.exit_code == 0, result.output
    codes = [each["code"] for each in json.loads(result.output)["counties"]]
    assert len(codes) == 22
    assert all(code.startswith("654202") and len(code) == 9 for code in codes)
