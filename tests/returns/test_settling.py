from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.hazards import service as hazards
from inspect_app.hazards.models import Hazard
from inspect_app.regions.queries import by_code
from inspect_app.returns.models import ReturnBatch
from tests.accounts.factories import make_user, sign_in
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import receive, send

pytestmark = pytest.mark.usefixtures("clock")
GOOD = [ledger_row(number) for number in range(1, 4)]
EARLY = date(2026, 6, 10)
REFERENCE = "BB-654202-20260615-01"
CELL = "YH-654202-2026-QT-0001/measures"


@pytest.fixture
def clerk(session: Session, client: FlaskClient) -> FlaskClient:
    with transaction():
        user = make_user(session, Role.COUNTY_CLERK, by_code(session, "654202"))
    sign_in(client, user)
    return client


@pytest.fixture
def disputed(session: Session, tmp_path: Path) -> ReturnBatch:
    """Return a return whose first row and a person both changed the measures since the return before."""
    send(tmp_path / "a.xlsx", GOOD, report_on=EARLY)
    edit(session, "会议决定整体拆除重建")
    corrected = [ledger_row(1, 整改措施="改用碳纤维布加固", 整改责任人="钱进"), *GOOD[1:]]
    return receive(write_ledger(tmp_path / "b.xlsx", corrected))


def edit(session: Session, measures: str) -> None:
    with transaction():
        hazard = session.scalars(select(Hazard).order_by(Hazard.id)).first()
        assert hazard
        hazards.update(session, SYSTEM, hazard, {"measures": measures}, hazard.version)


def press(client: FlaskClient, session: Session, action: str, **over: str) -> int:
    session.rollback()
    version = session.scalar(select(ReturnBatch.version).where(ReturnBatch.reference == REFERENCE))
    session.rollback()
    return client.post(f"/returns/{REFERENCE}/{action}", data={"version": str(version), **over}).status_code


def measures(session: Session) -> tuple[str, str]:
    session.rollback()
    row = session.execute(select(Hazard.measures, Hazard.responsible_person).order_by(Hazard.id).limit(1)).one()
    return row[0], row[1]


def test_a_corrected_return_after_an_edit_on_the_web_lists_the_conflict_and_overwrites_nothing(
    clerk: FlaskClient, session: Session, disputed: ReturnBatch
) -> None:
    assert (disputed.counts["conflicts"], disputed.counts["unchanged"]) == (1, 2)
    page = clerk.get(f"/returns/{REFERENCE}").get_data(as_text=True)
    for text in ("会议决定整体拆除重建", "改用碳纤维布加固", GOOD[0][11], "有 1 处内容，文件和系统都改过"):
        assert str(text) in page
    assert press(clerk, session, "apply") == 302
    assert measures(session) == ("会议决定整体拆除重建", "钱进")


def test_what_a_person_decided_for_the_file_is_written_and_told(
    clerk: FlaskClient, session: Session, disputed: ReturnBatch
) -> None:
    assert press(clerk, session, "conflicts", **{CELL: "file"}) == 302
    told = session.scalars(select(AuditEntry).where(AuditEntry.action == "return.decide")).one()
    assert told.changes[CELL.replace("/", ".")] == [None, "file"]
    assert press(clerk, session, "apply") == 302
    assert measures(session) == ("改用碳纤维布加固", "钱进")
    page = clerk.get(f"/returns/{disputed.reference}?group=conflicts").get_data(as_text=True)
    assert "采用文件" in page
    assert "会议决定整体拆除重建" in page


def test_a_decision_falls_when_either_side_says_something_else(
    clerk: FlaskClient, session: Session, disputed: ReturnBatch
) -> None:
    assert press(clerk, session, "conflicts", **{CELL: "file"}) == 302
    edit(session, "再议")
    assert press(clerk, session, "apply") == 409
    assert press(clerk, session, "check") == 302
    session.expire_all()
    assert session.get_one(ReturnBatch, disputed.id).decisions == {}


def test_after_a_decision_for_the_file_the_cell_is_the_countys_again(
    clerk: FlaskClient, session: Session, disputed: ReturnBatch, tmp_path: Path
) -> None:
    assert press(clerk, session, "conflicts", **{CELL: "file"}) == 302
    assert press(clerk, session, "apply") == 302
    session.rollback()
    again = receive(write_ledger(tmp_path / "c.xlsx", [ledger_row(1, 整改措施="改用钢板加固", 整改责任人="钱进")]))
    assert (again.counts["update"], again.counts["conflicts"]) == (1, 0)
    assert disputed.state == "applied"


@pytest.mark.usefixtures("disputed")
@pytest.mark.parametrize("name", ["YH-654202-2026-QT-0002/measures", "YH-654202-2026-QT-0001/grade", CELL])
def test_a_choice_for_what_is_in_no_conflict_is_refused(clerk: FlaskClient, session: Session, name: str) -> None:
    assert press(clerk, session, "conflicts", **{name: "file" if name != CELL else "both"}) == 422
    assert session.scalars(select(ReturnBatch.decisions).where(ReturnBatch.reference == REFERENCE)).one() == {}


def test_an_applied_return_is_undone_from_its_page(clerk: FlaskClient, session: Session, tmp_path: Path) -> None:
    send(tmp_path / "a.xlsx", GOOD)
    assert "撤销导入" in clerk.get(f"/returns/{REFERENCE}").get_data(as_text=True)
    assert "将撤回的隐患" in clerk.get(f"/returns/{REFERENCE}/undo").get_data(as_text=True)
    assert press(clerk, session, "undo") == 422
    assert press(clerk, session, "undo", reason="报错了文件") == 302
    session.rollback()
    assert set(session.scalars(select(Hazard.state))) == {"withdrawn"}
    page = clerk.get(f"/returns/{REFERENCE}").get_data(as_text=True)
    assert "已撤销" in page
    assert "YH-654202-2026-QT-0003" in page
    assert "/undo" not in page


def test_the_page_of_undoing_lists_what_stands_in_the_way(clerk: FlaskClient, session: Session, tmp_path: Path) -> None:
    send(tmp_path / "a.xlsx", GOOD)
    edit(session, "会议决定整体拆除重建")
    page = clerk.get(f"/returns/{REFERENCE}/undo").get_data(as_text=True)
    assert "YH-654202-2026-QT-0001" in page
    assert "不能整批撤销" in page
    assert press(clerk, session, "undo", reason="报错了文件") == 409
