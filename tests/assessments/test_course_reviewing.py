from decimal import Decimal

import pytest

from inspect_app.assessments.course import opening, queries, tasks
from inspect_app.assessments.course.blockers import blockers
from inspect_app.assessments.course.gathering import gather_again
from inspect_app.assessments.lifecycle import APPEALING, REVIEWING
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid, StepRefused
from tests.assessments.course import (
    REASON,
    SHAWAN,
    WUSU,
    Year,
    bring_to,
    everybody,
    fill_in,
    points,
)


def test_what_people_fill_in_counts_once_an_assessor_accepts_it(year: Year) -> None:
    year.step("assessor", "begin")
    year.report("clerk", "A-4", 迟="3", 瞒="0")
    year.report("clerk", "A-3", numerator="1")
    year.send("clerk")
    for county in set(everybody(year)) - {WUSU}:
        fill_in(year, county)
    year.step("assessor", "review")
    assert year.line("A-4").standing == "pending"
    year.decide("assessor", "A-4", "accepted", "")
    assert points(year.line("A-4")) is not None
    assert year.line("A-4").standing == "counted"
    assert year.line("A-3").points is None


def test_a_bonus_counts_once_accepted_and_a_refused_claim_does_not(year: Year) -> None:
    year.step("assessor", "begin")
    year.report("clerk", "B-1", numerator="1")
    for county in everybody(year):
        fill_in(year, county)
    year.step("assessor", "review")
    assert [
        each.code for each in blockers(year.session, year.assessment) if each.county == WUSU and each.kind == "pending"
    ][-1] == "B-1"
    year.decide("assessor", "B-1", "kept", "没有推广文件")
    assert not year.line("B-1").points
    year.decide("assessor", "B-1", "accepted", "")
    assert year.line("B-1").points == Decimal(1)


def test_a_change_takes_two_and_keeps_the_computed_value(year: Year) -> None:
    bring_to(year, REVIEWING)
    before = year.line("A-1").computed_points
    year.propose("assessor", "A-1", points="5.5")
    assert points(year.line("A-1")) == "1.71"
    with pytest.raises(Forbidden, match="第二人"):
        year.confirm("assessor", "A-1")
    with pytest.raises(Forbidden):
        year.confirm("officer", "A-1")
    with pytest.raises(StepRefused):
        year.step("assessor", "announce")
    year.confirm("second", "A-1")
    line = year.line("A-1")
    assert points(line) == "5.50"
    assert line.computed_points == before
    assert (line.proposed_by_name, line.confirmed_by_name) == (year.users["assessor"].name, year.users["second"].name)
    assert line.change == {"points": "5.5", "reason": REASON}


def test_a_veto_raised_by_two_goes_before_the_grade(year: Year) -> None:
    bring_to(year, REVIEWING)
    year.propose("second", "V-1", numerator="1", code=SHAWAN)
    year.confirm("leader", "V-1", code=SHAWAN)
    assert year.sheet(SHAWAN).grade == "failed"


def test_a_reported_difference_stands_in_the_way_until_it_is_decided(year: Year) -> None:
    year.step("assessor", "begin")
    year.report("clerk", "A-1", "录入滞后", numerator="14", denominator="14")
    fill_in(year)
    for county in everybody(year):
        fill_in(year, county)
    year.step("assessor", "review")
    assert ("undecided", "A-1") in {(each.kind, each.code) for each in blockers(year.session, year.assessment)}
    with pytest.raises(Invalid):
        year.decide("assessor", "A-1", "accepted")
    with pytest.raises(Invalid):
        year.decide("assessor", "A-1", "kept", "")
    year.decide("assessor", "A-1", "kept", "没有销号单")
    assert ("undecided", "A-1") not in {(each.kind, each.code) for each in blockers(year.session, year.assessment)}


def test_nothing_is_announced_before_the_data_are_frozen(year: Year) -> None:
    year.step("assessor", "begin")
    for county in everybody(year):
        fill_in(year, county)
    year.step("assessor", "review")
    with pytest.raises(StepRefused, match="冻结"):
        year.step("assessor", "announce")


def test_after_freezing_facts_stay_as_they_were(year: Year) -> None:
    bring_to(year, REVIEWING)
    frozen = year.assessment.frozen_at
    assert frozen is not None
    later = gather_again(year.reference)
    with pytest.raises(Conflict, match="更正"), transaction():
        opening.compute(year.session, year.actor("assessor"), year.assessment, later)
    with pytest.raises(Conflict), transaction():
        opening.freeze_data(year.session, year.actor("assessor"), year.assessment, later)
    assert year.assessment.frozen_at == frozen


def test_appeals_are_answered_with_reasons_before_anything_is_published(year: Year) -> None:
    bring_to(year, APPEALING)
    year.appeal("clerk", "A-1", "五项销号单未计入")
    with pytest.raises(Conflict):
        year.appeal("head", "A-1", "五项销号单未计入")
    with pytest.raises(StepRefused):
        year.step("leader", "publish")
    with pytest.raises(Invalid) as refused:
        year.answer("assessor", "A-1", "upheld")
    assert "outcome" in refused.value.problems
    with pytest.raises(Invalid):
        year.answer("assessor", "A-1", "rejected", "")
    year.propose("assessor", "A-1", points="3")
    year.answer("assessor", "A-1", "upheld")
    year.confirm("leader", "A-1")
    assert points(year.line("A-1")) == "3.00"
    (appeal,) = queries.appeals_of(year.session, [year.sheet()])
    assert (appeal.outcome, appeal.answer) == ("upheld", REASON)


def test_each_person_is_told_what_to_do_now(year: Year) -> None:
    def told(name: str) -> list[str]:
        return [str(task.sentence) for task in tasks.tasks_of(year.session, year.actor(name))]

    assert told("assessor") == ["核对机算结果，开始自评"]
    assert told("clerk") == told("leader") == told("officer") == []
    year.step("assessor", "begin")
    assert told("clerk") == ["签阅：自评开始", "填报并报送自评，还有 2 项没有填"]
    bring = [sheet.county.code for sheet in queries.sheets_of(year.session, year.actor("leader"), year.assessment)]
    for county in bring:
        fill_in(year, county)
    year.step("assessor", "review")
    assert told("assessor") == ["评审差异和待评的指标 14 项"]
    year.propose("assessor", "A-1", points="3")
    assert told("second")[0] == told("leader")[0] == "复核别人提出的改动 1 项"
    assert told("assessor") == ["评审差异和待评的指标 14 项"]
