from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from inspect_app.hazards.inputs import COLUMNS
from inspect_app.hazards.words import State
from inspect_app.returns.fields import Field
from inspect_app.returns.matching import Known, Likeness, fingerprints
from inspect_app.returns.plan import Group, Plan, digest_of
from inspect_app.returns.planning import Holdings, make_plan
from inspect_app.returns.result import Duplicate, Ignored, Outcome, Problem, ReadResult, Rejection, Row
from inspect_app.returns.rowkinds import RowKind
from tests.returns.rows import COMPLETE, row

COUNTY, TOWNSHIP, OTHER_TOWNSHIP = 1, 11, 12
REPORT = date(2026, 6, 30)
CLAIMED = "县区报告整改中"


@dataclass(frozen=True)
class Hazard:
    id: int = 5
    reference: str = "YH-654202-2026-QT-0001"
    fingerprint: str = ""
    region_id: int = TOWNSHIP
    state: str = State.REGISTERED
    grade: str | None = "general"
    responsible_unit_name: str = COMPLETE.responsible_unit
    responsible_person: str = "赵强"
    measures: str = "拆除重砌并设置构造柱"
    due_on: date | None = date(2026, 7, 20)
    progress: str = CLAIMED


def plan_of(*rows: Row, held: Collection[Hazard] = (), **over: Any) -> Plan:  # noqa: ANN401 - any part of Holdings
    by_print = {fingerprints("654202", [COMPLETE])[0]: list(held)}
    known: dict[str, Any] = {
        "county_id": COUNTY,
        "report_on": REPORT,
        "by_fingerprint": by_print,
        "may_change": lambda _hazard: set(COLUMNS),
        "townships": {"654202100": TOWNSHIP, "654202101": OTHER_TOWNSHIP},
    }
    read = ReadResult(Outcome.IMPORT, list(rows))
    return make_plan(read, fingerprints("654202", rows), Holdings(**{**known, **over}))


def remarks_of(plan: Plan) -> list[str]:
    return [remark.code for match in (*plan.update, *plan.unchanged) for remark in match.remarks]


def test_every_row_of_the_file_is_in_exactly_one_group() -> None:
    read = ReadResult(
        Outcome.IMPORT,
        [row(4), row(5, description="另一处隐患"), row(6, description="再一处隐患"), row(7)],
        [Rejection("台账", 8, (Problem("E_DATE_INVALID", Field.FOUND_ON, "发现日期", "2月30日"),))],
        [Duplicate(row(9), row(4))],
        [Ignored("台账", number, RowKind.TITLE) for number in (1, 2, 3)],
    )
    prints = fingerprints("654202", read.rows)
    likeness = Likeness([Known("YH-2", COMPLETE.site or "", "再一处隐患", COMPLETE.found_on)])
    holdings = Holdings(COUNTY, REPORT, {prints[0]: [Hazard()]}, lambda _hazard: set(COLUMNS), likeness)
    plan = make_plan(read, prints, holdings)
    assert sorted(number for _, number in plan.places()) == list(range(1, 10))
    assert plan.counts == {"create": 1, "update": 0, "unchanged": 1, "duplicates": 3, "refused": 1, "ignored": 3}
    assert plan.total == 9


def test_a_finding_that_is_held_with_the_same_cells_is_unchanged() -> None:
    plan = plan_of(row(), held=[Hazard()])
    assert plan.counts[Group.UNCHANGED] == 1
    assert remarks_of(plan) == []


def test_an_update_shows_each_cell_before_and_after() -> None:
    (update,) = plan_of(row(measures="整体拆除", responsible_person="钱进"), held=[Hazard()]).update
    assert dict(update.changes) == {
        "measures": ("拆除重砌并设置构造柱", "整体拆除"),
        "responsible_person": ("赵强", "钱进"),
    }


def test_an_empty_cell_erases_nothing() -> None:
    empty = row(measures=None, responsible_person=None, grade=None, due_on=None, status=None)
    assert plan_of(empty, held=[Hazard()]).counts[Group.UNCHANGED] == 1


def test_a_due_date_is_never_moved_by_a_file() -> None:
    plan = plan_of(row(due_on=date(2026, 12, 31)), held=[Hazard()])
    assert plan.counts[Group.UNCHANGED] == 1
    assert remarks_of(plan) == ["R_DUE_KEPT"]


def test_beside_another_change_the_kept_due_date_is_a_warning() -> None:
    plan = plan_of(row(due_on=date(2026, 12, 31), measures="整体拆除"), held=[Hazard()])
    assert [set(update.changes) for update in plan.update] == [{"measures"}]
    assert remarks_of(plan) == ["R_DUE_KEPT"]


