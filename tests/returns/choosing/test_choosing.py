"""From a column that nobody knows to a file that is read as a person said, and the next one by itself."""

from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code
from inspect_app.returns.models import ColumnChoice, ReturnBatch
from tests.accounts.factories import make_user, sign_in

pytestmark = pytest.mark.usefixtures("clock")
HEAD = ["序号", "哪个乡的", "查了谁", "查出毛病", "隐患等级", "发现日期", "归谁改", "整改时限"]
FIELDS = ["", "township", "site", "description", "grade", "found_on", "responsible_unit", "due_on"]
KNOWN = [*HEAD[:3], "隐患描述", *HEAD[4:6], "责任单位", HEAD[7]]


@pytest.fixture
def clerk(session: Session, client: FlaskClient) -> FlaskClient:
    with transaction():
        user = make_user(session, Role.COUNTY_CLERK, by_code(session, "654202"))
    sign_in(client, user)
    return client


def ledger(folder: Path, head: list[str], *, start: int = 1) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["乌苏市台账"])
    sheet.append(head)
    for number in range(start, start + 4):
        unit = f"第{number}中学"
        said = f"教学楼第{number}处外墙瓷砖空鼓有脱落危险"
        sheet.append([number, "白杨沟镇", unit, said, "一般", "2026-06-01", "乌苏市教育局", "2026-07-20"])
    book.save(folder / f"{start}.xlsx")
    return folder / f"{start}.xlsx"


def upload(client: FlaskClient, session: Session, path: Path) -> TestResponse:
    county = str(by_code(session, "654202").id)
    session.rollback()
    data = {"county": county, "report_on": "2026-06-15", "period": "2026-05", "file": (path.open("rb"), path.name)}
    return client.post("/returns/new", data=data)


def say(
    client: FlaskClient, session: Session, reference: str, *fields: str, version: int | None = None
) -> TestResponse:
    found = session.scalar(select(ReturnBatch).where(ReturnBatch.reference == reference))
    session.rollback()
    assert found
    answers = {f"column-0-{number}": field for number, field in enumerate(fields)}
    return client.post(f"/returns/{reference}/columns", data={"version": version or found.version, **answers})


def text(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def batch(session: Session, reference: str) -> ReturnBatch:
    session.expire_all()
    return session.scalars(select(ReturnBatch).where(ReturnBatch.reference == reference)).one()


def test_a_file_in_words_nobody_knows_waits_for_a_person_and_the_next_one_does_not(
    clerk: FlaskClient, session: Session, tmp_path: Path
) -> None:
    first = upload(clerk, session, ledger(tmp_path, HEAD)).location
    reference = first.rpartition("/")[2]
    held = batch(session, reference)
    assert (held.state, held.outcome, held.counts["create"]) == ("recognised", "not_a_ledger", 0)
    session.rollback()
    assert "全部导入" not in text(clerk, first)
    page = text(clerk, f"{first}/columns")
    assert "查出毛病" in page
    assert "建议：" in page
    assert say(clerk, session, reference, *FIELDS).location == first
    read = batch(session, reference)
    assert (read.state, read.counts["create"]) == ("validated", 4)
    session.rollback()
    second = upload(clerk, session, ledger(tmp_path, HEAD, start=11)).location
    assert batch(session, second.rpartition("/")[2]).counts["create"] == 4
    session.rollback()
    assert "按以前的说明读取" in text(clerk, second)


def test_an_unknown_column_of_a_ledger_is_told_and_read_after_it_was_explained(
    clerk: FlaskClient, session: Session, tmp_path: Path
) -> None:
    place = upload(clerk, session, ledger(tmp_path, KNOWN)).location
    assert "没有认出" in text(clerk, place)
    reference = place.rpartition("/")[2]
    assert say(clerk, session, reference, *FIELDS).location == place
    kept = batch(session, reference).rows or {}
    assert [row[2] for row in kept["rows"]] == ["白杨沟镇"] * 4


def test_what_was_said_is_listed_and_can_be_revoked(clerk: FlaskClient, session: Session, tmp_path: Path) -> None:
    place = upload(clerk, session, ledger(tmp_path, KNOWN)).location
    say(clerk, session, place.rpartition("/")[2], *FIELDS)
    assert "哪个乡的" in text(clerk, "/returns/columns")
    keys = session.scalars(select(ColumnChoice.id).order_by(ColumnChoice.id)).all()
    session.rollback()
    for key in keys:
        assert clerk.post(f"/returns/columns/{key}/revoke").status_code == 302
    assert "还没有记住任何列" in text(clerk, "/returns/columns")
    assert clerk.post(f"/returns/columns/{keys[0]}/revoke").status_code == 404
    again = upload(clerk, session, ledger(tmp_path, KNOWN, start=21)).location
    assert "没有认出" in text(clerk, again)


def test_two_columns_cannot_mean_the_same(clerk: FlaskClient, session: Session, tmp_path: Path) -> None:
    place = upload(clerk, session, ledger(tmp_path, HEAD)).location
    answer = say(clerk, session, place.rpartition("/")[2], "", "site", "site", *FIELDS[3:])
    assert answer.status_code == 409
    assert "两列不能是同一个含义" in answer.get_data(as_text=True)


def test_a_page_that_the_return_has_outrun_changes_nothing(
    clerk: FlaskClient, session: Session, tmp_path: Path
) -> None:
    place = upload(clerk, session, ledger(tmp_path, HEAD)).location
    assert say(clerk, session, place.rpartition("/")[2], *FIELDS, version=99).status_code == 409
    assert session.scalars(select(ColumnChoice)).all() == []


def test_a_ledger_whose_columns_still_lack_a_description_goes_on_waiting(
    clerk: FlaskClient, session: Session, tmp_path: Path
) -> None:
    place = upload(clerk, session, ledger(tmp_path, HEAD)).location
    assert say(clerk, session, place.rpartition("/")[2], *[""] * 8).location == f"{place}/columns"
    assert batch(session, place.rpartition("/")[2]).state == "recognised"


def test_what_one_county_said_does_not_exist_for_another(clerk: FlaskClient, session: Session, tmp_path: Path) -> None:
    place = upload(clerk, session, ledger(tmp_path, KNOWN)).location
    say(clerk, session, place.rpartition("/")[2], *FIELDS)
    key = session.scalars(select(ColumnChoice.id)).first()
    with transaction():
        stranger = make_user(session, Role.COUNTY_CLERK, by_code(session, "654221"))
    sign_in(clerk, stranger)
    assert "哪个乡的" not in text(clerk, "/returns/columns")
    assert clerk.post(f"/returns/columns/{key}/revoke").status_code == 404
    assert clerk.get(f"{place}/columns").status_code == 404
