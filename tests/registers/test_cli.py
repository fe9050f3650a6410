"""Registers from the command line."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.registers.loading import fact_names
from tests.accounts.factories import make_user
from tests.registers.factories import add_shelter, county, plain_file, township

pytestmark = pytest.mark.usefixtures("clock")


def run(app: Flask, *args: object) -> Result:
    return app.test_cli_runner().invoke(args=["registers", *map(str, args)])


def test_every_fact_of_every_register_answers_for_a_county(app: Flask, session: Session) -> None:
    with transaction():
        add_shelter(session, as_of=date(2026, 6, 1))
    told = json.loads(run(app, "facts", "--region", "654202", "--json").stdout)
    (answer,) = told["counties"]
    assert (told["on"], answer["name"]) == ("2026-06-15", "乌苏市")
    assert answer["facts"].keys() == fact_names().keys()
    updated = answer["facts"]["shelters.updated"]
    assert (updated["value"], updated["numerator"], updated["denominator"], updated["known"]) == (1, 1, 1, True)
    drills = answer["facts"]["drills.count"]
    assert (drills["value"], drills["known"]) == (None, False)
    before = json.loads(run(app, "facts", "--region", "654202", "--json", "--on", "2026-05-31").stdout)
    assert before["counties"][0]["facts"]["shelters.count"]["value"] is None


def test_a_region_above_counties_lists_them_all(app: Flask) -> None:
    told = json.loads(run(app, "facts", "--region", "6542", "--json", "--register", "plans").stdout)
    assert len(told["counties"]) == 7
    assert "NA" in run(app, "facts", "--region", "654202").stdout


def test_the_definitions_are_checked(app: Flask) -> None:
    told = json.loads(run(app, "check", "--json").stdout)
    assert (len(told["registers"]), told["problems"]) == (15, [])
    assert "没有问题。" in run(app, "check").stdout


def test_a_template_is_written_and_imported(app: Flask, session: Session, tmp_path: Path) -> None:
    with transaction():
        login = make_user(session, Role.COUNTY_CLERK, county(session)).login
    place = township(session).name
    session.rollback()
    path = tmp_path / "模板.xlsx"
    assert run(app, "template", "shelters", path, "--region", "654202").exit_code == 0
    assert path.stat().st_size > 0
    file = plain_file(tmp_path / "场所.xlsx", ["场所名称", "乡镇", "可容纳人数"], ["湖滨公园", place, 80])
    args = ("import", "shelters", file, "--region", "654202", "--as", login, "--json")
    told = json.loads(run(app, *args, "--apply").stdout)
    assert (told["create"], told["refused"]) == (1, 0)
    again = run(app, *args)
    assert again.exit_code == 2
    assert "已经导入过" in again.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("facts", "--region", "999999"), ("facts", "--region", "654202", "--register", "unicorns"),
        ("template", "unicorns", "x.xlsx", "--region", "654202"),
        ("import", "shelters", "no.xlsx", "--region", "654202", "--as", "nobody"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_one_sentence(app: Flask, args: tuple[str, ...]) -> None:
    answer = run(app, *args)
    assert answer.exit_code == 2
    assert answer.stderr
    assert "Traceback" not in answer.stderr
