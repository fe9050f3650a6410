from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, FileRefused, Forbidden, Invalid, Stale, StepRefused
from inspect_app.evidence.service import evidence_of, open_file
from inspect_app.hazards import service as hazards
from inspect_app.hazards import summary
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.regions.models import Unit
from inspect_app.regions.queries import by_code, ensure_unit
from inspect_app.returns import applying, service
from inspect_app.returns.lifecycle import RETURN_LIFE
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.plan import Group
from inspect_app.workbooks.write import Cell
from tests.accounts.factories import actor_of, make_user
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import REPORT_ON, apply, read, receive, send

pytestmark = pytest.mark.usefixtures("clock")
GOOD = [ledger_row(number) for number in range(1, 6)]
BAD = ledger_row(6, 发现日期=None, 隐患描述=None)


@pytest.fixture
def clerk(session: Session) -> Actor:
    with transaction():
        return actor_of(make_user(session, Role.COUNTY_CLERK, by_code(session, "654202")))


@pytest.fixture
def file(session: Session, tmp_path: Path) -> Path:
    assert session.is_active
    return tmp_path / "台账.xlsx"


def hazard_rows(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Hazard)) or 0


def the_hazard(session: Session, description: Cell) -> Hazard:
    return session.scalars(select(Hazard).where(Hazard.description == description)).one()


def test_receiving_changes_nothing_of_the_inventory(session: Session, file: Path) -> None:
    batch = receive(write_ledger(file, GOOD))
    assert batch.state == "validated"
    assert batch.reference == "BB-654202-20260615-01"
    assert hazard_rows(session) == 0


def test_the_groups_add_up_to_the_rows_of_the_file(session: Session, file: Path) -> None:
    batch = receive(write_ledger(file, [*GOOD, GOOD[0], BAD]))
    assert session.is_active
    assert batch.counts == {
        **dict.fromkeys(map(str, Group), 0),
        "create": 5,
        "duplicates": 1,
        "refused": 1,
        "ignored": 3,
    }
    assert sum(batch.counts.values()) == 3 + 7


def test_applying_registers_every_row_with_event_counters_and_trail(session: Session, file: Path) -> None:
    batch = send(file, GOOD)
    assert {hazard.state for hazard in session.scalars(select(Hazard))} == {"registered"}
    assert session.scalar(select(func.count()).select_from(HazardEvent)) == 5
    assert summary.verify(session) == []
    told = session.scalars(select(AuditEntry).where(AuditEntry.action == "return.apply")).one()
    assert told.subject_reference == batch.reference
    assert told.changes["sha256"] == [None, batch.sha256]
    assert told.changes["create"] == [None, 5]


def test_a_row_is_entered_where_and_as_the_file_says(session: Session, file: Path) -> None:
    batch = send(file, [ledger_row(1, 整改情况="已整改", 完成日期=date(2026, 6, 10))])
    hazard = session.scalars(select(Hazard)).one()
    assert (hazard.region.name, hazard.origin, hazard.origin_reference) == ("白杨沟镇", "return", batch.reference)
    assert (hazard.state, hazard.done_on, hazard.closed_on) == ("registered", None, None)
    assert hazard.progress == "县区报告已整改（2026-06-10）"
    assert (hazard.due_on, hazard.original_due_on) == (date(2026, 7, 20), date(2026, 7, 20))


def test_a_row_without_all_elements_waits_as_a_draft(session: Session, file: Path) -> None:
    send(file, [ledger_row(1, 整改措施=None)])
    assert session.scalars(select(Hazard)).one().state == "draft"


def test_a_later_return_that_fills_the_gap_registers_the_draft(session: Session, file: Path, tmp_path: Path) -> None:
    send(file, [ledger_row(1, 整改措施=None)], report_on=date(2026, 6, 10))
    batch = send(tmp_path / "later.xlsx", [ledger_row(1)])
    assert (batch.counts["update"], hazard_rows(session)) == (1, 1)
    assert session.scalars(select(Hazard)).one().state == "registered"
    assert summary.verify(session) == []


def test_text_that_looks_like_a_formula_stays_text(session: Session, file: Path) -> None:
    send(file, [ledger_row(1, 隐患描述="=1+1处灭火器过期，未更换")])
    assert session.scalars(select(Hazard.description)).one() == "=1+1处灭火器过期，未更换"


