"""Ten thousand steps by people who press whatever they like: the inventory holds together all the way.

On PostgreSQL, where every statement is a journey to a server, a fifth of them: the walk is the same, only shorter.
"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import DomainError
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import evidence_of
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import FINAL_STATES
from inspect_app.hazards.service import mark_listed, update
from inspect_app.hazards.summary import verify as count_again
from inspect_app.hazards.verifying import verify
from inspect_app.hazards.words import ENGINEERING_PAPERS, RECHECK_PASSED, VACATED, Grade, MeasureType, State
from tests.hazards.stories import Story

# taken by nothing but the undoing of a return
UNDOING = {"withdraw", "put_back"}
STEPS, STEPS_ON_A_SERVER, SEED = 10_000, 2_000, 20260615
BATCH, AT_ONCE, LOOK_EVERY, TURNS_OF_ONE = 25, 12, 100, 30
CARELESS, OFTEN, SELDOM = 0.1, 0.3, 0.01
WAYS = (
    MeasureType.REMOVAL,
    MeasureType.REMOVAL,
    MeasureType.ENGINEERING,
    MeasureType.RELOCATION,
    MeasureType.MONITORING,
)
RARELY = {
    "suspend",
    "merge",
    "transfer",
    "unfounded",
    "split",
    "pause_clock",
    "request_extension",
    "fail_recheck",
    "fail_acceptance",
    "return_closure",
    "return_plan",
}


class Crowd:
    """People who take turns at random on a dozen hazards; one that ended, or was long enough on, makes room."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.rng = random.Random(SEED)  # noqa: S311 - a walk that can be repeated
        self.hazards: list[Hazard] = []
        self.left: list[Hazard] = []
        self.turns: Counter[int] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.people = [
            getattr(story.cast, role) for role in ("clerk", "head", "inspector", "officer", "second", "leader")
        ]

    def step(self) -> None:
        """Let somebody do something."""
        while len(self.hazards) < AT_ONCE:
            self.hazards.append(self._new())
        again = self.left and self.rng.random() < CARELESS
        hazard = self.rng.choice(self.left if again else self.hazards)
        action = self._chosen(hazard)
        if hazard.state == State.DRAFT and self.rng.random() < OFTEN:
            update(self.story.session, self.story.cast.clerk, hazard, {"measures": "封闭外廊"}, hazard.version)
        if hazard in self.hazards and self.rng.random() < (OFTEN if hazard.listed else SELDOM):
            mark_listed(self.story.session, self.story.cast.leader, hazard, "" if hazard.listed else "prefecture")
        if action == "report_done" and self.rng.random() > CARELESS:
            self.story.photograph(hazard, Purpose.PROOF)
        try:
            with self.story.session.begin_nested():
                self.story.take(hazard, action, actor=self._who(action), **self._facts(hazard, action))
            self.outcomes[action] += 1
        except DomainError:
            self.outcomes["refused"] += 1
        self.turns[hazard.id] += 1
        if hazard in self.hazards and (hazard.state in FINAL_STATES or self.turns[hazard.id] == TURNS_OF_ONE):
            self.hazards.remove(hazard)
            self.left.append(hazard)

    def _new(self) -> Hazard:
        draft = self.story.major() if self.rng.random() < 1 / 3 else self.story.draft()
        if self.rng.random() < CARELESS:
            draft = draft._replace(measures="")
        return self.story.register(draft._replace(measure_type=None))

    def _chosen(self, hazard: Hazard) -> str:
        """Choose a step of the table, now and then one that does not lead on from here."""
        state = hazard.state
        known = [step.action for step in HAZARD_LIFE.steps if step.source == state]
        if not known or self.rng.random() < CARELESS:
            return self.rng.choice(HAZARD_LIFE.steps).action
        usual = [action for action in known if action not in RARELY]
        return self.rng.choice(usual if usual and self.rng.random() > CARELESS else known)

    def _who(self, action: str) -> Actor:
        return self.rng.choice(self.people) if self.rng.random() < CARELESS else self.story.cast.plays(action)

    def _facts(self, hazard: Hazard, action: str) -> dict[str, Any]:
        if action == "report_done":
            return {"measure_type": self.rng.choice(WAYS), "vacated_by": "emptied"}
        if action == "look_back":
            return {"rebounded": self.rng.random() < CARELESS}
        if action == "correct":
            return {"corrections": {"remark": f"更正 {self.rng.random():.6f}"}}
        if action == "request_extension" and hazard.due_on:
            return {"extend_to": hazard.due_on + timedelta(days=self.rng.randint(-5, 40))}
        return {}


def unproved(story: Story, hazard: Hazard) -> Iterator[str]:
    """Name what a closed hazard lacks, judged without the conditions of the steps (§5.7)."""
    files = evidence_of(story.session, "hazard", hazard.id)
    shot = {
        purpose: {file.sha256 for file in files if file.purpose == purpose} for purpose in ("before", "after", "proof")
    }
    major, way = hazard.grade is Grade.MAJOR, hazard.measure_type
    asked = {
        "photos": bool(shot["before"] and shot["after"]) and not shot["before"] & shot["after"],
        "recheck": hazard.recheck_result == RECHECK_PASSED and "、" in hazard.rechecked_by,
        "acceptance": not (major or way is MeasureType.ENGINEERING) or bool(hazard.accepted_by_unit),
        "works": way is not MeasureType.ENGINEERING
        or (bool(shot["proof"]) and hazard.proof_kind in ENGINEERING_PAPERS),
        "leaving": way is not MeasureType.RELOCATION or (bool(shot["proof"]) and hazard.proof_kind in VACATED),
        "elimination": way is not MeasureType.MONITORING,
        "delisting": not hazard.listed,
        "consent": not major or any(event.facts.get("consent") for event in hazard.events if event.action == "close"),
    }
    yield from (name for name, there in asked.items() if not there)


def test_ten_thousand_steps_keep_the_inventory_whole(story: Story) -> None:
    crowd, day = Crowd(story), clock.now()
    steps = STEPS if story.session.get_bind().dialect.name == "sqlite" else STEPS_ON_A_SERVER
    for turn in range(steps // BATCH):
        with clock.set_to(day + timedelta(hours=turn)), transaction():
            for _each in range(BATCH):
                crowd.step()
        if turn % LOOK_EVERY == 0:
            assert count_again(story.session) == []
    assert sum(crowd.outcomes.values()) == steps
    assert count_again(story.session) == []
    assert verify(story.session) == []
    closed = [hazard for hazard in crowd.left if hazard.state == State.CLOSED]
    assert len(closed) > steps // 200
    assert {hazard.reference: list(unproved(story, hazard)) for hazard in closed if any(unproved(story, hazard))} == {}
    untried = {step.action for step in HAZARD_LIFE.steps} - crowd.outcomes.keys() - UNDOING
    assert untried == set() or steps < STEPS
