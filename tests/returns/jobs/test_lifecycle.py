from itertools import product

import pytest

from inspect_app.returns.jobs.lifecycle import JOB_LIFE, STATES

ALLOWED = {
    ("start", "waiting"): "running",
    ("finish", "running"): "done",
    ("fail", "waiting"): "failed",
    ("fail", "running"): "failed",
    ("cancel", "waiting"): "cancelled",
    ("cancel", "running"): "cancelled",
    ("restart", "waiting"): "waiting",
    ("restart", "running"): "waiting",
}
ACTIONS = ("start", "finish", "fail", "cancel", "restart")


@pytest.mark.parametrize(("action", "state"), list(product(ACTIONS, STATES)))
def test_exactly_the_known_steps_exist(action: str, state: str) -> None:
    step = JOB_LIFE.step(action, state)
    assert (step and step.target) == ALLOWED.get((action, state))
