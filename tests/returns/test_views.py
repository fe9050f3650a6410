import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.hazards.models import Hazard
from inspect_app.regions.queries import by_code
from inspect_app.returns.models import ReturnBatch
from tests.accounts.factories import make_user, sign_in
from tests.returns.ledgers import ledger_row, write_ledger

pytestmark = pytest.mark.usefixtures("clock")
GOOD = [ledger_row(number) for number in range(1, 6)]
BAD = ledger_row(6, 发现日期="2026-02-30")
REFERENCE = "BB-654202-20260615-01"


def enter(session: Session, client: FlaskClient, role: Role = Role.COUNTY_CLERK, code: str = "654202") -> None:
    with transaction():
        user = make_user(session, role, by_code(session, code))
    sign_in(client, user)


@pytest.fixture
def clerk(session: Session, client: FlaskClient) -> FlaskClient:
    enter(session, client)
    return client


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "台账.xlsx", GOOD)


def upload(client: FlaskClient, session: Session, content: bytes, name: str = "台账.xlsx", **over: str) -> TestResponse:
    county = str(by_code(session, "654202").id)
    session.rollback()
    data = {"county": county, "report_on": "2026-06-15", **over, "file": (BytesIO(content), name)}
    return client.post("/returns/new", data=data)


def press(client: FlaskClient, session: Session, action: str, **over: str) -> TestResponse:
    version = session.scalar(select(ReturnBatch.version))
    session.rollback()
    return client.post(f"/returns/{REFERENCE}/{action}", data={"version": str(version), **over})


def number_of_hazards(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Hazard)) or 0


def test_a_file_is_uploaded_looked_at_and_imported(clerk: FlaskClient, session: Session, file: Path) -> None:
    sent = upload(clerk, session, file.read_bytes())
    assert sent.location == f"/returns/{REFERENCE}"
    page = clerk.get(sent.location).get_data(as_text=True)
    assert "全部导入" in page
    assert "文件共 8 行" in page
    assert number_of_hazards(session) == 0
    assert press(clerk, session, "apply").status_code == 302
    assert number_of_hazards(session) == 5
    page = clerk.get(sent.location).get_data(as_text=True)
    assert "全部导入" not in page
    assert "YH-654202-2026-QT-0005" in page


def test_refused_rows_are_shown_with_their_cell_and_the_good_ones_are_a_choice(
    clerk: FlaskClient, session: Session, tmp_path: Path
) -> None:
    file = write_ledger(tmp_path / "mixed.xlsx", [*GOOD, BAD])
    page = clerk.get(upload(clerk, session, file.read_bytes()).location).get_data(as_text=True)
    assert "2026-02-30" in page
    assert "发现日期" in page
    assert "只导入合格的 5 行" in page
    assert "全部导入" not in page
    refused = press(clerk, session, "apply")
    assert refused.status_code == 409
    assert number_of_hazards(session) == 0
    assert press(clerk, session, "apply", accept_good_rows="y").status_code == 302
    assert number_of_hazards(session) == 5


def test_updates_are_shown_cell_by_cell(clerk: FlaskClient, session: Session, file: Path, tmp_path: Path) -> None:
    upload(clerk, session, file.read_bytes(), report_on="2026-06-10")
    clerk.post("/returns/BB-654202-20260610-01/apply", data={"version": "3"})
    changed = write_ledger(tmp_path / "changed.xlsx", [ledger_row(1, 整改责任人="钱进"), *GOOD[1:]])
    page = clerk.get(upload(clerk, session, changed.read_bytes()).location).get_data(as_text=True)
    assert "<del>赵强</del>" in page
    assert "<ins>钱进</ins>" in page


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "空"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "不是"),
        (b"PK\x03\x04" + b"\x00" * 64, "损坏"),
        ("姓名,电话\n张三,1\n".encode(), "表头"),
    ],
    ids=["empty", "picture", "broken", "no ledger"],
)
def test_an_unusable_file_is_a_sentence_on_the_page_and_leaves_nothing(
    clerk: FlaskClient, session: Session, content: bytes, told: str
) -> None:
    answer = upload(clerk, session, content)
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert session.scalar(select(func.count()).select_from(ReturnBatch)) == 0


def test_a_form_without_file_says_so(clerk: FlaskClient, session: Session) -> None:
    answer = clerk.post("/returns/new", data={"report_on": "2026-06-15"})
    assert answer.status_code == 422
    assert "请选择要上传的台账文件" in answer.get_data(as_text=True)
    assert session.scalar(select(func.count()).select_from(ReturnBatch)) == 0


