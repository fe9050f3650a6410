"""Taking the step: the lists move to their newer versions, and every answer is kept or set aside on record."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.checklists.definition import Item
from inspect_app.checklists.scoring import judge
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Invalid, Stale
from inspect_app.inspections import stepping
from inspect_app.inspections.answers import content_of
from inspect_app.inspections.lifecycle import MOVE
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.inspections.moving.queries import Newer, moves_of, newer_of
from inspect_app.inspections.moving.rules import Fate, ListMove
from inspect_app.inspections.queries import answers_of, checklists_of
from inspect_app.inspections.rules import combination_problems


def move(
    session: Session, actor: Actor, inspection: Inspection, lists: Sequence[str], version: int | None = None
) -> Inspection:
    """Move a visit to the newer versions named in `lists` ("C03-3"), which must be those there are now.

    An answer whose question reads otherwise or whose item is gone leaves the visit; the event and the trail keep it
    whole. Its pictures stay on the item. Raises Stale, Forbidden, Invalid or StepRefused.
    """
    lock(session, inspection)
    newer, answers = newer_of(session, inspection), answers_of(session, inspection)
    if sorted(each.name for each in newer) != sorted(lists):
        raise Stale
    moves = moves_of(newer, answers)
    facts: dict[str, Any] = {
        "lists": _versions(newer),
        "answers": [_fate(each, fate, answers) for each, fate in _fates(moves)],
    }
    set_aside = {item.code: answers[item.code] for each in moves for item, _ in each.set_aside}
    changes = {**facts["lists"], **{code: [content_of(answer), None] for code, answer in set_aside.items()}}
    stepping.take(session, actor, inspection, MOVE, facts, version, changes)
    for each in newer:
        each.sheet.checklist_version = each.version
    for answer in set_aside.values():
        session.delete(answer)
    if problems := combination_problems(checklists_of(inspection)):
        raise Invalid({"lists": problems})
    session.flush()
    return inspection


def _versions(newer: Sequence[Newer]) -> dict[str, list[str]]:
    return {each.version.code: [each.present, each.name] for each in newer}


def _fates(moves: Sequence[ListMove]) -> list[tuple[ListMove, tuple[Item, Fate]]]:
    return [(each, pair) for each in moves for pair in each.with_fate(*Fate)]


def _fate(moved: ListMove, pair: tuple[Item, Fate], answers: Mapping[str, Answer]) -> dict[str, Any]:
    item, fate = pair
    told: dict[str, Any] = {"item": item.code, "fate": fate.value}
    if fate is Fate.KEPT:
        return told
    answer = answers[item.code]
    said = "".join(str(reason) for reason in judge(item, answer.value, clock.today()).why)
    question = {"question": item.text, "list": f"{moved.before.code}-{moved.before.version}", "said": said}
    return {**told, **question, **content_of(answer)}
