"""What goes out comes back unchanged; what was filled in is reported; what is dirty is read, or refused and why."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from inspect_app.core.errors import Conflict, FileRefused, Forbidden, Stale, StepRefused
from inspect_app.workplans.feedback import service as feedback
from inspect_app.workplans.feedback.books import service
from inspect_app.workplans.feedback.books.planning import NEWER, NO_SUMMARY, NOT_OPEN
from inspect_app.workplans.feedback.service import Said
from inspect_app.workplans.lifecycle import DUE_LIFE
from inspect_app.workplans.models import WorkReturn
from tests.workplans.feedback.books import HEAD_ROW, filled, headings, issued, plain, send
from tests.workplans.feedback.factories import SUMMARY, Scene, set_scene

pytestmark = pytest.mark.usefixtures("clock")
FIRST = {"已完成数": 3, "总数": 5, "完成情况": SUMMARY, "佐证材料说明": "照片见附件"}


@pytest.fixture
def scene(session: Session) -> Scene:
    return set_scene(session)


@pytest.fixture
def book(session: Session, scene: Scene, tmp_path: Path) -> Path:
    return issued(session, scene.clerk, scene.plan, tmp_path / "报送表.xlsx")


def problems(made: WorkReturn) -> list[str]:
    return [note["message"] for row in made.outcome["groups"]["refused"] for note in row["problems"]]


def test_a_book_has_a_row_for_each_thing_the_unit_owes(book: Path, scene: Scene) -> None:
    columns = headings(book)
    assert columns["任务"] == ["1 加强应急演练", "2 开展科普宣传"]
    assert columns["角色"] == ["责任", "责任"]
    assert columns["应报事项"] == ["本项任务到这一天的完成情况（上半年）", "科普宣传"]
    assert columns["要做到"] == ["不少于 3", None]
    assert [mark.split(".")[0] for mark in columns["系统识别码"]] == [due.reference for due in scene.mine]
    assert load_workbook(book)["应报事项"].column_dimensions["B"].hidden


def test_a_book_that_nobody_touched_reports_nothing(session: Session, scene: Scene, book: Path) -> None:
    made = send(session, scene.clerk, scene.plan, book)
    assert {group: number for group, number in made.counts.items() if number} == {
        "unchanged": 2, "ignored": made.counts["ignored"],
    }  # fmt: skip


def test_what_was_filled_in_is_reported(session: Session, scene: Scene, book: Path) -> None:
    made = send(session, scene.clerk, scene.plan, filled(book, FIRST))
    assert (made.counts["new"], made.counts["unchanged"]) == (1, 1)
    assert scene.mine[0].state == "due"
    service.apply(session, scene.clerk, made, version=1)
    due = scene.mine[0]
    assert (due.state, due.summary) == ("reported", SUMMARY)
    assert due.figures == {"done": "3", "whole": "5", "proof": "照片见附件"}


def test_the_same_file_twice_changes_nothing(session: Session, scene: Scene, book: Path) -> None:
    filled(book, FIRST)
    service.apply(session, scene.clerk, send(session, scene.clerk, scene.plan, book), version=1)
    with pytest.raises(Conflict):
        send(session, scene.clerk, scene.plan, book)
    assert scene.mine[0].version == 2


def test_an_older_book_does_not_overwrite_what_was_reported_since(session: Session, scene: Scene, book: Path) -> None:
    feedback.report(session, scene.clerk, scene.mine[0], Said("页面上报的"))
    untouched = send(session, scene.clerk, scene.plan, book)
    assert untouched.counts["unchanged"] == 2
    made = send(session, scene.clerk, scene.plan, filled(book, FIRST))
    assert problems(made) == [NEWER]


def test_a_correction_by_book_amends_and_ticks_stay(session: Session, scene: Scene, tmp_path: Path) -> None:
    feedback.report(session, scene.clerk, scene.mine[1], Said(SUMMARY, {}, ("进学校",)))
    book = issued(session, scene.clerk, scene.plan, tmp_path / "再报.xlsx")
    made = send(session, scene.clerk, scene.plan, filled(book, {}, {"已完成数": 2}))
    assert made.counts["changed"] == 1
    service.apply(session, scene.clerk, made, version=1)
    assert scene.mine[1].figures == {"done": "2", "aspects": ["进学校"]}
    assert scene.mine[1].summary == SUMMARY


def test_what_is_accepted_or_waived_is_not_reported_again(session: Session, scene: Scene, book: Path) -> None:
    feedback.accept(session, scene.officer, feedback.report(session, scene.clerk, scene.mine[0], Said(SUMMARY)))
    feedback.waive(session, scene.leader, scene.mine[1], "不承担")
    other = {**FIRST, "完成情况": "另有补充"}
    assert set(problems(send(session, scene.clerk, scene.plan, filled(book, other, other)))) == set(NOT_OPEN.values())


def test_a_figure_without_words_is_refused(session: Session, scene: Scene, book: Path) -> None:
    made = send(session, scene.clerk, scene.plan, filled(book, {"已完成数": 3}))
    assert problems(made) == [NO_SUMMARY]
    row = made.outcome["groups"]["refused"][0]
    assert (row["sheet"], row["row"]) == ("应报事项", HEAD_ROW + 1)


def test_refused_rows_hold_up_the_others_until_somebody_chooses(session: Session, scene: Scene, book: Path) -> None:
    made = send(session, scene.clerk, scene.plan, filled(book, FIRST, {"已完成数": "很多", "完成情况": SUMMARY}))
    assert (made.counts["new"], made.counts["refused"]) == (1, 1)
    with pytest.raises(StepRefused):
        service.apply(session, scene.clerk, made, version=1)
    service.apply(session, scene.clerk, made, version=1, good_rows_only=True)
    assert [due.state for due in scene.mine] == ["reported", "due"]


def test_the_book_of_another_unit_reports_nothing(session: Session, scene: Scene, book: Path) -> None:
    made = send(session, scene.neighbour, scene.plan, filled(book, FIRST, FIRST))
    assert made.counts["foreign"] == 2
    assert made.outcome["groups"]["foreign"] == [{"sheet": "应报事项", "row": row} for row in (4, 5)]
    with pytest.raises(Forbidden):
        service.apply(session, scene.clerk, made, version=1)


def test_a_plan_that_time_overtook_is_refused(session: Session, scene: Scene, book: Path) -> None:
    made = send(session, scene.clerk, scene.plan, filled(book, FIRST))
    feedback.report(session, scene.head, scene.mine[0], Said("负责人先报了"))
    with pytest.raises(Stale):
        service.apply(session, scene.clerk, made, version=1)
    service.check(session, scene.clerk, made, version=1)
    assert made.counts["refused"] == 1


def test_undoing_takes_everything_back(session: Session, scene: Scene, book: Path) -> None:
    feedback.report(session, scene.clerk, scene.mine[1], Said("先报"))
    feedback.send_back(session, scene.officer, scene.mine[1], "不全")
    book = issued(session, scene.clerk, scene.plan, book)
    made = send(session, scene.clerk, scene.plan, filled(book, FIRST, {"完成情况": "重报"}))
    service.apply(session, scene.clerk, made, version=1)
    service.undo(session, scene.clerk, made, version=2, reason="传错了表")
    assert [(due.state, due.summary) for due in scene.mine] == [("due", ""), ("returned", "先报")]
    assert all(DUE_LIFE.replay(due.events) == due.state for due in scene.mine)
    again = issued(session, scene.clerk, scene.plan, book)
    assert send(session, scene.clerk, scene.plan, filled(again, FIRST)).counts["new"] == 1


def test_what_was_touched_since_cannot_be_undone(session: Session, scene: Scene, book: Path) -> None:
    made = send(session, scene.clerk, scene.plan, filled(book, FIRST))
    service.apply(session, scene.clerk, made, version=1)
    feedback.accept(session, scene.officer, scene.mine[0])
    assert [one.due.reference for one in service.later_than(session, made)] == [scene.mine[0].reference]
    with pytest.raises(StepRefused):
        service.undo(session, scene.clerk, made, version=2, reason="传错了表")


def test_a_table_of_ones_own_is_known_by_task_and_role(session: Session, scene: Scene, tmp_path: Path) -> None:
    path = plain(
        tmp_path / "自制.xlsx",
        ["乌苏市防震减灾工作完成情况"], [],
        ["任务编号", "责任类型", "工作进展", "完成数", "备注二"],
        ["1", "责任", "已开展两次", "２次", "x"],
        ["9", "责任", "没有这一项", 1],
        ["1", "牵头", "不是这个角色", 1],
    )  # fmt: skip
    made = send(session, scene.clerk, scene.plan, path)
    assert (made.counts["new"], made.counts["refused"]) == (1, 2)
    assert made.outcome["groups"]["new"][0]["changes"] == {"done": ["", "2"], "summary": ["", "已开展两次"]}
    assert "备注二" in str(made.outcome["notices"])


def test_moved_columns_hidden_rows_and_merged_cells_are_read(session: Session, scene: Scene, book: Path) -> None:
    filled(book, FIRST, {"完成情况": "第二项"})
    made = load_workbook(book)
    sheet = made["应报事项"]
    sheet.insert_cols(1)
    sheet.insert_rows(4)
    sheet.row_dimensions[5].hidden = True
    made.save(book)
    taken = send(session, scene.clerk, scene.plan, book)
    assert taken.counts["new"] == 2
    assert "被隐藏" in str(taken.outcome["notices"])


def test_rows_that_contradict_each_other_are_refused(session: Session, scene: Scene, book: Path) -> None:
    mark = headings(book)["系统识别码"][0]
    made = send(session, scene.clerk, scene.plan, filled(book, FIRST, {"系统识别码": mark, "完成情况": "别的"}))
    assert made.counts["refused"] == 2


def test_a_text_file_is_read_as_well(session: Session, scene: Scene, book: Path, tmp_path: Path) -> None:
    marks = headings(book)["系统识别码"]
    path = tmp_path / "报送表.csv"
    path.write_bytes(f"系统识别码,完成情况,已完成数\n{marks[0]},已完成,1\n".encode("gb18030"))
    assert send(session, scene.clerk, scene.plan, path).counts["new"] == 1


def test_a_file_without_such_a_table_is_refused(session: Session, scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        send(session, scene.clerk, scene.plan, plain(tmp_path / "x.xlsx", ["姓名", "电话"], ["甲", "1"]))


def test_a_department_reports_by_book(session: Session, scene: Scene, tmp_path: Path) -> None:
    book = issued(session, scene.member, scene.plan, tmp_path / "教育局.xlsx")
    made = send(session, scene.member, scene.plan, filled(book, FIRST))
    service.apply(session, scene.member, made, version=1)
    assert (scene.department.state, made.unit_id) == ("reported", scene.unit.id)