def test_the_same_file_again_is_led_to_the_earlier_return(clerk: FlaskClient, session: Session, file: Path) -> None:
    upload(clerk, session, file.read_bytes())
    press(clerk, session, "apply")
    answer = upload(clerk, session, file.read_bytes())
    assert answer.status_code == 422
    assert f'href="/returns/{REFERENCE}"' in answer.get_data(as_text=True)
    assert number_of_hazards(session) == 5


def test_a_double_click_imports_once(clerk: FlaskClient, session: Session, file: Path) -> None:
    upload(clerk, session, file.read_bytes())
    first = clerk.post(f"/returns/{REFERENCE}/apply", data={"version": "3"})
    second = clerk.post(f"/returns/{REFERENCE}/apply", data={"version": "3"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert number_of_hazards(session) == 5


def test_a_step_without_the_version_of_its_page_is_refused(clerk: FlaskClient, session: Session, file: Path) -> None:
    upload(clerk, session, file.read_bytes())
    assert clerk.post(f"/returns/{REFERENCE}/apply").status_code == 409
    assert number_of_hazards(session) == 0


def test_a_county_may_not_be_named_that_is_not_ones_own(clerk: FlaskClient, session: Session, file: Path) -> None:
    other = str(by_code(session, "654221").id)
    answer = upload(clerk, session, file.read_bytes(), county=other)
    assert answer.status_code == 422
    assert session.scalar(select(func.count()).select_from(ReturnBatch)) == 0


@pytest.mark.parametrize("path", ["", "/plan.json", "/plan.csv"])
def test_another_countys_return_does_not_exist(
    clerk: FlaskClient, session: Session, client: FlaskClient, file: Path, path: str
) -> None:
    upload(clerk, session, file.read_bytes())
    assert clerk.get(f"/returns/{REFERENCE}{path}").status_code == 200
    clerk.post("/sign-out")
    enter(session, client, code="654221")
    assert client.get(f"/returns/{REFERENCE}{path}").status_code == 404
    assert REFERENCE not in client.get("/returns").get_data(as_text=True)
    for action in ("apply", "check", "discard"):
        assert client.post(f"/returns/{REFERENCE}/{action}", data={"version": "3"}).status_code == 404


def test_a_leader_looks_but_presses_nothing(
    clerk: FlaskClient, session: Session, client: FlaskClient, file: Path
) -> None:
    upload(clerk, session, file.read_bytes())
    clerk.post("/sign-out")
    enter(session, client, Role.PREFECTURE_LEADER, "6542")
    page = client.get(f"/returns/{REFERENCE}").get_data(as_text=True)
    assert REFERENCE in client.get("/returns?region=654202&state=validated").get_data(as_text=True)
    assert "台账.xlsx" in page
    assert "全部导入" not in page
    assert client.post(f"/returns/{REFERENCE}/apply", data={"version": "3"}).status_code == 403


def test_a_discarded_return_keeps_its_account(clerk: FlaskClient, session: Session, file: Path) -> None:
    upload(clerk, session, file.read_bytes())
    assert press(clerk, session, "check").status_code == 302
    assert press(clerk, session, "discard").status_code == 302
    assert "已放弃" in clerk.get(f"/returns/{REFERENCE}").get_data(as_text=True)
    assert len(clerk.get(f"/returns/{REFERENCE}/plan.json").get_json()["groups"]["create"]) == 5


def test_the_whole_plan_leaves_as_json_and_as_harmless_csv(
    clerk: FlaskClient, session: Session, tmp_path: Path
) -> None:
    rows = [*GOOD, BAD, ledger_row(7, 隐患描述="=1+1处灭火器过期，未更换")]
    upload(clerk, session, write_ledger(tmp_path / "mixed.xlsx", rows).read_bytes())
    plan = clerk.get(f"/returns/{REFERENCE}/plan.json").get_json()
    assert {name: len(group) for name, group in plan["groups"].items()} == plan["counts"]
    answer = clerk.get(f"/returns/{REFERENCE}/plan.csv")
    lines = list(csv.reader(StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(lines) == 1 + sum(plan["counts"].values())
    assert not [cell for line in lines for cell in line if cell.startswith("=")]
    assert [line[6:8] for line in lines if line[0] == "不合格"] == [["发现日期", "2026-02-30"]]


def test_hostile_text_is_shown_as_text(clerk: FlaskClient, session: Session, tmp_path: Path) -> None:
    rows = [ledger_row(1, 隐患描述="<script>alert(1)</script>教学楼墙体开裂")]
    page = clerk.get(upload(clerk, session, write_ledger(tmp_path / "x.xlsx", rows).read_bytes()).location)
    assert "<script>alert(1)" not in page.get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in page.get_data(as_text=True)