def test_a_due_date_that_was_missing_is_filled_in() -> None:
    (update,) = plan_of(row(), held=[Hazard(due_on=None)]).update
    assert dict(update.changes) == {"due_on": (None, date(2026, 7, 20))}


@pytest.mark.parametrize(
    ("status", "done_on", "claim"),
    [
        ("rectified", date(2026, 6, 20), "县区报告已整改（2026-06-20）"),
        ("rectified", None, "县区报告已整改（2026-06-30）"),
        ("rectifying", None, "县区报告整改中"),
        ("open", None, ""),
        (None, None, ""),
    ],
)
def test_what_a_file_says_about_the_work_is_only_a_claim(status: str | None, done_on: date | None, claim: str) -> None:
    (creation,) = plan_of(row(status=status, done_on=done_on)).create
    assert creation.progress == claim


def test_a_new_claim_replaces_the_claim_before_and_nothing_else() -> None:
    (update,) = plan_of(row(status="rectified", done_on=date(2026, 6, 20)), held=[Hazard()]).update
    assert dict(update.changes) == {"progress": (CLAIMED, "县区报告已整改（2026-06-20）")}


def test_a_claim_without_a_day_is_not_made_anew_every_month() -> None:
    held = Hazard(progress="县区报告已整改（2026-05-31）")
    assert plan_of(row(status="rectified"), held=[held]).counts[Group.UNCHANGED] == 1


def test_words_of_people_about_the_work_are_not_overwritten_by_a_claim() -> None:
    plan = plan_of(row(status="rectified"), held=[Hazard(progress="已完成基础开挖")])
    assert plan.counts[Group.UNCHANGED] == 1
    assert remarks_of(plan) == ["R_CHANGED_HERE"]


@pytest.mark.parametrize("state", [State.CLOSED, State.TRANSFERRED, State.MERGED, State.UNFOUNDED])
def test_an_ended_hazard_is_read_only(state: State) -> None:
    plan = plan_of(row(measures="整体拆除"), held=[Hazard(state=state)])
    assert plan.counts[Group.UNCHANGED] == 1
    assert remarks_of(plan) == ["R_ENDED"]


def test_a_closed_hazard_that_the_file_too_calls_rectified_needs_no_word() -> None:
    plan = plan_of(row(status="rectified"), held=[Hazard(state=State.CLOSED)])
    assert remarks_of(plan) == []


def test_a_cell_that_may_not_be_changed_now_is_kept_with_a_warning() -> None:
    plan = plan_of(
        row(measures="整体拆除", responsible_person="钱进"),
        held=[Hazard(state=State.RECTIFYING)],
        may_change=lambda _hazard: {"responsible_person"},
    )
    assert [set(update.changes) for update in plan.update] == [{"responsible_person"}]
    assert remarks_of(plan) == ["R_STAGE"]


def test_what_a_person_has_changed_here_is_not_overwritten() -> None:
    plan = plan_of(row(measures="整体拆除"), held=[Hazard()], settled={5: {"measures"}})
    assert plan.counts[Group.UNCHANGED] == 1
    assert remarks_of(plan) == ["R_CHANGED_HERE"]


def test_an_older_return_overwrites_nothing() -> None:
    plan = plan_of(row(measures="整体拆除"), held=[Hazard()], newer="BB-654202-20260731-01")
    assert plan.counts[Group.UNCHANGED] == 1
    assert remarks_of(plan) == ["R_OLDER"]


def test_the_same_finding_in_another_township_is_another_hazard() -> None:
    plan = plan_of(row(), row(5, township_code="654202101"), held=[Hazard()])
    assert plan.counts[Group.UNCHANGED] == 1
    assert [creation.row.number for creation in plan.create] == [5]


def test_a_file_that_names_no_township_still_finds_the_hazard() -> None:
    assert plan_of(row(township_code=None), held=[Hazard()]).counts[Group.UNCHANGED] == 1


def test_a_second_row_about_one_finding_is_a_duplicate() -> None:
    plan = plan_of(row(), row(5, responsible_unit="乌苏市应急管理局"))
    assert [double.row.number for double in plan.duplicates] == [5]


def test_a_row_with_the_number_of_a_hazard_it_does_not_describe_is_left_to_a_person() -> None:
    plan = plan_of(row(reference="YH-9"), references={"YH-9"})
    assert [double.reference for double in plan.duplicates] == ["YH-9"]


def test_the_digest_changes_when_a_row_comes_to_something_else() -> None:
    shown = digest_of(plan_of(row(measures="整体拆除"), held=[Hazard()]).as_json())
    assert shown == digest_of(plan_of(row(measures="整体拆除"), held=[Hazard()]).as_json())
    assert shown != digest_of(plan_of(row(measures="整体拆除"), held=[Hazard(measures="另议")]).as_json())
    assert shown != digest_of(plan_of(row(measures="整体拆除")).as_json())
