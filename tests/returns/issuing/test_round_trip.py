from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import transaction
from inspect_app.core.errors import FileRefused
from inspect_app.hazards import service
from inspect_app.hazards.drafts import HazardDraft
from inspect_app.hazards.models import Hazard
from inspect_app.regions.queries import by_code
from inspect_app.returns.models import IssuedWorkbook, ReturnBatch
from tests.returns.issuing.round import HEAD, column, edit, fetch, issue_to, put, row_of
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


def test_what_changed_here_meanwhile_is_a_conflict_and_equal_edits_are_none(issued: Path, session: Session) -> None:
    with transaction():
        for number in (1, 2):
            hazard = nth(session, number)
            service.update(session, SYSTEM, hazard, {"measures": "整体拆除重建"}, hazard.version)
    first, second = nth(session, 1).reference, nth(session, 2).reference

    def edits(sheet: Worksheet) -> None:
        put(sheet, row_of(sheet, first), 整改措施="加固墙体")
        put(sheet, row_of(sheet, second), 整改措施="整体拆除重建")

    batch = receive(edit(issued, edits))
    assert changing(batch) == {"conflicts": 1}
    (entry,) = batch.plan["groups"]["conflicts"]
    old = "剔除松散层，除锈后用聚合物砂浆修补"
    assert entry["clashes"] == {"measures": [old, "整体拆除重建", "加固墙体"]}


def test_a_cell_that_only_somebody_here_has_changed_is_left_alone(issued: Path, session: Session) -> None:
    with transaction():
        hazard = nth(session, 1)
        service.update(session, SYSTEM, hazard, {"measures": "整体拆除重建"}, hazard.version)
    assert changing(receive(issued)) == {}


def test_rows_that_were_deleted_change_nothing_and_are_listed(issued: Path, session: Session) -> None:
    references = {nth(session, number).reference for number in (2, 5)}

    def delete(sheet: Worksheet) -> None:
        for reference in references:
            sheet.delete_rows(row_of(sheet, reference))

    batch = receive(edit(issued, delete))
    assert changing(batch) == {}
    ((code, _, params),) = batch.plan["notices"]
    assert code == "W_ISSUED_MISSING"
    assert set(params["references"].split("、")) == references


def test_a_row_written_into_a_blank_line_is_new(issued: Path) -> None:
    def write(sheet: Worksheet) -> None:
        put(
            sheet,
            HEAD + len(ROWS) + 1,
            被检查单位="西湖镇卫生院",
            隐患描述="女儿墙局部松动",
            整改责任单位="西湖镇人民政府",
        )

    batch = receive(edit(issued, write))
    assert changing(batch) == {"create": 1}


def test_of_a_copied_row_only_the_original_is_taken(issued: Path, session: Session) -> None:
    reference = nth(session, 4).reference

    def copy(sheet: Worksheet) -> None:
        row = row_of(sheet, reference)
        sheet.insert_rows(row)
        for place in range(1, sheet.max_column + 1):
            sheet.cell(row, place, sheet.cell(row + 1, place).value)
        put(sheet, row, 隐患描述="操场看台栏杆锈断")
        put(sheet, row + 1, 整改责任人="钱进")

    batch = receive(edit(issued, copy))
    assert changing(batch) == {"update": 1, "refused": 1}
    (refused,) = batch.plan["groups"]["refused"]
    assert [problem["code"] for problem in refused["problems"]] == ["E_KEY_TWICE"]


def test_a_sort_that_left_the_keys_behind_is_found_out(issued: Path) -> None:
    def tear(sheet: Worksheet) -> None:
        where = column(sheet, "系统识别码")
        first, second = sheet.cell(HEAD + 1, where), sheet.cell(HEAD + 2, where)
        first.value, second.value = second.value, first.value

    batch = receive(edit(issued, tear))
    assert changing(batch) == {"refused": 2}
    assert {row["problems"][0]["code"] for row in batch.plan["groups"]["refused"]} == {"E_KEY_MIXED"}


def test_a_key_that_was_typed_over_is_refused(issued: Path) -> None:
    def spoil(sheet: Worksheet) -> None:
        put(sheet, HEAD + 1, 系统识别码="XF-654202-AAAAAAAA-00001-AAAA")

    batch = receive(edit(issued, spoil))
    assert batch.plan["groups"]["refused"][0]["problems"][0]["code"] == "E_KEY_UNKNOWN"


