import pytest

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import transaction
from inspect_app.core.errors import StepRefused
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.service import take_step
from inspect_app.hazards.summary import verify
from inspect_app.hazards.words import State
from tests.hazards.stories import MAJOR_PATHS, PATHS, Story

ALLOWED = {
    State.DRAFT: "register transfer merge unfounded withdraw",
    State.REGISTERED: "assign split transfer merge unfounded withdraw put_back",
    State.ASSIGNED: "accept split transfer merge unfounded",
    State.ACCEPTED: "start submit_plan suspend split transfer merge unfounded",
    State.PLAN_SUBMITTED: "approve_plan return_plan",
    State.RECTIFYING: "request_extension pause_clock run_clock report_done suspend split",
    State.EXTENSION_PENDING: "approve_extension refuse_extension",
    State.DONE: "start_recheck",
    State.RECHECKING: "pass_recheck pass_to_acceptance fail_recheck",
    State.ACCEPTANCE: "pass_acceptance fail_acceptance",
    State.CLOSURE_PENDING: "close return_closure",
    State.CLOSED: "look_back correct",
    State.SUSPENDED: "review resume",
    State.TRANSFERRED: "correct",
    State.MERGED: "correct",
    State.UNFOUNDED: "correct",
    State.WITHDRAWN: "",
}
ACTIONS = sorted({action for actions in ALLOWED.values() for action in actions.split()})


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", State)
def test_the_table_holds_exactly_the_allowed_pairs(state: State, action: str) -> None:
    assert (HAZARD_LIFE.step(action, state) is not None) == (action in ALLOWED[state].split())


def test_the_table_has_no_other_action() -> None:
    assert {step.action for step in HAZARD_LIFE.steps} == set(ACTIONS)


@pytest.mark.parametrize("state", State)
def test_every_step_out_of_order_is_refused_and_changes_nothing(story: Story, state: State) -> None:
    with transaction():
        hazard = story.reach(state)
    version = hazard.version
    for action in ACTIONS:
        if action not in ALLOWED[state].split():
            with transaction(), pytest.raises(StepRefused, match="没有这个操作"):
                take_step(story.session, SYSTEM, hazard, action, {})
    assert (hazard.state, hazard.version) == (state, version)


@pytest.mark.parametrize("state", PATHS)
def test_a_general_hazard_reaches_every_state_of_its_path(story: Story, state: str) -> None:
    with transaction():
        hazard = story.reach(state)
    assert hazard.state == state
    assert HAZARD_LIFE.replay(hazard.events) == state
    assert not verify(story.session)


@pytest.mark.parametrize("state", MAJOR_PATHS)
def test_a_major_hazard_reaches_every_state_of_its_path(story: Story, state: str) -> None:
    with transaction():
        hazard = story.reach(state, major=True)
    assert hazard.state == state
    assert HAZARD_LIFE.replay(hazard.events) == state
    assert not verify(story.session)
