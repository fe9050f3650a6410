"""Figures beside what is held."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code
from tests.accounts.factories import make_user, sign_in
from tests.returns.ledgers import ledger_row
from tests.returns.sending import send

pytestmark = pytest.mark.usefixtures("clock")


def test_figures_are_compared_and_the_differences_shown(client: FlaskClient, session: Session, tmp_path: Path) -> None:
    send(tmp_path / "a.xlsx", [ledger_row(number) for number in range(1, 4)])
    with transaction():
        user = make_user(session, Role.COUNTY_CLERK, by_code(session, "654202"))
    sign_in(client, user)
    county = str(by_code(session, "654202").id)
    session.rollback()
    book = openpyxl.Workbook()
    for row in (["乡镇", "发现隐患数", "重大隐患数"], ["白杨沟镇", 5, 0], ["合计", 3, 0]):
        book.worksheets[0].append(row)
    content = BytesIO()
    book.save(content)
    content.seek(0)
    data = {"county": county, "report_on": "2026-06-15", "period": "2026-05", "file": (content, "统计.xlsx")}
    place = client.post("/returns/new", data=data).location
    page = client.get(place).get_data(as_text=True)
    assert "有 1 个数与系统不同" in page
    assert "全部导入" not in page
    found = client.get(f"{place}/figures.json").get_json()["figures"]
    lengths = [
        len(client.get("/hazards", query_string=each["filter"]).get_data(as_text=True).split("YH-654202"))
        for each in found
    ]
    assert [length > 1 for length in lengths] == [True, False, True, False]
    assert [(each["label"], each["measure"], each["said"], each["held"], each["difference"]) for each in found] == [
        ("白杨沟镇", "found", 5, 3, 2), ("白杨沟镇", "major", 0, 0, 0),
        ("合计", "found", 3, 3, 0), ("合计", "major", 0, 0, 0),
    ]  # fmt: skip