@pytest.mark.parametrize(("row", "value"), [(2, "XF-654202-22222222"), (4, "0000000000000000")], ids=["code", "sum"])
def test_altered_marks_refuse_the_whole_file(issued: Path, row: int, value: str) -> None:
    def alter(sheet: Worksheet) -> None:
        sheet.cell(row, 2, value)

    with pytest.raises(FileRefused) as refused:
        receive(edit(issued, alter, "系统信息"))
    assert refused.value.file_code == "E_ISSUE"


def test_the_workbook_of_another_county_is_refused(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    issue_to(path, "654221")

    def write(sheet: Worksheet) -> None:
        sheet["A1"] = "隐患整改台账"
        put(sheet, HEAD + 1, 被检查单位="卫生院", 隐患描述="女儿墙局部松动", 整改责任单位="镇人民政府")

    with pytest.raises(FileRefused) as refused:
        receive(edit(path, write))
    assert refused.value.file_code == "E_REGION_SCOPE"
    assert session.scalar(select(ReturnBatch)) is None


def test_rows_of_two_issues_in_one_file_are_refused(issued: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.xlsx"
    issue_to(second)
    key = load_workbook(second)["隐患清单"]["B4"].value
    with pytest.raises(FileRefused, match="几次下发"):
        receive(edit(issued, lambda sheet: put(sheet, HEAD + 1, 系统识别码=key)))


def test_a_row_that_went_out_incomplete_comes_back_without_blame(session: Session, tmp_path: Path) -> None:
    with transaction():
        county = by_code(session, "654202").id
        draft = HazardDraft(county, county, "return", description="女儿墙松动", site_name="西湖镇卫生院")
        service.register(session, SYSTEM, draft)
    path = tmp_path / "issued.xlsx"
    issue_to(path)
    assert changing(receive(path)) == {}


def test_an_emptied_cell_erases_nothing_and_is_told(issued: Path) -> None:
    def empty(sheet: Worksheet) -> None:
        put(sheet, HEAD + 1, 整改措施="")

    batch = receive(edit(issued, empty))
    assert changing(batch) == {}
    told = [entry["warnings"] for entry in batch.plan["groups"]["unchanged"] if entry["warnings"]]
    assert told == [["W_EMPTIED"]]


def test_rows_copied_into_another_workbook_are_still_known_by_their_keys(issued: Path, session: Session) -> None:
    reference = nth(session, 3).reference
    book = load_workbook(issued)
    for name in ("系统信息", "选项", "填表说明"):
        del book[name]
    put(book["隐患清单"], row_of(book["隐患清单"], reference), 整改责任人="钱进")
    book.save(issued)
    batch = receive(issued)
    assert changing(batch) == {"update": 1}
    assert batch.issued_id is not None


def test_without_its_keys_a_workbook_is_read_like_any_ledger_by_the_numbers_of_hazards(issued: Path) -> None:
    def drop(sheet: Worksheet) -> None:
        sheet.delete_cols(column(sheet, "系统识别码"))

    batch = receive(edit(issued, drop))
    assert changing(batch) == {}
    assert "W_ISSUED_MISSING" not in {code for code, _, _ in batch.plan["notices"]}


def test_what_is_fetched_again_is_what_was_issued(issued: Path, session: Session, tmp_path: Path) -> None:
    book = session.scalars(select(IssuedWorkbook)).one()
    with transaction():
        hazard = nth(session, 1)
        service.update(session, SYSTEM, hazard, {"measures": "整体拆除重建"}, hazard.version)
    again = fetch(tmp_path / "again.xlsx", book)
    first, second = (load_workbook(path)["隐患清单"].values for path in (issued, again))
    assert list(first) == list(second)


def test_a_county_that_edits_the_same_workbook_again_follows_its_own_word(issued: Path, session: Session) -> None:
    reference = nth(session, 3).reference
    row = row_of(load_workbook(issued)["隐患清单"], reference)
    apply(receive(edit(issued, lambda sheet: put(sheet, row, 整改责任人="钱进", 备注="已拍照"))))
    batch = receive(edit(issued, lambda sheet: put(sheet, row, 整改责任人="孙和")))
    (entry,) = batch.plan["groups"]["update"]
    assert changing(batch) == {"update": 1}
    assert entry["changes"] == {"responsible_person": ["钱进", "孙和"]}
