"""A step for many hazards at once: each goes its own way by the same rules, and one that is refused stops no other."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import DomainError, Invalid, NotFound, Stale, StepRefused
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.core.lifecycle import Step
from inspect_app.hazards.circumstances import standing_of
from inspect_app.hazards.inputs import INPUTS
from inspect_app.hazards.lifecycle import HAZARD_LIFE, UNDOING
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.offers import missing_before
from inspect_app.hazards.queries import visible_to
from inspect_app.hazards.service import take_step
from inspect_app.hazards.words import STATE_LABELS

MOST, PORTION = 500, 50
JUDGED_ANEW = frozenset({"rebounded", "review_on"})
TELLS_OF_ONE = frozenset({"parts", "corrections"})
WISH = re.compile(r"([0-9A-Za-z-]{8,60}):(\d{1,9})")
Why = Sentence | DomainError | str


class Wish(NamedTuple):
    """A hazard to take the step, as it stood on the page that asks for it."""

    reference: str
    version: int


@dataclass(frozen=True)
class Weighed:
    """A hazard before the step, with what keeps it from taking it."""

    hazard: Hazard
    reasons: tuple[Why, ...]


@dataclass(frozen=True)
class Told:
    """What became of a wish: done when there are no `reasons`; `before` when this person had done it already."""

    reference: str
    reasons: tuple[Why, ...] = ()
    before: bool = False


def steps_for(actor: Actor) -> dict[str, Step]:
    """Return the steps that the person's role may take for many: action -> its first row in the table."""
    found: dict[str, Step] = {}
    for step in HAZARD_LIFE.steps:
        if step.action not in UNDOING and actor.can(step.permission) and not TELLS_OF_ONE & step.needs.keys():
            found.setdefault(step.action, step)
    return found


def sources_of(action: str) -> frozenset[str]:
    """Return the states from which an action leads on."""
    return frozenset(step.source for step in HAZARD_LIFE.steps if step.action == action)


def brings(name: str) -> bool:
    """Tell whether a hazard may bring this fact of a step itself; what is to be judged anew it does not."""
    return name not in JUDGED_ANEW and hasattr(Hazard, name)


def picked(session: Session, actor: Actor, references: Sequence[str]) -> list[Hazard]:
    """Read the hazards with these references that the person sees, the most urgent first; at most `MOST`."""
    query = select(Hazard).where(Hazard.reference.in_(references[:MOST]), visible_to(actor))
    return list(session.scalars(query.order_by(Hazard.urgency, Hazard.id)))


def weigh(session: Session, actor: Actor, hazards: Sequence[Hazard], action: str) -> list[Weighed]:
    """Say of each hazard what keeps it from the step, before a form is filled."""
    return [Weighed(hazard, tuple(_hindrances(session, actor, hazard, action))) for hazard in hazards]


def wishes_in(text: str) -> list[Wish]:
    """Read "YH-654202-2026-C03-0001:3 ..."; Invalid when it is anything else, or too much."""
    parts = [WISH.fullmatch(part) for part in text.split()]
    if not parts or None in parts:
        raise Invalid({"": [mark("没有收到要办理的隐患。请返回清单重新勾选。")]})
    if len(parts) > MOST:
        raise Invalid({"": [mark("一次最多办理 500 条，请分批办理。")]})
    return [Wish(part[1], int(part[2])) for part in parts if part]


def portions(wishes: Sequence[Wish]) -> Iterator[Sequence[Wish]]:
    """Cut the wishes into portions, one transaction each, in one order so that two people never lock crosswise."""
    ordered = sorted(set(wishes))
    for start in range(0, len(ordered), PORTION):
        yield ordered[start : start + PORTION]


def take(session: Session, actor: Actor, action: str, facts: Mapping[str, Any], wishes: Sequence[Wish]) -> list[Told]:
    """Take the step for each hazard of a portion; what a hazard brings itself stands in for a fact left empty.

    A refused one is undone alone. A wish that this person has already had is told as done before, so that the same
    page sent twice changes nothing the second time.
    """
    query = select(Hazard).where(Hazard.reference.in_([wish.reference for wish in wishes]), visible_to(actor))
    known = {hazard.reference: hazard for hazard in session.scalars(query)}
    return [_take_one(session, actor, action, facts, wish, known.get(wish.reference)) for wish in wishes]


def _take_one(
    session: Session, actor: Actor, action: str, facts: Mapping[str, Any], wish: Wish, hazard: Hazard | None
) -> Told:
    if hazard is None:
        return Told(wish.reference, (NotFound(),))
    try:
        with session.begin_nested():
            take_step(session, actor, hazard, action, _with_own(hazard, action, facts), version=wish.version)
    except DomainError as error:
        before = isinstance(error, Stale | StepRefused) and _took(actor, hazard, action, wish)
        return Told(wish.reference, () if before else tuple(_reasons(error)), before=before)
    return Told(wish.reference)


def _with_own(hazard: Hazard, action: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what was not filled in, and let the hazard bring what the step needs of it."""
    given = {name: value for name, value in facts.items() if value not in (None, "", [])}
    step = HAZARD_LIFE.step(action, hazard.state)
    missing = [name for name in (step.needs if step else ()) if name not in given and brings(name)]
    return {**given, **{name: getattr(hazard, name) for name in missing}}


def _took(actor: Actor, hazard: Hazard, action: str, wish: Wish) -> bool:
    last = hazard.events[-1] if hazard.events else None
    mine = last is not None and last.action == action and last.actor_id == actor.id
    return mine and hazard.version == wish.version + 1


def _hindrances(session: Session, actor: Actor, hazard: Hazard, action: str) -> list[Why]:
    step = HAZARD_LIFE.step(action, hazard.state)
    if step is None:
        return [say(mark("现在的状态是“%(state)s”，没有这一步。"), state=STATE_LABELS[hazard.state])]
    person = standing_of(session, actor, hazard)
    if not person.can(step.permission) or not step.position(hazard, person):
        return [mark("这一步不归您办理：隐患不在您负责的地区，或这类隐患须走另一步，或须由其他人办理。")]
    return list(missing_before(session, actor, person, hazard, step))


def _reasons(error: DomainError) -> Iterator[Why]:
    if isinstance(error, StepRefused):
        yield from error.missing
    elif isinstance(error, Invalid):
        for name, sentences in error.problems.items():
            label = INPUTS[name].label if name in INPUTS else ""
            yield from (say(mark("%(label)s：%(text)s"), label=label, text=text) for text in sentences)
    else:
        yield error