def test_the_original_is_kept_with_its_hash(session: Session, file: Path) -> None:
    batch = receive(write_ledger(file, GOOD))
    (original,) = evidence_of(session, "return", batch.id, "original")
    assert original.sha256 == batch.sha256
    assert open_file(original).read_bytes() == file.read_bytes()
    assert original.original_name == "台账.xlsx"


def test_the_events_of_a_return_lead_to_its_state(session: Session, file: Path) -> None:
    batch = send(file, GOOD)
    assert session.is_active
    assert RETURN_LIFE.replay(batch.events) == batch.state == "applied"


def test_refused_rows_keep_the_rest_out_until_somebody_chooses(session: Session, file: Path) -> None:
    batch = receive(write_ledger(file, [*GOOD, BAD]))
    with pytest.raises(StepRefused, match="只导入合格的行"):
        apply(batch)
    assert hazard_rows(session) == 0
    assert apply(batch, accept_good_rows=True).state == "applied"
    assert hazard_rows(session) == 5


def test_the_same_bytes_again_are_told_the_earlier_return(session: Session, file: Path) -> None:
    batch = send(file, GOOD)
    with pytest.raises(Conflict, match=batch.reference):
        receive(file)
    assert hazard_rows(session) == 5


def test_a_re_saved_file_is_recognised_by_its_content(session: Session, file: Path, tmp_path: Path) -> None:
    batch = send(file, GOOD)
    again = write_ledger(tmp_path / "again.xlsx", GOOD, sheet="Sheet1")
    assert again.read_bytes() != file.read_bytes()
    with pytest.raises(Conflict, match=batch.reference):
        receive(again)
    assert hazard_rows(session) == 5


def test_two_previews_of_one_file_make_one_import(session: Session, file: Path) -> None:
    first, second = receive(write_ledger(file, GOOD)), receive(file)
    apply(first)
    with pytest.raises(Conflict, match=first.reference):
        apply(second)
    assert hazard_rows(session) == 5


def test_applying_twice_is_refused_as_out_of_order(session: Session, file: Path) -> None:
    batch = receive(write_ledger(file, GOOD))
    seen = batch.version
    apply(batch)
    with pytest.raises(Stale):
        apply(batch, version=seen)
    with pytest.raises(StepRefused):
        apply(batch)
    assert hazard_rows(session) == 5


