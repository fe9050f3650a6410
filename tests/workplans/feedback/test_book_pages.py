import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from tests.workplans.feedback.books import filled, headings
from tests.workplans.feedback.desks import Desk
from tests.workplans.feedback.factories import SUMMARY

pytestmark = pytest.mark.usefixtures("clock")
FIRST = {"已完成数": 3, "总数": 5, "完成情况": SUMMARY}


@pytest.fixture
def desk(client: FlaskClient, session: Session) -> Desk:
    return Desk(client, session)


def fetched(desk: Desk, folder: Path, query: str = "") -> Path:
    path = folder / "报送表.xlsx"
    path.write_bytes(desk.file(f"/workplans/{desk.plan}/workbook.xlsx{query}"))
    return path


def sent(desk: Desk, path: Path, status: int = 302) -> str:
    return desk.send(f"/workplans/{desk.plan}/workbook", {"file": (io.BytesIO(path.read_bytes()), path.name)}, status)


def test_a_book_goes_out_comes_back_and_is_reported(desk: Desk, tmp_path: Path) -> None:
    desk.sit("clerk")
    assert "下载报送表" in desk.page(f"/workplans/{desk.plan}/workbook")
    made = sent(desk, filled(fetched(desk, tmp_path), FIRST))
    assert SUMMARY in desk.page(made)
    assert desk.due(desk.refs[0]).state == "due"
    desk.send(f"{made}/apply", {"version": 1})
    assert desk.due(desk.refs[0]).figures == {"done": "3", "whole": "5"}
    for group in ("new", "changed", "unchanged", "refused", "foreign", "ignored"):
        assert desk.page(f"{made}?group={group}")
    desk.send(f"{made}/undo", {"version": 2, "reason": ""}, 422)
    desk.send(f"{made}/undo", {"version": 2, "reason": "传错了"})
    assert desk.due(desk.refs[0]).state == "due"


def test_the_same_book_twice_is_told_so(desk: Desk, tmp_path: Path) -> None:
    desk.sit("clerk")
    path = filled(fetched(desk, tmp_path), FIRST)
    made = sent(desk, path)
    desk.send(f"{made}/apply", {"version": 1})
    assert "已经报送过" in sent(desk, path, 422)


def test_wrong_rows_are_named_with_row_and_column(desk: Desk, tmp_path: Path) -> None:
    desk.sit("clerk")
    made = sent(desk, filled(fetched(desk, tmp_path), {"已完成数": "若干", "完成情况": SUMMARY}, FIRST))
    shown = desk.page(made)
    assert "若干" in shown
    assert "已完成数" in shown
    desk.send(f"{made}/apply", {"version": 1}, 409)
    desk.send(f"{made}/check", {"version": 1})
    desk.send(f"{made}/apply", {"version": 2, "good_rows_only": "y"})
    assert [desk.due(reference).state for reference in desk.refs] == ["due", "reported"]


def test_a_book_can_be_put_aside(desk: Desk, tmp_path: Path) -> None:
    desk.sit("clerk")
    made = sent(desk, filled(fetched(desk, tmp_path), FIRST))
    desk.send(f"{made}/discard", {"version": 1})
    assert "已放弃" in desk.page(made)
    assert desk.due(desk.refs[0]).state == "due"


def test_a_file_that_is_no_such_table_is_refused_with_a_sentence(desk: Desk) -> None:
    desk.sit("clerk")
    nothing = {"file": (io.BytesIO("姓名,电话\n甲,1\n".encode()), "名单.csv")}
    assert "没有找到报送表的表头" in desk.send(f"/workplans/{desk.plan}/workbook", nothing, 422)
    desk.send(f"/workplans/{desk.plan}/workbook", {}, 422)


def test_the_officer_fetches_the_book_of_any_unit_and_all_together(desk: Desk, tmp_path: Path) -> None:
    desk.sit("officer")
    shown = desk.page(f"/workplans/{desk.plan}/workbook")
    assert all(name in shown for name in ("乌苏市", "额敏县", "地区教育局"))
    key = f"{desk.scene.department.region_id}-{desk.scene.unit.id}"
    assert headings(fetched(desk, tmp_path, f"?owner={key}"))["角色"] == ["牵头"]
    archive = ZipFile(io.BytesIO(desk.file(f"/workplans/{desk.plan}/workbooks.zip")))
    assert len(archive.namelist()) == 3
    assert headings(path_of(archive, tmp_path))["角色"]


def path_of(archive: ZipFile, folder: Path) -> Path:
    return Path(archive.extract(archive.namelist()[0], folder))


def test_nobody_fetches_the_book_of_another_unit(desk: Desk) -> None:
    emin = f"{desk.scene.emin.region_id}-0"
    for name in ("clerk", "member"):
        desk.sit(name)
        desk.page(f"/workplans/{desk.plan}/workbook.xlsx?owner={emin}", 404)
        desk.page(f"/workplans/{desk.plan}/workbooks.zip", 403)


def test_a_return_is_not_found_by_another_unit(desk: Desk, tmp_path: Path) -> None:
    desk.sit("clerk")
    made = sent(desk, filled(fetched(desk, tmp_path), FIRST))
    for name, status in (("head", 200), ("officer", 200), ("neighbour", 404), ("member", 404)):
        desk.sit(name)
        desk.page(made, status)
    desk.send(f"{made}/apply", {"version": 1}, 404)


def test_a_clerk_without_a_unit_is_told_whom_to_ask(desk: Desk, session: Session) -> None:
    with transaction():
        session.get_one(User, desk.people["member"]).unit_id = None
    desk.sit("member")
    assert "请联系安全管理员" in desk.page(f"/workplans/{desk.plan}/workbook")
    desk.page(f"/workplans/{desk.plan}/workbook.xlsx", 403)
