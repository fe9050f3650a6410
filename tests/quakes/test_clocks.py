"""An earthquake starts the clocks of its place and no others; reports stop them at the server's time."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core.errors import Conflict, Forbidden, Invalid, StepRefused
from inspect_app.quakes import service
from inspect_app.quakes.faults import in_force
from inspect_app.quakes.models import Quake
from inspect_app.quakes.reporting import Wish, correct_report, tick
from inspect_app.quakes.rules import standing
from inspect_app.quakes.words import FaultKind, ReportKind, Standing
from tests.quakes.factories import (
    INSTANT,
    LITONG,
    TACHENG,
    WUSU,
    WUZHONG,
    ZHANGYE,
    after,
    make_quake,
    make_report,
    person,
)

ALL_OF_ZHANGYE = {"first", "push", "share", "response", "damage", "cross_check"}


def running(quake: Quake) -> set[tuple[str, str]]:
    return {(each.code, each.region.code) for each in quake.clocks if each.cancelled_at is None}


def standings(quake: Quake, minutes: float) -> dict[str, Standing]:
    return {each.code: standing(each, INSTANT + timedelta(minutes=minutes)) for each in quake.clocks}


def test_m_3_4_in_zhangye_starts_every_clock_at_its_instant(session: Session) -> None:
    quake = make_quake(session)
    assert quake.reference == "DZ-20260615-01"
    assert running(quake) == {(code, ZHANGYE) for code in ALL_OF_ZHANGYE}
    first = quake.clocks[0]
    assert (first.code, first.starts_at, first.due_at) == ("first", INSTANT, INSTANT + timedelta(minutes=15))
    assert first.obligation == "ZY-08a"
    assert "指挥部各成员单位" in first.receivers
    assert {each.due_at for each in quake.clocks[1:]} == {None}


def test_m_2_9_starts_none(session: Session) -> None:
    assert make_quake(session, magnitude=Decimal("2.9")).clocks == []


def test_tacheng_and_litong_have_rules_of_their_own(session: Session) -> None:
    here = make_quake(session, TACHENG, WUSU)
    assert running(here) == {("first", TACHENG), ("first", WUSU)}
    assert {each.due_at for each in here.clocks} == {INSTANT + timedelta(minutes=30)}
    there = make_quake(session, WUZHONG, LITONG)
    assert running(there) == {("first", LITONG), ("damage", LITONG)}
    assert {each.due_at for each in there.clocks} == {None}
    assert make_quake(session, WUZHONG).clocks == [], "outside Litong nobody has set anything"


def test_what_has_no_minutes_is_never_late(session: Session) -> None:
    quake = make_quake(session, WUZHONG, LITONG)
    assert set(standings(quake, 10_000).values()) == {Standing.NO_LIMIT}
    make_report(session, quake, ReportKind.FIRST, 9_000)
    assert in_force(quake) == []


@pytest.mark.parametrize(("minutes", "expected", "faults"), [(12, "met", []), (15, "met", []), (21, "late", ["late"])])
def test_twelve_minutes_are_in_time_and_twenty_one_are_not(
    session: Session, minutes: int, expected: str, faults: list[str]
) -> None:
    quake = make_quake(session)
    made = make_report(session, quake, ReportKind.FIRST, minutes)
    assert (made.made_at, quake.state) == (INSTANT + timedelta(minutes=minutes), "first_reported")
    assert standings(quake, 600)["first"] == expected
    assert [each.kind.value for each in in_force(quake)] == faults
    assert [each.penalty for each in in_force(quake)] == [Decimal("0.5")] * len(faults)


def test_a_magnitude_corrected_up_starts_clocks_when_the_correction_is_received(session: Session) -> None:
    quake = make_quake(session, magnitude=Decimal("2.9"))
    with after(40) as moment:
        service.correct(session, SYSTEM, quake, {"magnitude": Decimal("3.1")}, "正式测定")
    assert running(quake) == {(code, ZHANGYE) for code in ALL_OF_ZHANGYE}
    first = quake.clocks[0]
    assert (first.starts_at, first.due_at) == (moment, moment + timedelta(minutes=15))
    kept = quake.events[-1].facts
    assert (kept["before"], kept["after"]) == ({"magnitude": "2.9"}, {"magnitude": "3.1"})


def test_a_magnitude_corrected_down_cancels_clocks_with_a_record(session: Session) -> None:
    quake = make_quake(session, magnitude=Decimal("3.1"))
    make_report(session, quake, ReportKind.FIRST, 21)
    with after(40) as moment:
        service.correct(session, SYSTEM, quake, {"magnitude": Decimal("2.9")}, "正式测定")
    assert running(quake) == set()
    assert {(each.cancelled_at, each.reason) for each in quake.clocks} == {(moment, "更正后的震级不到起算震级")}
    assert in_force(quake) == [], "what was late on a clock that should not have run does not count"
    assert [each.kind for each in quake.faults] == [FaultKind.LATE], "and yet it is on record"


def test_a_correction_that_changes_nothing_is_refused(session: Session) -> None:
    quake = make_quake(session)
    with pytest.raises(StepRefused, match="一样"):
        service.correct(session, SYSTEM, quake, {"magnitude": Decimal("3.4")}, "核对")


def test_follow_ups_come_again_every_four_hours_until_the_response_ends(session: Session) -> None:
    quake = make_quake(session, TACHENG)
    make_report(session, quake, ReportKind.FIRST, 20)
    make_report(session, quake, ReportKind.FOLLOWUP, 120)
    follow = [each for each in quake.clocks if each.code == "followup"]
    assert [each.number for each in follow] == [1, 2]
    assert follow[1].due_at == INSTANT + timedelta(minutes=120 + 240)
    with after(200):
        service.end(session, SYSTEM, quake)
    assert follow[1].cancelled_at is not None
    final = quake.clocks[-1]
    assert (final.code, final.due_at) == ("final", INSTANT + timedelta(minutes=200, days=10))
    make_report(session, quake, ReportKind.FINAL, 300)
    assert (quake.state, standing(final, INSTANT + timedelta(days=99))) == ("final_reported", Standing.MET)
    assert in_force(quake) == []


def test_a_follow_up_that_never_came_was_omitted(session: Session) -> None:
    quake = make_quake(session, TACHENG)
    make_report(session, quake, ReportKind.FIRST, 20)
    make_report(session, quake, ReportKind.FINAL, 20 + 241)
    assert {each.kind: each.penalty for each in in_force(quake)} == {FaultKind.OMITTED: Decimal("1.5")}


def test_a_county_that_reported_nothing_by_the_end_omitted_its_first_report(session: Session) -> None:
    quake = make_quake(session, TACHENG, WUSU)
    make_report(session, quake, ReportKind.FIRST, 5)
    make_report(session, quake, ReportKind.FINAL, 10)
    assert [(each.region.code, each.kind) for each in in_force(quake)] == [(WUSU, FaultKind.OMITTED)]


def test_a_report_made_twice_is_refused_and_a_correction_is_a_wrong_report(session: Session) -> None:
    quake = make_quake(session)
    made = make_report(session, quake, ReportKind.FIRST, 5)
    with pytest.raises(Conflict, match="已经报过"):
        make_report(session, quake, ReportKind.FIRST, 6)
    with after(7):
        better = correct_report(session, SYSTEM, quake, made.id, Wish(ReportKind.FIRST, "震中应为丙乡。"))
    assert (better.corrects, quake.reports[0].text) == (made, made.text)
    assert [(each.kind, each.penalty) for each in in_force(quake)] == [(FaultKind.WRONG, Decimal(1))]
    with pytest.raises(Conflict, match="最新"):
        correct_report(session, SYSTEM, quake, made.id, Wish(ReportKind.FIRST, "又改。"))


def test_receivers_are_ticked_off_once(session: Session) -> None:
    quake = make_quake(session)
    made = make_report(session, quake, ReportKind.FIRST, 5)
    with after(6):
        one = tick(session, SYSTEM, quake, made.id, "市委", acknowledged=False)
    with after(9):
        again = tick(session, SYSTEM, quake, made.id, "市委", acknowledged=False)
        tick(session, SYSTEM, quake, made.id, "市委", acknowledged=True)
    assert one is again
    assert [(each.receiver, each.acknowledged) for each in made.deliveries] == [("市委", False), ("市委", True)]


def test_people_report_for_their_own_place_only(session: Session) -> None:
    quake = make_quake(session, TACHENG, WUSU)
    county, elsewhere = person(session, Role.COUNTY_CLERK, WUSU), person(session, Role.COUNTY_CLERK, "654221")
    made = make_report(session, quake, ReportKind.FIRST, 5, actor=county)
    assert made.region.code == WUSU
    with pytest.raises(Forbidden):
        make_report(session, quake, ReportKind.FIRST, 6, actor=elsewhere)
    with pytest.raises(Conflict, match="还没有宣布结束"):
        make_report(session, quake, ReportKind.FINAL, 7, actor=county)


def test_what_cannot_be_true_is_refused_with_every_reason(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        make_quake(session, magnitude=Decimal("3.45"), longitude=Decimal(200), place=" ", source="")
    assert {"magnitude", "longitude", "place"} <= refused.value.problems.keys()
    with pytest.raises(Invalid, match="不要填 0"):
        make_report(session, make_quake(session), ReportKind.DAMAGE, 5, figures={"deaths": -1})


def test_posting_twice_changes_nothing(session: Session) -> None:
    first = make_quake(session, external_id="CENC-1")
    again = make_quake(session, external_id="CENC-1", magnitude=Decimal("5.0"))
    assert again is first
    assert again.magnitude == Decimal("3.4")


def test_a_cancelled_event_counts_nowhere(session: Session) -> None:
    quake = make_quake(session)
    make_report(session, quake, ReportKind.FIRST, 30)
    with after(50):
        service.cancel(session, SYSTEM, quake, "误触发")
    assert (running(quake), in_force(quake), quake.state) == (set(), [], "cancelled")
    with pytest.raises(Conflict, match="已撤销"):
        make_report(session, quake, ReportKind.FOLLOWUP, 60)


def test_a_review_lists_measures_or_says_that_nothing_was_found(session: Session) -> None:
    quake = make_quake(session)
    make_report(session, quake, ReportKind.FINAL, 60)
    with after(99):
        with pytest.raises(StepRefused, match="整改措施"):
            service.review(session, SYSTEM, quake, "总体有序。", nothing_found=False)
        service.review(session, SYSTEM, quake, "总体有序。", nothing_found=True)
    assert quake.state == "reviewed"
    assert {each.code for each in quake.clocks if each.done_at} == {"review", "review_seismic"}
