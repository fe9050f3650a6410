"""The year 2024 of 塔城地区: matrix, who is stuck and summaries say what a table worked out by hand says.

Who owes, by the notice: every county in all 19 tasks, which is 7 x 19 = 133 at each reporting date. Of departments,
the 20 members in the 16 tasks that call upon the members; besides them the regulator in task 5, the airport in 6, the
media centre in 11, and two offices of the party in 16; in 7, 8 and 18 the earthquake bureau alone. So 20 each in tasks
1 to 4, 9, 10, 12 to 15, 17 and 19 (240), 21 in 5, 6 and 11 (63), 22 in 16, 1 each in 7, 8 and 18 (3): 328 at each date.

What happened is `year.FATES`. At the end of the first date, of 133 + 328 = 461:
- waived 2: 裕民县 in task 7, the media centre in 11;
- late 18: 额敏县 in 15 and the police in its 16 tasks never came, the education bureau in 13 never came again;
- waiting 16: the water bureau, in 16 tasks;
- accepted the other 425.
On time: 459 are decided (all but the waived). Not on time are the police 16, 额敏县 in 13 and 15, 托里县 in 19 less 5
excused, the education bureau: 16 + 2 + 14 + 1 = 33. So 426 of 459.

At the second date: waived 1 (裕民县 in 7); late 2 (乌苏市 in 13, the garrison in 6, sent back); waiting 1 (the fire
brigade in 14); accepted 457. Decided 460; not on time 3: those two and 和布克赛尔 in 18, which came ten days late; the
fire brigade is excused. So 457 of 460.
"""

import io
from collections import Counter
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.workplans import facts
from inspect_app.workplans.boards.matrix import BETTER, SAME, WORSE, Matrix, Wish, matrix_of
from inspect_app.workplans.boards.reading import Known, read
from inspect_app.workplans.boards.stuck import grouped, stuck_among
from inspect_app.workplans.boards.summaries import Summary, row_of, summary_data, summary_of
from inspect_app.workplans.boards.workbook import write_summary
from inspect_app.workplans.words import Look
from tests.workplans.boards.year import (
    ALL,
    EMIN,
    END,
    HEFENG,
    MEMBERS,
    MIDDLE,
    OTHERS,
    SHAWAN,
    TACHENG,
    TUOLI,
    WUSU,
    YUMIN,
    Year,
    begin,
    on,
)

POLICE, WATER, SCHOOLS, GARRISON, FIRE = (
    "地区公安局", "地区水利局", "地区教育局", "塔城军分区", "地区消防救援支队",
)  # fmt: skip
OF_MEMBERS = [task for task in ALL if task not in (7, 8, 18)]


@pytest.fixture
def year(session: Session) -> Year:
    return begin(session)


def known_on(year: Year, day: date) -> Known:
    with on(day):
        return read(year.session, SYSTEM, year.plan)


def place(known: Known, who: str) -> tuple[int, int | None]:
    return next(each.place for each in known.owners.values() if who in (each.key, each.name))


def cell(known: Known, found: Matrix, who: str, task: int) -> tuple[Look, str | None]:
    key = next(each.id for each in known.tasks if each.position == task)
    shown = found.cells[key, place(known, who)]
    return shown.look, shown.trend


def arrows(known: Known, found: Matrix, trend: str | None) -> set[tuple[str, int]]:
    numbers, owners = {each.id: each.position for each in known.tasks}, known.owners
    return {
        (name if owners[who].place[1] else owners[who].key, numbers[task])
        for (task, who), each in found.cells.items()
        if each.trend == trend and (name := owners[who].name)
    }


def figures(summary: Summary) -> tuple[int, int, dict[str, int]]:
    return summary.on_time, summary.decided, {group.value: number for group, number in summary.sums.items() if number}


def test_the_board_three_days_after_the_first_date(year: Year) -> None:
    year.pass_until(MIDDLE)
    known = known_on(year, MIDDLE)
    assert ([each.key for each in known.counties], len(known.departments)) == (
        ["654201", WUSU, SHAWAN, EMIN, TUOLI, YUMIN, HEFENG],
        len(MEMBERS) + len(OTHERS),
    )
    assert [each.position for each in known.tasks] == list(ALL)
    found = matrix_of(known.owed, Wish(1), known.dates, known.today)
    # late by now: 额敏县 2, 托里县 19, police 16, sent back and not yet again 沙湾市 and the education bureau
    assert found.whole == Counter(done=404, reported=16, late=39, waived=2)
    assert cell(known, found, TUOLI, 1)[0] is Look.OVERDUE
    assert cell(known, found, SHAWAN, 9)[0] is Look.RETURNED
    assert cell(known, found, WATER, 9)[0] is Look.REPORTED
    assert cell(known, found, YUMIN, 7) == (Look.WAIVED, None)
    stuck = stuck_among(known.owed, known.today)
    assert {each.days for each in stuck} == {3}
    assert len(stuck) == 39