def test_a_failure_in_the_middle_leaves_nothing(session: Session, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = receive(write_ledger(file, GOOD))

    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the plug is pulled")

    with monkeypatch.context() as patch:
        patch.setattr(applying, "update_many", fail)
        with pytest.raises(RuntimeError):
            apply(batch)
    session.expire_all()
    assert (hazard_rows(session), batch.state, batch.applied_key) == (0, "validated", None)
    assert summary.verify(session) == []
    apply(batch)
    assert hazard_rows(session) == 5


def test_a_plan_that_would_come_out_otherwise_now_is_refused_until_checked_anew(
    session: Session, file: Path, tmp_path: Path
) -> None:
    send(file, GOOD)
    changed = [ledger_row(number, 整改措施="改用碳纤维布加固") for number in range(1, 6)]
    batch = receive(write_ledger(tmp_path / "changed.xlsx", changed))
    with transaction():
        hazard = the_hazard(session, GOOD[0][4])
        hazards.update(session, SYSTEM, hazard, {"measures": "会议决定整体拆除重建"}, hazard.version)
    with pytest.raises(Stale, match="重新核对"):
        apply(batch)
    with transaction():
        service.check(session, SYSTEM, batch, version=batch.version)
    assert batch.counts["update"] == 4
    apply(batch)
    assert the_hazard(session, GOOD[0][4]).measures == "会议决定整体拆除重建"
    assert the_hazard(session, GOOD[1][4]).measures == "改用碳纤维布加固"


def test_a_corrected_return_updates_and_creates_but_doubles_nothing(
    session: Session, file: Path, tmp_path: Path
) -> None:
    send(file, GOOD, report_on=date(2026, 6, 10))
    corrected = [ledger_row(1, 整改责任人="钱进"), *GOOD[1:], ledger_row(7)]
    batch = send(tmp_path / "corrected.xlsx", corrected)
    assert (batch.counts["create"], batch.counts["update"], batch.counts["unchanged"]) == (1, 1, 4)
    assert hazard_rows(session) == 6
    assert the_hazard(session, GOOD[0][4]).responsible_person == "钱进"
    assert summary.verify(session) == []


def test_an_older_return_does_not_overwrite_a_newer_one(session: Session, file: Path, tmp_path: Path) -> None:
    send(file, GOOD)
    old = [ledger_row(1, 整改措施="旧办法"), ledger_row(8)]
    batch = send(tmp_path / "old.xlsx", old, report_on=date(2026, 6, 1))
    assert (batch.counts["create"], batch.counts["unchanged"]) == (1, 1)
    assert the_hazard(session, GOOD[0][4]).measures == GOOD[0][11]


def test_another_county_may_not_send_this_file(session: Session, file: Path, clerk: Actor) -> None:
    write_ledger(file, GOOD)
    with pytest.raises(Forbidden):
        receive(file, clerk, code="654221")
    assert session.scalar(select(func.count()).select_from(ReturnBatch)) == 0


def test_a_file_of_another_county_is_refused_whole(session: Session, file: Path) -> None:
    write_ledger(file, GOOD, title="额敏县地震风险隐患台账")
    with pytest.raises(FileRefused, match="额敏县"):
        receive(file)
    assert session.scalar(select(func.count()).select_from(ReturnBatch)) == 0


def test_a_report_date_ahead_is_refused(session: Session, file: Path) -> None:
    prepared, result = read(write_ledger(file, GOOD))
    with pytest.raises(Invalid, match="不能晚于今天"), transaction():
        service.receive(session, SYSTEM, prepared, by_code(session, "654202"), date(2026, 6, 16), result)


def test_a_clerk_imports_for_their_own_county(session: Session, file: Path, clerk: Actor) -> None:
    batch = apply(receive(write_ledger(file, GOOD), clerk), clerk)
    assert (batch.state, batch.applied_by_id, hazard_rows(session)) == ("applied", clerk.id, 5)


def test_a_discarded_return_can_be_sent_again(session: Session, file: Path) -> None:
    batch = receive(write_ledger(file, GOOD))
    with transaction():
        service.discard(session, SYSTEM, batch, version=batch.version)
    assert (batch.state, batch.rows) == ("discarded", None)
    apply(receive(file))
    assert hazard_rows(session) == 5


def test_at_once_comes_to_the_same_as_preview_and_apply(session: Session, file: Path) -> None:
    prepared, result = read(write_ledger(file, [*GOOD, BAD]))
    with transaction():
        batch = service.import_at_once(
            session, SYSTEM, prepared, by_code(session, "654202"), REPORT_ON, result, accept_good_rows=True
        )
    assert (batch.state, batch.counts["create"], hazard_rows(session)) == ("applied", 5, 5)
    assert RETURN_LIFE.replay(batch.events) == "applied"


def test_a_finding_typed_by_hand_is_not_doubled_by_the_file(session: Session, file: Path) -> None:
    county = by_code(session, "654202")
    with transaction():
        hazards.register(
            session,
            SYSTEM,
            hazards.HazardDraft(
                county_id=county.id,
                region_id=county.id,
                origin="manual",
                site_name="白杨沟镇第1小学",
                description=str(GOOD[0][4]),
                found_on=date(2026, 6, 3),
            ),
        )
    batch = receive(write_ledger(file, GOOD))
    assert (batch.counts["create"], batch.counts["duplicates"]) == (4, 1)


def test_units_are_linked_by_the_names_people_use_and_never_by_a_guess(session: Session, file: Path) -> None:
    county, township = by_code(session, "654202"), by_code(session, "654202100")
    with transaction():
        unit = ensure_unit(session, county.id, "乌苏市应急管理局")
        session.add_all(Unit(region_id=region.id, name="样例医院") for region in (county, township))
    names = ("应急局", "乌苏市应急管理局", "样例医院", "样例公司")
    send(file, [ledger_row(number, 整改责任单位=name) for number, name in enumerate(names, start=1)])
    found = session.execute(select(Hazard.responsible_unit_name, Hazard.responsible_unit_id).order_by(Hazard.id))
    assert found.tuples().all() == list(zip(names, (unit.id, unit.id, None, None), strict=True))
