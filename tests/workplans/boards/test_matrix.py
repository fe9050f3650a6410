"""The matrix without a database: worst looks, arrows, and sums that add up whatever is owed."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from inspect_app.core.clock import LOCAL
from inspect_app.workplans.boards.matrix import BETTER, SAME, WORSE, Group, Milestone, Wish, chosen, matrix_of
from inspect_app.workplans.boards.owed import Owed, Step, as_on
from inspect_app.workplans.boards.stuck import grouped, stuck_among
from inspect_app.workplans.words import Look, Part

FIRST, SECOND = Milestone(1, 1, "第一次", date(2026, 6, 5)), Milestone(2, 2, "第二次", date(2026, 11, 6))
DATES = (FIRST, SECOND)
HERE, THERE = (1, None), (2, None)


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=LOCAL)


def owed(number: int = 1, milestone: Milestone = FIRST, **over: object) -> Owed:
    plain = Owed(number, f"BS-{number}", HERE, Part.RESPONSIBLE, 1, milestone.id, milestone.due_on, None, "due", None)
    return replace(plain, **over)  # type: ignore[arg-type]


def accepted(number: int = 1, milestone: Milestone = FIRST, on: datetime | None = None, **over: object) -> Owed:
    on = on or at(6, 1)
    steps = (Step("report", "reported", on), Step("accept", "accepted", on))
    return owed(number, milestone, state="accepted", reported_at=on, steps=steps, **over)


def test_a_cell_shows_what_most_asks_for_somebody_to_act() -> None:
    both = [accepted(1), owed(2, part=Part.COOPERATING)]
    cell = matrix_of(both, Wish(), DATES, date(2026, 6, 6)).cells[1, HERE]
    assert cell.look is Look.OVERDUE
    assert cell.sums == Counter({Group.DONE: 1, Group.LATE: 1})


def test_a_reporting_date_shows_its_reports_and_the_obligations_that_fall_due_up_to_it() -> None:
    spring = owed(3, date_id=None, due_on=date(2026, 5, 12))
    autumn = owed(4, date_id=None, due_on=date(2026, 10, 13))
    winter = owed(5, date_id=None, due_on=date(2026, 12, 31))
    every = [owed(1), owed(2, SECOND), spring, autumn, winter]
    shown = {number: [each.id for each in chosen(every, Wish(number), DATES, FIRST.due_on)] for number in (1, 2, None)}
    assert shown == {1: [1, 3], 2: [2, 4], None: [1, 2, 3, 4, 5]}


def test_the_arrow_of_the_second_date_compares_with_the_first_as_it_stood_when_it_was_over() -> None:
    late_first = owed(1, reported_at=at(6, 20), state="reported", steps=(Step("report", "reported", at(6, 20)),))
    now = accepted(2, SECOND, at(11, 3))
    assert matrix_of([late_first, now], Wish(2), DATES, date(2026, 11, 10)).cells[1, HERE].trend == BETTER
    fallen = [accepted(1), owed(2, SECOND)]
    assert matrix_of(fallen, Wish(2), DATES, date(2026, 11, 10)).cells[1, HERE].trend == WORSE
    held = [accepted(1), accepted(2, SECOND, at(11, 3))]
    assert matrix_of(held, Wish(2), DATES, date(2026, 11, 10)).cells[1, HERE].trend == SAME


def test_without_an_earlier_date_the_arrow_compares_with_a_month_ago() -> None:
    reported = owed(1, reported_at=at(6, 3), state="reported", steps=(Step("report", "reported", at(6, 3)),))
    found = matrix_of([reported], Wish(), DATES, date(2026, 6, 10))
    assert found.compared_with == date(2026, 5, 11)
    assert found.cells[1, HERE].trend == BETTER
    assert matrix_of([reported], Wish(), DATES, date(2026, 8, 1)).cells[1, HERE].trend == SAME


def test_what_is_waived_has_no_arrow() -> None:
    waived = owed(1, state="waived", steps=(Step("waive", "waived", at(5, 1)),))
    assert matrix_of([waived], Wish(), DATES, date(2026, 8, 1)).cells[1, HERE].trend is None


def test_the_past_is_told_by_the_steps_taken_until_then() -> None:
    steps = (
        Step("report", "reported", at(6, 8)),
        Step("send_back", "returned", at(6, 12)),
        Step("report", "reported", at(6, 20)),
        Step("accept", "accepted", at(6, 25)),
        Step("excuse", "accepted", at(6, 30)),
    )
    whole = owed(state="accepted", reported_at=at(6, 8), excused=True, steps=steps)
    days = {6: Look.OVERDUE, 8: Look.REPORTED_LATE, 12: Look.RETURNED, 20: Look.REPORTED_LATE, 25: Look.ACCEPTED_LATE}
    assert {day: as_on(whole, date(2026, 6, day)).look(date(2026, 6, day)) for day in days} == days
    assert as_on(whole, date(2026, 6, 30)) == whole
    assert whole.look(date(2026, 6, 30)) is Look.ACCEPTED


def test_an_undone_report_never_came() -> None:
    steps = (Step("report", "reported", at(6, 1)), Step("undo_report", "due", at(6, 2)))
    assert as_on(owed(steps=steps), date(2026, 6, 1)).reported_at == at(6, 1)
    assert as_on(owed(steps=steps), date(2026, 6, 2)).reported_at is None


def test_what_is_stuck_is_told_longest_first_and_sent_back_work_from_the_day_it_came_back() -> None:
    missing = owed(1)
    back = owed(
        2, state="returned", reported_at=at(6, 4), owner=THERE, steps=(Step("send_back", "returned", at(6, 10)),)
    )
    early = owed(3, SECOND, state="returned", reported_at=at(6, 4), steps=(Step("send_back", "returned", at(6, 10)),))
    found = stuck_among([back, missing, early, accepted(4), owed(5, met=True)], date(2026, 6, 15))
    assert [(each.owed.id, each.since, each.days) for each in found] == [
        (1, date(2026, 6, 5), 10),
        (2, date(2026, 6, 10), 5),
    ]
    assert list(grouped(found, lambda each: each.owner)) == [HERE, THERE]


STATES = st.sampled_from(["due", "reported", "accepted", "returned", "waived"])
ANY = st.builds(
    owed,
    st.integers(1, 9),
    st.sampled_from(DATES),
    state=STATES,
    task_id=st.sampled_from([1, 2, 3, None]),
    owner=st.sampled_from([HERE, THERE, (1, 7)]),
    part=st.sampled_from(Part),
    met=st.booleans(),
    excused=st.booleans(),
    reported_at=st.none() | st.sampled_from([at(6, 1), at(6, 9), at(11, 9)]),
)
WISHES = st.builds(Wish, st.sampled_from([None, 1, 2]), st.none() | st.sampled_from(Part))


@given(st.lists(ANY), WISHES, st.dates(date(2026, 5, 1), date(2026, 12, 31)))
def test_rows_and_columns_add_up_to_the_whole_and_to_what_was_chosen(
    every: list[Owed], wish: Wish, today: date
) -> None:
    found = matrix_of(every, wish, DATES, today)
    whole = sum((cell.sums for cell in found.cells.values()), Counter())
    assert found.whole == whole == sum(found.rows.values(), Counter()) == sum(found.columns.values(), Counter())
    assert whole.total() == len(chosen(every, wish, DATES, today))


@given(st.lists(ANY), st.sampled_from(Group), st.dates(date(2026, 5, 1), date(2026, 12, 31)))
def test_the_rows_behind_a_sum_are_as_many_as_the_sum_says(every: list[Owed], group: Group, today: date) -> None:
    whole = matrix_of(every, Wish(1), DATES, today).whole
    assert len(chosen(every, Wish(1, group=group), DATES, today)) == whole[group]
