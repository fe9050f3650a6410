from sqlalchemy.orm import Session

from inspect_app.core.database import transaction
from inspect_app.hazards.circumstances import standing_of
from inspect_app.hazards.presentation import as_data, stages, timeline
from inspect_app.hazards.rules import Limits
from inspect_app.hazards.words import State
from tests.hazards.stories import Story, day


def line(story: Story, state: str, *, major: bool = False) -> list[tuple[str, str]]:
    with transaction():
        hazard = story.reach(state, major=major)
    return [(stage.label, stage.status) for stage in stages(hazard, Limits())]


def test_a_general_hazard_passes_neither_plan_nor_acceptance(story: Story) -> None:
    assert line(story, State.RECTIFYING) == [
        ("登记", "ok"), ("交办", "ok"), ("整改", "now"), ("复查", ""), ("销号", ""),
    ]  # fmt: skip


def test_a_major_one_passes_both(story: Story) -> None:
    assert line(story, State.PLAN_SUBMITTED) == [
        ("登记", "ok"), ("交办", "ok"), ("方案批准", "now"), ("整改", ""), ("复查", ""), ("验收", ""), ("销号", ""),
    ]  # fmt: skip
    assert {status for _label, status in line(story, State.CLOSED, major=True)} == {"ok"}


def test_a_side_path_ends_the_line(story: Story) -> None:
    assert line(story, State.UNFOUNDED) == [("登记", "ok"), ("不属实", "now")]
    assert line(story, State.DRAFT)[0] == ("登记", "now")


def test_the_line_says_by_when_work_is_due(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
    notes = [str(stage.note) for stage in stages(hazard, Limits())]
    assert notes == ["06-15", "06-15", "应于 07-05 完成", "", ""]


def test_the_timeline_tells_who_gave_which_facts_the_latest_first(story: Story) -> None:
    with transaction():
        hazard = story.take(story.reach(State.RECHECKING), "fail_recheck")
    told = timeline(hazard)
    assert [each.label for each in told][:2] == ["复查不合格", "开始复查"]
    assert told[-1].label == "录入"
    cast = story.cast
    assert str(told[0].note) == f"复查意见：洞口已补强；复查人员：{cast.officer.name}、{cast.second.name}"
    assert told[0].by == cast.officer.name


def test_the_events_of_the_data_name_no_person(session: Session, story: Story) -> None:
    with transaction():
        hazard = story.reach(State.CLOSED)
    told = as_data(hazard, day("2026-06-15"))
    assert (told["state"], told["closed_on"], told["overdue"]) == ("closed", "2026-06-15", False)
    assert story.cast.officer.name not in str(told["events"])
    assert standing_of(session, story.cast.clerk, hazard).captures


def test_the_line_says_when_interim_control_is_reviewed(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.SUSPENDED)
    assert "应于 09-13 复核" in [str(stage.note) for stage in stages(hazard, Limits())]
