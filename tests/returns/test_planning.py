from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from inspect_app.hazards.inputs import COLUMNS
from inspect_app.hazards.words import State
from inspect_app.returns.fields import Field
from inspect_app.returns.matching import Known, Likeness, fingerprints
from inspect_app.returns.plan import FROM_FILE, FROM_SYSTEM, Group, Plan, digest_of
from inspect_app.returns.planning import Holdings, Issued, make_plan
from inspect_app.returns.result import Duplicate, Ignored, Outcome, Problem, ReadResult, Rejection, Row
from inspect_app.returns.rowkinds import RowKind
from tests.returns.rows import COMPLETE, row

COUNTY, TOWNSHIP, OTHER_TOWNSHIP = 1, 11, 12
REPORT = date(2026, 6, 30)
CLAIMED = "县区报告整改中"
EMPTY: dict[str, int] = dict.fromkeys(map(str, Group), 0)


@dataclass(frozen=True)
class Hazard:
    id: int = 5
    reference: str = "YH-654202-2026-QT-0001"
    fingerprint: str = ""
    region_id: int = TOWNSHIP
    state: str = State.REGISTERED
    grade: str | None = "general"
    site_name: str = COMPLETE.site or ""
    description: str = COMPLETE.description
    found_on: date | None = COMPLETE.found_on
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
    assert plan.counts == {
        **EMPTY,
        "create": 1,
        "unchanged": 1,
        "duplicates": 3,
        "refused": 1,
        "ignored": 3,
    }
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


def test_where_a_person_and_the_file_have_changed_one_cell_both_are_kept_for_a_decision() -> None:
    plan = plan_of(row(measures="整体拆除"), held=[Hazard()], settled={5: {"measures": "另议"}})
    (conflict,) = plan.conflicts
    assert plan.counts[Group.CONFLICTS] == plan.total == 1
    assert conflict.clashes == {"measures": ("另议", "拆除重砌并设置构造柱", "整体拆除")}
    assert plan.taken({}) == {}
    assert plan.taken({conflict.reference: {"measures": FROM_SYSTEM}}) == {}
    assert plan.taken({conflict.reference: {"measures": FROM_FILE}}) == {5: {"measures": "整体拆除"}}


def test_the_other_cells_of_a_row_in_conflict_are_updated_whatever_is_decided() -> None:
    said = row(measures="整体拆除", responsible_person="钱进")
    plan = plan_of(said, held=[Hazard()], settled={5: {"measures": "另议"}})
    assert (plan.counts[Group.CONFLICTS], plan.counts[Group.UPDATE]) == (1, 0)
    assert plan.taken({}) == {5: {"responsible_person": "钱进"}}


def test_a_cell_that_a_person_has_changed_to_what_the_file_says_is_no_conflict() -> None:
    plan = plan_of(row(), held=[Hazard()], settled={5: {"measures": "另议"}})
    assert plan.counts[Group.UNCHANGED] == 1


def test_a_conflict_over_a_cell_that_may_not_be_changed_now_needs_no_decision() -> None:
    plan = plan_of(
        row(measures="整体拆除"), held=[Hazard()], settled={5: {"measures": ""}}, may_change=lambda _hazard: set()
    )
    assert remarks_of(plan) == ["R_STAGE"]


def issued(**base: Any) -> dict[str, Issued]:  # noqa: ANN401 - any column
    """Return the one hazard of a workbook that was issued, with the cells that went out otherwise than they are now."""
    held = Hazard(description="西侧围墙倾斜")
    columns = (
        "description",
        "site_name",
        "found_on",
        "responsible_unit_name",
        "responsible_person",
        "measures",
        "grade",
    )
    return {"H5": Issued(held, {**{name: getattr(held, name) for name in columns}, **base})}


def test_a_row_of_an_issued_workbook_is_known_by_its_key_and_only_its_edits_count() -> None:
    said = row(key="H5", description="西侧围墙倾斜开裂，长约8米", measures="")
    (update,) = plan_of(said, issued=issued()).update
    assert dict(update.changes) == {"description": ("西侧围墙倾斜", "西侧围墙倾斜开裂，长约8米")}


def test_a_row_of_an_issued_workbook_that_came_back_as_it_went_out_changes_nothing() -> None:
    said = row(key="H5", description="西侧围墙倾斜", measures="旧办法")
    assert plan_of(said, issued=issued(measures="旧办法")).counts[Group.UNCHANGED] == 1


def test_a_cell_of_an_issued_workbook_that_both_have_changed_is_a_conflict() -> None:
    said = row(key="H5", description="西侧围墙倾斜", measures="整体拆除")
    changed = {5: {"measures": "旧办法"}}
    (conflict,) = plan_of(said, issued=issued(measures="旧办法"), settled=changed).conflicts
    assert conflict.clashes == {"measures": ("旧办法", "拆除重砌并设置构造柱", "整体拆除")}


def test_what_a_return_of_the_county_has_changed_meanwhile_is_no_conflict() -> None:
    said = row(key="H5", description="西侧围墙倾斜", measures="整体拆除")
    (update,) = plan_of(said, issued=issued(measures="旧办法")).update
    assert dict(update.changes) == {"measures": ("拆除重砌并设置构造柱", "整体拆除")}


def test_a_key_that_was_copied_speaks_of_its_hazard_once() -> None:
    said = row(key="H5", description="西侧围墙倾斜", measures="整体拆除")
    plan = plan_of(said, said._replace(number=5, description="另一处"), issued=issued())
    assert (plan.counts[Group.UPDATE], [double.row.number for double in plan.duplicates]) == (1, [5])


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
    other = Hazard(site_name="另一所学校", description="避难场所标识缺失")
    plan = plan_of(row(reference=other.reference), by_reference={other.reference: other})
    assert [double.reference for double in plan.duplicates] == [other.reference]


@pytest.mark.parametrize("told", [{"site": "白杨沟镇中心小学"}, {"description": "避难场所标识缺失"}])
def test_a_row_with_the_number_of_a_hazard_at_its_object_or_in_its_words_is_that_hazard(told: dict[str, Any]) -> None:
    known = Hazard(site_name="白杨沟镇中心小学", description="避难场所标识缺失")
    said = row()._replace(**{"site": "白杨沟小学", "description": "标识缺失", "reference": known.reference, **told})
    (match,) = plan_of(said, by_reference={known.reference: known}).unchanged
    assert match.reference == known.reference


def test_the_digest_changes_when_a_row_comes_to_something_else() -> None:
    shown = digest_of(plan_of(row(measures="整体拆除"), held=[Hazard()]).as_json())
    assert shown == digest_of(plan_of(row(measures="整体拆除"), held=[Hazard()]).as_json())
    assert shown != digest_of(plan_of(row(measures="整体拆除"), held=[Hazard(measures="另议")]).as_json())
    assert shown != digest_of(plan_of(row(measures="整体拆除")).as_json())
