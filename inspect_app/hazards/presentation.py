"""How the page of a hazard tells its story: the line of stages, the timeline, the plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any

from inspect_app.core import clock
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.core.lifecycle import plain
from inspect_app.hazards.deadlines import WorkingDays, ask_until, firm_reason
from inspect_app.hazards.elements import extensions_allowed, needs_acceptance, needs_plan
from inspect_app.hazards.inputs import COLUMNS, INPUTS, Kind
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.hazards.rules import FINAL_STATES, LATE_STATES, Limits, is_overdue, last_move, overdue_days
from inspect_app.hazards.words import ACCEPTANCE_PAPERS, MEASURE_LABELS, STATE_LABELS, VACATED, State

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
WORDS: Mapping[Kind, Mapping[str, str]] = {
    Kind.MEASURE: MEASURE_LABELS,
    Kind.PAPER: ACCEPTANCE_PAPERS,
    Kind.VACATED: VACATED,
}
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
        ended = Stage(STATE_LABELS[hazard.state], say("%(day)s", day=_day(last_move(hazard.events).at)), "now")
        return [*line[:here], ended]
    return line


def timeline(hazard: Hazard) -> list[Told]:
    """Return what happened, the latest first; it ends with the finding."""
    steps = [Told(event.at, _label(event), event.actor_name, _facts_of(event)) for event in reversed(hazard.events)]
    return [*steps, Told(hazard.created_at, mark("录入"), hazard.found_by, hazard.found_unit)]


def notices(hazard: Hazard, limits: Limits, calendar: WorkingDays, today: date) -> list[Sentence]:
    """Return what time demands of a hazard now: a decision due, the last day to ask for more time, a review due."""
    told = [*_extension_notices(hazard, limits, calendar), *_review_notices(hazard, today)]
    reason = firm_reason(hazard, limits.never_extended)
    if reason and hazard.state in LATE_STATES:
        told.append(say(mark("%(reason)s。"), reason=reason))
    return told


def _extension_notices(hazard: Hazard, limits: Limits, calendar: WorkingDays) -> Iterator[Sentence]:
    if hazard.state == State.RECTIFYING and not firm_reason(hazard, limits.never_extended):
        last = ask_until(hazard, limits.extension_lead_days, limits.extension_lead_listed, calendar)
        if last and hazard.extension_count < extensions_allowed(hazard, limits):
            yield say(mark("需要延期的，最迟于 %(day)s 申请。"), day=last.isoformat())
    if hazard.state == State.EXTENSION_PENDING and (asked := _last(hazard, ("request_extension",))):
        by = calendar.add_working_days(clock.local(asked.at).date(), limits.extension_decision_days)
        yield say(mark("延期申请应于 %(day)s 前作出决定；未批准前超过时限仍算逾期。"), day=by.isoformat())


def _review_notices(hazard: Hazard, today: date) -> Iterator[Sentence]:
    if hazard.state == State.SUSPENDED and hazard.review_on and hazard.review_on <= today:
        yield say(mark("长期管控应于 %(day)s 复核，请尽快到现场复核。"), day=hazard.review_on.isoformat())


def as_data(hazard: Hazard, today: date) -> dict[str, Any]:
    """Return a hazard as plain values, for scripts."""
    columns = {name: plain(getattr(hazard, name)) for name in COLUMNS}
    own = ("reference", "state", "version", "category", "origin", "origin_reference", "original_due_on",
           "extension_count", "done_on", "recheck_failures", "rechecked_on", "recheck_result", "accepted_by_unit",
           "closed_on", "looked_back_on", "rebounded", "review_on", "plan_parts", "standby_forces", "paused_until",
           "paused_days", "proof_kind", "photo_explanation", "listed", "listed_level")  # fmt: skip
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
    if name == "rectify" and hazard.state == State.SUSPENDED and hazard.review_on:
        return say(mark("应于 %(day)s 复核"), day=_short(hazard.review_on))
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
        if name == "corrections":
            yield from (
                _fact(COLUMNS[column].label, f"{before or '—'} → {after or '—'}")
                for column, (before, after) in value.items()
            )
        elif name in SHOWN_NAMES:
            yield _fact(SHOWN_NAMES[name], "、".join(value) if isinstance(value, list) else str(value))
        elif name in INPUTS and name not in HIDDEN:
            yield _fact(INPUTS[name].label, _value(INPUTS[name].kind, value))


def _fact(label: str, text: str) -> Sentence:
    return say(mark("%(label)s：%(text)s"), label=label, text=text.rstrip("。"))


def _value(kind: Kind, value: Any) -> str:  # noqa: ANN401 - JSON
    if kind == Kind.YES_NO:
        return mark("是") if value else mark("否")
    return WORDS[kind].get(value, str(value)) if kind in WORDS else str(value)
