"""Timetables: nobody goes where they must keep away, no day is overfilled, nothing is lost, loads are even."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from inspect_app.campaigns.scheduling import FULL, Job, Placed, Plan, Timetable, assign, timetable
from inspect_app.core.labels import Sentence, say

MONDAY = date(2026, 6, 15)
HALF = Fraction(1, 2)
AWAY = say("回避。")


def days(count: int) -> list[date]:
    return [MONDAY + timedelta(days=number) for number in range(count)]


def jobs(*counts: tuple[str, int], cost: Fraction = HALF) -> list[Job]:
    return [Job(f"{county}-{number}", county, cost) for county, count in counts for number in range(count)]


def loads(made: Timetable, teams: Sequence[int]) -> list[int]:
    counted = Counter(each.team for each in made.placed)
    return [counted[team] for team in teams]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    count = draw(st.integers(0, 24))
    costs = st.sampled_from([Fraction(1), HALF, Fraction(1, 3), Fraction(1, 4)])
    given_jobs = [Job(f"job-{n}", draw(st.sampled_from("ABCD")), draw(costs)) for n in range(count)]
    teams = list(range(1, draw(st.integers(0, 4)) + 1))
    pairs = [(team, job.key) for team in teams for job in given_jobs]
    away = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    calendar = days(draw(st.integers(0, 12)))
    taken = {(team, day): draw(costs) for team in teams for day in calendar[:1]}
    return Plan(given_jobs, teams, calendar, dict.fromkeys(away, AWAY), taken)


@settings(max_examples=150, deadline=None)
@given(plans())
def test_avoidance_is_never_violated_and_no_day_overfilled_and_no_job_lost(plan: Plan) -> None:
    made = timetable(plan)
    assert not {(each.team, each.key) for each in made.placed} & plan.forbidden.keys()
    used: dict[tuple[int, date], Fraction] = dict(plan.taken)
    cost = {job.key: job.cost for job in plan.jobs}
    for each in made.placed:
        used[each.team, each.on] = used.get((each.team, each.on), Fraction(0)) + cost[each.key]
    assert all(part <= FULL for part in used.values())
    assert Counter([*(each.key for each in made.placed), *(each.key for each in made.unplaced)]) == Counter(cost.keys())
    assert all(str(each.why) for each in made.unplaced)


@settings(max_examples=150, deadline=None)
@given(plans())
def test_no_single_move_could_make_the_loads_more_even(plan: Plan) -> None:
    assigned, _homeless = assign(plan)
    for source, held in assigned.items():
        for target, there in assigned.items():
            movable = [job for job in held if (target, job.key) not in plan.forbidden]
            assert not movable or source == target or len(held) - len(there) <= 1


@settings(max_examples=60, deadline=None)
@given(plans())
def test_the_order_of_jobs_changes_nothing(plan: Plan) -> None:
    turned = Plan(list(reversed(plan.jobs)), plan.teams, plan.days, plan.forbidden, plan.taken)
    assert timetable(turned).placed == timetable(plan).placed


def test_without_avoidance_two_teams_differ_by_one_visit_at_most() -> None:
    made = timetable(Plan(jobs(("A", 7), ("B", 5), ("C", 1)), [1, 2, 3], days(10)))
    assert sorted(loads(made, [1, 2, 3])) == [4, 4, 5]


def test_a_county_stays_with_one_team_on_consecutive_days() -> None:
    made = timetable(Plan(jobs(("A", 4), ("B", 4)), [1, 2], days(10)))
    for county in "AB":
        own = [each for each in made.placed if each.key.startswith(county)]
        assert len({each.team for each in own}) == 1
        assert sorted({each.on for each in own}) == days(2)


def test_a_county_begins_a_day_of_its_own_where_there_is_time() -> None:
    made = timetable(Plan(jobs(("A", 1), ("B", 1)), [1], days(2)))
    assert made.placed == (Placed("A-0", 1, MONDAY), Placed("B-0", 1, days(2)[1]))


def test_counties_share_a_day_when_time_is_short() -> None:
    made = timetable(Plan(jobs(("A", 1), ("B", 1)), [1], days(1)))
    assert [each.on for each in made.placed] == [MONDAY, MONDAY]


def test_a_chain_of_moves_evens_out_what_one_move_cannot() -> None:
    """Team 3 may take only what team 2 holds, and team 2 only what team 1 holds."""
    every = [*jobs(("A", 4)), *jobs(("B", 2))]
    away = {(3, job.key): AWAY for job in every if job.county == "A"}
    away |= {(1, job.key): AWAY for job in every if job.county == "B"}
    made = timetable(Plan(every, [1, 2, 3], days(10), away))
    assert sorted(loads(made, [1, 2, 3])) == [2, 2, 2]


def test_what_every_team_must_avoid_comes_back_with_the_reasons() -> None:
    away: dict[tuple[int, str], Sentence] = {(1, "A-0"): say("甲须回避。"), (2, "A-0"): say("乙须回避。")}
    made = timetable(Plan(jobs(("A", 1)), [1, 2], days(2), away))
    assert str(made.unplaced[0].why) == "没有哪个组可以去：甲须回避。乙须回避。"


def test_what_finds_no_day_comes_back_and_is_not_dropped() -> None:
    made = timetable(Plan(jobs(("A", 3)), [1], days(1)))
    assert len(made.placed) == 2
    assert "排满" in str(made.unplaced[0].why)


def test_visits_a_team_has_already_count_in_its_load() -> None:
    made = timetable(Plan(jobs(("A", 4)), [1, 2], days(10), held={1: 4}))
    assert loads(made, [1, 2]) == [0, 4]


def test_five_hundred_visits_are_placed_at_once() -> None:
    every = [job for number in range(10) for job in jobs((f"C{number}", 50))]
    made = timetable(Plan(every, list(range(1, 9)), days(60)))
    assert not made.unplaced
    assert max(loads(made, range(1, 9))) - min(loads(made, range(1, 9))) <= 1
