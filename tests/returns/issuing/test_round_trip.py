from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.hazards.models import Hazard
from inspect_app.returns.models import ReturnBatch
from tests.returns.issuing.round import column, edit, issue_to, put, row_of
from tests.returns.ledgers import ledger_row
from tests.returns.sending import apply, receive, send

pytestmark = pytest.mark.usefixtures("clock", "session")
ROWS = [ledger_row(number) for number in range(1, 9)]


def nth(session: Session, number: int) -> Hazard:
    return session.scalars(select(Hazard).order_by(Hazard.id)).all()[number - 1]


def changing(batch: ReturnBatch) -> dict[str, int]:
    return {name: number for name, number in batch.counts.items() if number and name not in ("ignored", "unchanged")}


@pytest.fixture
def issued(session: Session, tmp_path: Path) -> Path:
    del session
    send(tmp_path / "first.xlsx", ROWS)
    path = tmp_path / "issued.xlsx"
    issue_to(path)
    return path


def test_a_workbook_that_comes_back_as_it_went_out_changes_nothing(issued: Path) -> None:
    batch = receive(issued)
    assert changing(batch) == {}
    assert batch.counts["unchanged"] == len(ROWS)
    assert batch.issued_id is not None
    assert batch.plan["notices"] == []


def test_only_what_the_county_changed_is_in_the_plan(issued: Path, session: Session) -> None:
    reference = nth(session, 3).reference

    def change(sheet: Worksheet) -> None:
        put(sheet, row_of(sheet, reference), 整改责任人="钱进", 整改情况="已整改", 完成日期="2026-06-12", 备注="已拍照")

    batch = receive(edit(issued, change))
    assert changing(batch) == {"update": 1}
    (entry,) = batch.plan["groups"]["update"]
    assert entry["changes"] == {
        "responsible_person": ["赵强", "钱进"],
        "progress": ["县区报告整改中", "县区报告已整改（2026-06-12）"],
        "remark": ["", "已拍照"],
    }
    apply(batch)
    session.expire_all()
    assert nth(session, 3).remark == "已拍照"
