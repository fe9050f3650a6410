"""flask checklists export and import."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.checklists import queries
from inspect_app.core.database import transaction
from tests.accounts.factories import make_user
from tests.checklists.workbook.school_form import write_form
from tests.checklists.workbook.sixty import MISTAKES, NAMED, as_file, sixty
from tests.sites.factories import region


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    with transaction():
        make_user(session, Role.COUNTY_HEAD, region(session), login="head")
    (tmp_path / "good.xlsx").write_bytes(as_file(sixty(), queries.register(), {}))
    (tmp_path / "bad.xlsx").write_bytes(as_file(sixty(), queries.register(), MISTAKES))
    return tmp_path


def run(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["checklists", *map(str, arguments)])


def told(result: Result) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(result.output)
    return answer


def test_a_list_with_mistakes_ends_in_exit_1_with_every_cell(app: Flask, folder: Path) -> None:
    result = run(app, "import", folder / "bad.xlsx", "--json")
    answer = told(result)
    assert result.exit_code == 1
    assert not answer["imported"]
    assert {each["place"] for each in answer["problems"]} == NAMED.keys()
    assert "共 10 处错误，什么都没有导入" in run(app, "import", folder / "bad.xlsx").output


def test_a_whole_list_becomes_a_draft_of_the_person_named(app: Flask, session: Session, folder: Path) -> None:
    checked = told(run(app, "import", folder / "good.xlsx", "--check", "--json"))
    assert (checked["imported"], checked["items"], checked["problems"]) == (False, 60, [])
    result = run(app, "import", folder / "good.xlsx", "--code", "WS-60", "--as", "head", "--json")
    answer = told(result)
    assert (result.exit_code, answer["code"], answer["number"], answer["way"]) == (0, "WS-60", 1, "new")
    session.rollback()
    assert queries.version_of(session, "WS-60").owner == region(session)


def test_a_list_goes_out_and_comes_back_unchanged(app: Flask, folder: Path) -> None:
    assert run(app, "export", "C03", folder / "out.xlsx").exit_code == 0
    assert told(run(app, "import", folder / "out.xlsx", "--check", "--json"))["items"] == 16


def test_a_form_tells_what_it_could_not_carry(app: Flask, folder: Path) -> None:
    answer = told(run(app, "import", write_form(folder / "form.xlsx"), "--check", "--json"))
    assert answer["form"] == "xlsform"
    assert any(each.startswith("survey!2 start") for each in answer["not_carried"])
    assert "没有带过来" in run(app, "import", folder / "form.xlsx").output


def test_a_file_that_is_not_there_is_told_in_a_sentence(app: Flask, folder: Path) -> None:
    result = run(app, "import", folder / "none.xlsx")
    assert result.exit_code == 2
    assert "没有找到文件" in result.output
