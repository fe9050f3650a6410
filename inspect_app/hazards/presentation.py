"""How the page of a hazard tells its story: the line of stages, the timeline, the plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any

from inspect_app.core import clock
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.core.lifecycle import plain
from inspect_app.hazards.elements import needs_acceptance, needs_plan
from inspect_app.hazards.inputs import COLUMNS, INPUTS, Kind
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.hazards.rules import FINAL_STATES, Limits, is_overdue, overdue_days
from inspect_app.hazards.words import MEASURE_LABELS, STATE_LABELS, State

PASSED = ("pass_recheck", "pass_to_acceptance")
STAGES: Mapping[str, tuple[str, tuple[str, ...], frozenset[State]]] = {
    "register": (mark("登记"), ("register",), frozenset({State.DRAFT})),
    "assign": (mark("交办"), ("assign",), frozenset({State.REGISTERED})),
    "plan": (mark("方案批准"), ("approve_plan",), frozenset({State.PLAN_SUBMITTED})),
    "rectify": (
        mark("整改"),
        ("report_done",),
        frozenset({State.RECTIFYING, State.EXTENSION_PENDING, State.SUSPENDED}),
    ),
    "recheck": (mark("复查"), PASSED, frozenset({State.DONE, State.RECHECKING})),
    "acceptance": (mark("验收"), ("pass_acceptance",), frozenset({State.ACCEPTANCE})),
    "close": (mark("销号"), ("close",), frozenset({State.CLOSURE_PENDING})),
}
SHOWN_NAMES = {"rechecker_names": mark("复查人员"), "second_signer_name": mark("第二签署人")}
HIDDEN = {"recheckers", "second_signer"}


@dataclass(frozen=True)
class Stage:
    """A point on the line: `status` "ok" is behind, "now" is where the hazard stands, "" lies ahead."""

    label: str
    note: Sentence | str
    status: str


@dataclass(frozen=True)
class Told:
    """An entry of the timeline."""

    at: datetime
    label: str
    by: str
    note: Sentence | str


def stages(hazard: Hazard, limits: Limits) -> list[Stage]:
    """Return the line from registration to closure; stages this hazard does not pass are left out."""
    names = [name for name in STAGES if _passes(hazard, name, limits)]
    here = _position(hazard, names, limits)
    line = [
        Stage(STAGES[name][0], _note(hazard, name, ahead=number > here), _status(number, here))
        for number, name in enumerate(names)
    ]
    if hazard.state in FINAL_STATES and hazard.state != State.CLOSED:
        ended = Stage(STATE_LABELS[hazard.state], say("%(day)s", day=_day(hazard.events[-1].at)), "now")
        return [*line[:here], ended]
    return line


def timeline(hazard: Hazard) -> list[Told]:
    """Return what happened, the latest first; it ends with the finding."""
    steps = [Told(event.at, _label(event), event.actor_name, _facts_of(event)) for event in reversed(hazard.events)]
    return [*steps, Told(hazard.created_at, mark("录入"), hazard.found_by, hazard.found_unit)]


def as_data(hazard: Hazard, today: date) -> dict[str, Any]:
    """Return a hazard as plain values, for scripts."""
    columns = {name: plain(getattr(hazard, name)) for name in COLUMNS}
    own = ("reference", "state", "version", "category", "origin", "origin_reference", "original_due_on",
           "extension_count", "done_on", "recheck_failures", "rechecked_on", "recheck_result", "accepted_by_unit",
           "closed_on", "looked_back_on", "rebounded", "review_on")  # fmt: skip
    return {
        **{name: plain(getattr(hazard, name)) for name in own},
        **columns,
        "county": hazard.county.code,
        "region": hazard.region.code,
        "overdue": is_overdue(hazard.state, hazard.due_on, today),
        "overdue_days": overdue_days(hazard.state, hazard.due_on, today),
        "events": [
            {"action": event.action, "from": event.source, "to": event.target, "at": event.at.isoformat()}
            for event in hazard.events
        ],
    }


def _passes(hazard: Hazard, name: str, limits: Limits) -> bool:
    if name == "plan":
        return needs_plan(hazard, limits) or _last(hazard, ("approve_plan",)) is not None
    return name != "acceptance" or needs_acceptance(hazard)


def _position(hazard: Hazard, names: list[str], limits: Limits) -> int:
    if hazard.state in (State.ASSIGNED, State.ACCEPTED):
        return names.index("plan" if needs_plan(hazard, limits) else "rectify")
    if hazard.state in FINAL_STATES - {State.CLOSED}:
        return sum(_last(hazard, STAGES[name][1]) is not None for name in names)
    return next((number for number, name in enumerate(names) if hazard.state in STAGES[name][2]), len(names))


def _status(number: int, here: int) -> str:
    return "now" if number == here else "ok" if number < here else ""


def _note(hazard: Hazard, name: str, *, ahead: bool) -> Sentence | str:
    event = _last(hazard, STAGES[name][1])
    if name == "rectify" and hazard.due_on and hazard.state not in FINAL_STATES and hazard.done_on is None:
        return say(mark("应于 %(day)s 完成"), day=_short(hazard.due_on))
    return _day(event.at) if event and not ahead else ""


def _last(hazard: Hazard, actions: tuple[str, ...]) -> HazardEvent | None:
    return next((event for event in reversed(hazard.events) if event.action in actions), None)


def _day(at: datetime) -> str:
    return _short(clock.local(at).date())


def _short(day: date) -> str:
    """Leave out the year when it is the present one."""
    return f"{day:%m-%d}" if day.year == clock.today().year else day.isoformat()


def _label(event: HazardEvent) -> str:
    step = HAZARD_LIFE.step(event.action, event.source)
    return step.label if step else event.action


def _facts_of(event: HazardEvent) -> Sentence | str:
    told = list(_told(event.facts))
    return reduce(lambda first, more: say(mark("%(first)s；%(more)s"), first=first, more=more), told) if told else ""


def _told(facts: Mapping[str, Any]) -> Iterator[Sentence]:
    for name, value in facts.items():
        if name in SHOWN_NAMES:
            yield _fact(SHOWN_NAMES[name], "、".join(value) if isinstance(value, list) else str(value))
        elif name in INPUTS and name not in HIDDEN:
            yield _fact(INPUTS[name].label, _value(INPUTS[name].kind, value))


def _fact(label: str, text: str) -> Sentence:
    return say(mark("%(label)s：%(text)s"), label=label, text=text.rstrip("。"))


def _value(kind: Kind, value: Any) -> str:  # noqa: ANN401 - JSON
    if kind == Kind.YES_NO:
        return mark("是") if value else mark("否")
    return MEASURE_LABELS[value] if kind == Kind.MEASURE else str(value)