def test_the_board_at_the_end_of_the_year(year: Year) -> None:
    year.pass_until(END)
    known = known_on(year, END)
    first = matrix_of(known.owed, Wish(1), known.dates, known.today)
    assert first.whole == Counter(done=425, reported=16, late=18, waived=2)
    assert {key: row.total() for key, row in zip(ALL, first.rows.values(), strict=True)} == {
        **dict.fromkeys(ALL, 27), 5: 28, 6: 28, 11: 28, 16: 29, 7: 8, 8: 8, 18: 8,
    }  # fmt: skip
    columns = {each.name if each.place[1] else each.key: first.columns[each.place] for each in known.owners.values()}
    assert columns[POLICE] == Counter(late=16)
    assert columns[WATER] == Counter(reported=16)
    assert columns[EMIN] == Counter(done=18, late=1)
    assert columns["地区地震局"] == Counter(done=19)
    second = matrix_of(known.owed, Wish(2), known.dates, known.today)
    assert second.whole == Counter(done=457, reported=1, late=2, waived=1)
    assert second.compared_with == date(2024, 6, 8)
    better = {(EMIN, 13), (EMIN, 15), (SHAWAN, 9), (SCHOOLS, 13), *((TUOLI, task) for task in ALL)}
    better |= {(who, task) for who in (POLICE, WATER) for task in OF_MEMBERS}
    assert arrows(known, second, BETTER) == better
    assert arrows(known, second, WORSE) == {(WUSU, 13), (GARRISON, 6), (FIRE, 14)}
    assert arrows(known, second, None) == {(YUMIN, 7), ("地区融媒体中心", 11)}
    assert len(arrows(known, second, SAME)) == 461 - len(better) - 3 - 2
    whole = matrix_of(known.owed, Wish(), known.dates, known.today)
    assert whole.whole == first.whole + second.whole
    assert cell(known, whole, EMIN, 15)[0] is Look.OVERDUE
    assert cell(known, whole, TUOLI, 1)[0] is Look.ACCEPTED
    assert cell(known, whole, TUOLI, 6)[0] is Look.ACCEPTED_LATE
    assert cell(known, whole, FIRE, 14)[0] is Look.REPORTED


def test_who_is_stuck_at_the_end_of_the_year(year: Year) -> None:
    year.pass_until(END)
    known = known_on(year, END)
    stuck = stuck_among(known.owed, known.today)
    told = [
        (known.owners[each.owed.owner].name, known.by_task[each.owed.task_id].position, each.since, each.days)
        for each in stuck
    ]
    summer = date(2024, 6, 7)  # 23 days of June, 31 + 31 + 30 + 31 + 30 of July to November, 20 of December: 196
    assert sorted(told[:18]) == sorted(
        [("额敏县", 15, summer, 196), (SCHOOLS, 13, summer, 196), *((POLICE, task, summer, 196) for task in OF_MEMBERS)]
    )
    assert told[18:] == [("乌苏市", 13, date(2024, 11, 8), 42), (GARRISON, 6, date(2024, 11, 20), 30)]
    by_owner = grouped(stuck, lambda owed: owed.owner)
    assert next((known.owners[who].name, len(rows)) for who, rows in by_owner.items()) == (POLICE, 16)
    assert len(by_owner) == 5


def test_the_summaries_say_what_the_table_says(year: Year) -> None:
    year.pass_until(END)
    known = known_on(year, END)
    half, end, whole = (summary_of(known, Wish(number)) for number in (1, 2, None))
    assert figures(half) == (426, 459, {"done": 425, "reported": 16, "late": 18, "waived": 2})
    assert figures(end) == (457, 460, {"done": 457, "reported": 1, "late": 2, "waived": 1})
    assert figures(whole) == (883, 919, {"done": 882, "reported": 17, "late": 20, "waived": 3})
    assert [line.task.position for line in half.lines] == list(ALL)
    drills = row_of(known, half.lines[12])
    assert drills == {
        "task": "（十三）强化地震应急演练",
        "lead": "地区应急管理局",
        "progress": "应报 27：已认可 24，待审核 1，逾期或退回 2",
        "counties": "完成 7／7，逾期 0",
        "problems": drills["problems"],
    }
    assert set(drills["problems"].split("；")) == {
        "地区教育局退回后 196 天未重报",
        "地区公安局逾期 196 天未报",
    }
    assert row_of(known, half.lines[14])["counties"] == "完成 6／7，逾期 1"
    assert row_of(known, half.lines[6])["counties"] == "完成 6／6，逾期 0"
    data = summary_data(known, Wish(1))
    assert "按时 426 件，按时率 92.8%" in str(data["figures"])
    assert_workbook(half)
    assert_facts(year, known)


def assert_facts(year: Year, known: Known) -> None:
    """On time of decided by county: 额敏县 less 13 and 15, 托里县 less 14, 裕民县 owes task 7 no more."""
    told = {WUSU: (37, 38), SHAWAN: (38, 38), EMIN: (36, 38), TUOLI: (24, 38), YUMIN: (36, 36), HEFENG: (37, 38)}
    keys = [each.place[0] for each in known.counties]
    within = facts.Within(date(2024, 1, 1), date(2024, 12, 31))
    with on(END):
        found = facts.summed(facts.pieces_of(year.session, "feedback_on_time", keys, within))
        half = facts.Within(date(2024, 1, 1), date(2024, 6, 30))
        first = facts.summed(facts.pieces_of(year.session, "feedback_on_time", keys, half))
    counted = {each.key: tuple(map(int, found[each.place[0]])) for each in known.counties}
    assert counted == {TACHENG: (38, 38), **told}
    assert tuple(map(int, first[place(known, TUOLI)[0]])) == (5, 19)


def assert_workbook(half: Summary) -> None:
    """One row a task, the sums last."""
    out = io.BytesIO()
    with on(END):
        assert write_summary(half, SYSTEM, out) == 20
    rows = [[each.value for each in row] for row in load_workbook(out).worksheets[0].iter_rows()]
    supplies = next(row for row in rows if row[0] == "（十五）")
    assert supplies[3:12] == [27, 24, 1, 2, 0, 0, 7, 6, 1]
    assert rows[-1][1:9] == ["合计", None, 461, 425, 16, 18, 0, 2]
