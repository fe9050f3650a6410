"""One machine for every life: a table of steps, and `advance`, the only place that assigns `.state`.

A row of the table says which action leads from which state to which, who may press it, which facts it asks for and
which conditions must hold. Pages, documentation and diagrams are generated from the same rows. Late, due soon and
escalated are never states: they are rules of (state, date, today).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from inspect_app.core.errors import Forbidden, Stale, StepRefused
from inspect_app.core.labels import mark


class Person(Protocol):
    """Who acts: what `advance` needs to know of an actor."""

    @property
    def id(self) -> int | None:
        """Key of the account, None for the system itself."""

    @property
    def name(self) -> str:
        """Name as shown on the timeline."""

    def can(self, permission: str, /) -> bool:
        """Tell whether the role grants a permission."""


@dataclass(frozen=True)
class Attempt:
    """A step about to be taken: the subject, the facts given with it, who takes it and when."""

    subject: Any
    facts: Mapping[str, Any]
    actor: Person
    at: datetime
    on: date


@dataclass(frozen=True)
class Condition:
    """What must hold for a step; `sentence` is what the user reads when it does not.

    `from_facts` marks conditions that can only be judged once the form of the step is filled.
    """

    sentence: str
    holds: Callable[[Attempt], bool]
    from_facts: bool = False


@dataclass(frozen=True)
class Step:
    """A row of a lifecycle table.

    `needs` maps the names of required facts to their labels. `position` tells whether this person stands where the
    step is taken from (own county, not the rectifier ...); where it does not hold, the button is absent.
    """

    action: str
    source: str
    target: str
    permission: str
    label: str
    needs: Mapping[str, str] = field(default_factory=dict)
    conditions: Sequence[Condition] = ()
    position: Callable[[Any, Person], bool] = lambda _subject, _actor: True
    primary: bool = False


class Lifecycle:
    """A checked table of steps over labelled states."""

    def __init__(
        self, name: str, states: Mapping[str, str], initial: str, final: Iterable[str], steps: Sequence[Step]
    ) -> None:
        self.name = name
        self.states = dict(states)
        self.initial = initial
        self.final = frozenset(final)
        self.steps = tuple(steps)
        self._by_pair = {(step.action, step.source): step for step in self.steps}
        problems = list(self._problems())
        if problems:
            raise ValueError(f"lifecycle {name}: " + "; ".join(problems))

    def _problems(self) -> Iterator[str]:
        if len(self._by_pair) != len(self.steps):
            yield "two rows for one pair of action and source"
        for step in self.steps:
            if not {step.source, step.target} <= self.states.keys():
                yield f"{step.action} names an unknown state"
        reached = {self.initial}
        while fresh := {step.target for step in self.steps if step.source in reached} - reached:
            reached |= fresh
        if unreachable := self.states.keys() - reached:
            yield f"unreachable: {sorted(unreachable)}"
        if stuck := self.states.keys() - {step.source for step in self.steps} - self.final:
            yield f"dead ends: {sorted(stuck)}"

    def step(self, action: str, source: str) -> Step | None:
        """Find the row for an action in a state."""
        return self._by_pair.get((action, source))

    def open_to(self, subject: Any, actor: Person) -> list[Step]:  # noqa: ANN401 - any living thing
        """List the steps that this person may press on this thing now, primary ones first."""
        rows = [
            step
            for step in self.steps
            if step.source == subject.state and actor.can(step.permission) and step.position(subject, actor)
        ]
        return sorted(rows, key=lambda step: not step.primary)

    def replay(self, events: Iterable[Any]) -> str:
        """Return the state that the events lead to; a ValueError names the first that does not follow."""
        state = self.initial
        for event in events:
            step = self.step(event.action, state)
            if event.source != state or step is None or step.target != event.target:
                msg = f"{self.name}: {event.action} {event.source} -> {event.target} does not follow {state}"
                raise ValueError(msg)
            state = event.target
        return state


def unmet(step: Step, attempt: Attempt, *, before_form: bool = False) -> list[str]:
    """List the sentences of what a step still misses; `before_form` leaves out what only the form can bring."""
    absent = (
        []
        if before_form
        else [f"请填写：{label}。" for name, label in step.needs.items() if _empty(attempt.facts.get(name))]
    )
    judged = absent or [
        condition.sentence
        for condition in step.conditions
        if not (before_form and condition.from_facts) and not condition.holds(attempt)
    ]
    return absent or judged


def advance(machine: Lifecycle, action: str, attempt: Attempt, *, version: int | None = None) -> Step:
    """Take a step: check version, table, permission, position, facts, conditions; then set state and append the event.

    `attempt.subject` has `state`, `version`, `events` and `event_class` (see `core.living`). `version` is the one the
    page was drawn with; a different one now is refused as stale. Raises Stale, Forbidden or StepRefused; on any of
    them nothing has changed.
    """
    subject = attempt.subject
    if version is not None and version != subject.version:
        raise Stale
    step = machine.step(action, subject.state)
    if step is None:
        raise StepRefused([mark("当前状态下没有这个操作，可能已有人先行处理，请刷新页面。")])
    if not attempt.actor.can(step.permission) or not step.position(subject, attempt.actor):
        raise Forbidden(mark("您没有权限执行“%(label)s”。"), label=step.label)
    if missing := unmet(step, attempt):
        raise StepRefused(missing)
    subject.events.append(
        subject.event_class(
            action=action,
            source=step.source,
            target=step.target,
            actor_id=attempt.actor.id,
            actor_name=attempt.actor.name,
            at=attempt.at,
            facts={name: plain(value) for name, value in attempt.facts.items()},
        )
    )
    subject.state = step.target
    subject.version += 1
    return step


def plain(value: object) -> object:
    """Return a fact as JSON can hold it: dates in ISO form, decimals as text, sequences as lists."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def _empty(value: object) -> bool:
    return (
        value is None
        or (isinstance(value, str) and not value.strip())
        or (isinstance(value, list | tuple) and not value)
    )
