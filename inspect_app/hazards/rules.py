"""Late, due soon, urgent, and how a state looks: pure answers from (state, date, today)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.hazards.deadlines import Deadline, Firm
from inspect_app.hazards.words import STATE_LABELS, State

FINAL_STATES = frozenset({State.CLOSED, State.TRANSFERRED, State.MERGED, State.UNFOUNDED, State.WITHDRAWN})
OPEN_STATES = frozenset(set(State) - FINAL_STATES)
LATE_STATES = OPEN_STATES - {State.SUSPENDED}
NO_DUE_DATE = date(9999, 12, 31)
CONTROLLED_FROM = date(5000, 1, 1)

STATE_MARKS: dict[str, tuple[str, str]] = {
    State.DRAFT: ("□", "wait"),
    State.REGISTERED: ("○", "none"),
    State.ASSIGNED: ("◔", "work"),
    State.ACCEPTED: ("◔", "work"),
    State.PLAN_SUBMITTED: ("◑", "wait"),
    State.RECTIFYING: ("◕", "work"),
    State.EXTENSION_PENDING: ("◑", "wait"),
    State.DONE: ("◑", "wait"),
    State.RECHECKING: ("◑", "wait"),
    State.ACCEPTANCE: ("◑", "wait"),
    State.CLOSURE_PENDING: ("◑", "wait"),
    State.CLOSED: ("●", "done"),
    State.SUSPENDED: ("◇", "none"),
    State.TRANSFERRED: ("→", "none"),
    State.MERGED: ("≡", "none"),
    State.UNFOUNDED: ("✕", "none"),
    State.WITHDRAWN: ("↶", "none"),
}
LATE_MARK = ("▲", "late")


@dataclass(frozen=True)
class Limits:
    """What an office may set (domain reference §5.4, §5.6, §5.7); days are natural unless said otherwise.

    `extension_lead_listed` and `extension_decision_days` are working days, `photo_radius_m` metres, `fund_proof_from`
    万元. With `recheckers_of_other_unit` nobody of the rectifying unit rechecks, where there is anybody else.
    """

    plan_over_days: int = 30
    longest_days: int = 365
    extension_lead_days: int = 3
    extension_lead_listed: int = 20
    extension_decision_days: int = 10
    extensions_general: int = 1
    extensions_major: int = 2
    pause_longest_days: int = 90
    review_longest_days: int = 180
    due_soon_days: int = 7
    recheckers: int = 2
    recheck_photos_general: int = 0
    recheck_photos_major: int = 1
    photo_radius_m: int = 500
    fund_proof_from: int = 1
    measures_length: int = 10
    recheckers_of_other_unit: bool = True
    empty_measures: tuple[str, ...] = ("已要求整改",)
    deadlines: tuple[Deadline, ...] = ()
    never_extended: tuple[Firm, ...] = ()


@dataclass(frozen=True)
class Look:
    """How a state is shown: word, shape and colour together, so that none is needed alone."""

    label: Sentence
    mark: str
    tone: str


def is_overdue(state: str, due_on: date | None, today: date) -> bool:
    """Tell whether an open hazard is past its due date (the day itself still counts); interim control is not late."""
    return state in LATE_STATES and due_on is not None and due_on < today


def overdue_days(state: str, due_on: date | None, today: date) -> int:
    """Count the natural days past the due date; 0 when not overdue."""
    return (today - due_on).days if due_on and is_overdue(state, due_on, today) else 0


def is_due_soon(state: str, due_on: date | None, today: date, limits: Limits) -> bool:
    """Tell whether the due date comes within the days of notice."""
    last = today + timedelta(days=limits.due_soon_days)
    return state in LATE_STATES and due_on is not None and today <= due_on <= last


def last_move(events: Sequence[Any]) -> Any:  # noqa: ANN401 - an event of any life
    """Return the last step that led to another state: corrections and reviews leave a hazard where it is."""
    return next(event for event in reversed(events) if event.source != event.target)


def is_paused(paused_until: date | None, today: date) -> bool:
    """Tell whether the clock stands still; the last day belongs to the running clock again."""
    return paused_until is not None and today < paused_until


def look_of(state: str, due_on: date | None, today: date) -> Look:
    """Return how to show a hazard: its lateness before its state."""
    if days := overdue_days(state, due_on, today):
        return Look(say(mark("逾期 %(days)s 天"), days=days), *LATE_MARK)
    return Look(say(STATE_LABELS[state]), *STATE_MARKS[state])


def urgency(state: str, due_on: date | None, review_on: date | None, ended_on: date) -> int:
    """Return the sorting number of the list.

    Open ones stand first, by their due date; then those under interim control, by their review; then those without a
    date; then ended ones, the latest end first. `ended_on` is the day on which a final state was reached and is not
    looked at before.
    """
    if state in FINAL_STATES:
        return 2 * NO_DUE_DATE.toordinal() - ended_on.toordinal()
    if state == State.SUSPENDED and review_on:
        return min(CONTROLLED_FROM.toordinal() + review_on.toordinal(), NO_DUE_DATE.toordinal())
    return ((None if state == State.SUSPENDED else due_on) or NO_DUE_DATE).toordinal()
