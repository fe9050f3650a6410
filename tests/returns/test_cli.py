import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.hazards.models import Hazard
from inspect_app.regions.queries import by_code
from tests.accounts.factories import make_user
from tests.returns.ledgers import ledger_row, write_ledger

pytestmark = pytest.mark.usefixtures("clock")
GOOD = [ledger_row(number) for number in range(1, 6)]
BAD = ledger_row(6, 发现日期="2026-02-30")
WHERE = ("--region", "654202", "--report-date", "2026-06-15")


@pytest.fixture
def login(session: Session) -> str:
    with transaction():
        return make_user(session, Role.COUNTY_CLERK, by_code(session, "654202")).login


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["returns", *map(str, arguments)])


def answer(app: Flask, *arguments: object) -> Any:  # noqa: ANN401 - JSON
    result = run(app, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def number_of_hazards(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Hazard)) or 0


def test_reading_tells_every_row_and_changes_nothing(app: Flask, session: Session, tmp_path: Path) -> None:
    told = answer(app, "read", write_ledger(tmp_path / "a.xlsx", [*GOOD, BAD]), *WHERE)
    assert (told["outcome"], len(told["rows"]), len(told["rejected"])) == ("import", 5, 1)
    assert told["rejected"][0]["code"] == "E_DATE_INVALID"
    assert number_of_hazards(session) == 0


def test_an_unusable_file_is_an_answer(app: Flask, tmp_path: Path) -> None:
    empty = tmp_path / "a.xlsx"
    empty.touch()
    told = answer(app, "read", empty, *WHERE)
    assert (told["outcome"], told["code"], told["rows"]) == ("refuse", "E_EMPTY", [])


def test_applying_answers_with_the_batch_and_its_counts(
    app: Flask, session: Session, login: str, tmp_path: Path
) -> None:
    told = answer(app, "apply", write_ledger(tmp_path / "a.xlsx", GOOD), *WHERE, "--as", login)
    assert told == {
        "batch": "BB-654202-20260615-01",
        "created": 5,
        "updated": 0,
        "conflicts": 0,
        "unchanged": 0,
        "refused": 0,
        "duplicates": 0,
        "ignored": 3,
    }
    assert number_of_hazards(session) == 5


@pytest.mark.parametrize("again", [{"title": "乌苏市地震风险隐患台账"}, {"sheet": "Sheet1"}])
def test_the_same_file_twice_changes_nothing(
    app: Flask, session: Session, login: str, tmp_path: Path, again: dict[str, str]
) -> None:
    first = answer(app, "apply", write_ledger(tmp_path / "a.xlsx", GOOD), *WHERE, "--as", login)
    told = answer(app, "apply", write_ledger(tmp_path / "b.xlsx", GOOD, **again), *WHERE, "--as", login)
    assert (told["batch"], told["created"], told["unchanged"]) == (first["batch"], 0, 5)
    assert number_of_hazards(session) == 5


def test_refused_rows_stop_the_import_until_the_flag_says_otherwise(
    app: Flask, session: Session, login: str, tmp_path: Path
) -> None:
    file = write_ledger(tmp_path / "a.xlsx", [*GOOD, BAD])
    assert run(app, "apply", file, *WHERE, "--as", login).exit_code == 2
    assert number_of_hazards(session) == 0
    told = answer(app, "apply", file, *WHERE, "--as", login, "--accept-good-rows")
    assert (told["created"], told["refused"]) == (5, 1)


def test_a_clerk_of_another_county_is_refused(app: Flask, session: Session, login: str, tmp_path: Path) -> None:
    file = write_ledger(tmp_path / "a.xlsx", GOOD)
    result = run(app, "apply", file, "--region", "654221", "--report-date", "2026-06-15", "--as", login)
    assert (result.exit_code, number_of_hazards(session)) == (2, 0)
    assert "填报范围" in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["read"], "台账文件"),
        (["read", "none.xlsx", *WHERE], "none.xlsx"),
        (["read", __file__], "--region"),
        (["read", __file__, "--region", "999999"], "999999"),
        (["read", __file__, "--region", "6542"], "县级"),
        (["read", __file__, "--region", "654202"], "--report-date"),
        (["read", __file__, "--region", "654202", "--report-date", "30 June"], "30 June"),
        (["apply", __file__, *WHERE], "--as"),
        (["apply", __file__, *WHERE, "--as", "nobody"], "nobody"),
        (["apply-all"], "文件夹"),
        (["apply-all", str(Path(__file__).parent)], "区划代码开头"),
    ],
)
def test_bad_arguments_end_in_one_sentence(app: Flask, arguments: list[str], told: str) -> None:
    result = run(app, *arguments)
    assert result.exit_code == 2
    assert told in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_without_json_people_read_a_line(app: Flask, login: str, tmp_path: Path) -> None:
    file = write_ledger(tmp_path / "a.xlsx", GOOD)
    assert run(app, "read", file, *WHERE).output == "合格 5；不合格 0；重复 0；略过 3\n"
    assert run(app, "apply", file, *WHERE, "--as", login).output.startswith("批次 BB-654202-20260615-01；新增 5；")


@pytest.fixture
def officer(session: Session) -> str:
    with transaction():
        return make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6542")).login


DAY = ("--report-date", "2026-06-15")


def test_of_a_folder_every_county_file_is_imported_on_its_own(
    app: Flask, session: Session, officer: str, tmp_path: Path
) -> None:
    write_ledger(tmp_path / "654202 乌苏市.xlsx", GOOD)
    write_ledger(tmp_path / "654221 额敏县.xlsx", [BAD], title="额敏县地震风险隐患台账")
    (tmp_path / "readme.txt").touch()
    result = run(app, "apply-all", tmp_path, *DAY, "--as", officer)
    wusu, emin, last = result.output.strip().splitlines()
    assert wusu.startswith("654202 乌苏市.xlsx：批次 BB-654202-20260615-01；新增 5；")
    assert emin.startswith("654221 额敏县.xlsx：")
    assert last.startswith("1 个文件没有导入")
    assert (result.exit_code, number_of_hazards(session)) == (2, 5)


def test_a_folder_with_a_file_of_no_county_is_refused_before_anything_is_imported(
    app: Flask, session: Session, officer: str, tmp_path: Path
) -> None:
    write_ledger(tmp_path / "654202 乌苏市.xlsx", GOOD)
    (tmp_path / "999999.xlsx").touch()
    result = run(app, "apply-all", tmp_path, *DAY, "--as", officer)
    assert (result.exit_code, number_of_hazards(session)) == (2, 0)
    assert "999999" in result.output
