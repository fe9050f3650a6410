"""The command reads a notice, and names units as the register does where that is certain."""

import json
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code
from inspect_app.regions.units import ensure_unit
from tests.workplans.notices.scoring_notices import FIXTURES

NOTICE = str(FIXTURES / "tacheng-2024.txt")


def run(app: Flask, *args: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["workplans", "read", *args])
    return answer.exit_code, answer.output


def told(app: Flask, *args: str) -> dict[str, Any]:
    code, output = run(app, *args, "--json")
    assert code == 0, output
    answer: dict[str, Any] = json.loads(output)
    return answer


def test_nineteen_tasks_of_tacheng_are_told_with_their_place(app: Flask) -> None:
    answer = told(app, NOTICE)
    assert (len(answer["tasks"]), answer["region"]) == (19, "6542")


def test_only_what_the_register_knows_is_resolved(app: Flask, session: Session) -> None:
    with transaction():
        ensure_unit(session, by_code(session, "6542").id, "塔城地区应急管理局")
    units = {unit["text"]: unit for unit in told(app, NOTICE)["tasks"][0]["units"]}
    assert (units["地区应急管理局"]["resolved"], units["地区应急管理局"]["unit"]) == (True, "塔城地区应急管理局")
    assert (units["地区地震局"]["resolved"], units["地区地震局"]["unit"]) == (False, None)
    assert units["各县（市）人民政府"]["group"]


def test_people_read_a_summary(app: Flask) -> None:
    code, output = run(app, NOTICE)
    assert code == 0
    assert "共 19 项任务。" in output
    assert "牵头：地区地震局" in output


def test_a_file_that_is_not_there_is_a_sentence(app: Flask) -> None:
    code, output = run(app, "没有.txt")
    assert code == 2
    assert "没有.txt" in output
