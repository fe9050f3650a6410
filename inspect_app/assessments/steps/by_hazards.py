"""Closing hazards: on time, no longer late, or at last."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from inspect_app.assessments.steps.offer import HEAVY, USUAL, Offer, Setting
from inspect_app.assessments.ways_up import Move, Possible
from inspect_app.core.counted import Counted, Thing
from inspect_app.core.labels import mark, say
from inspect_app.hazards.still_open import StillOpen, still_open

IN_TIME = mark("在 %(day)s 前销号：%(site)s")
LATE = mark("销号（已超期，不再算按期）：%(site)s")
AT_LAST = mark("销号：%(site)s")


def offers(session: Session, setting: Setting) -> Iterator[Offer]:
    """Give a step for every open hazard whose closure would change a figure."""
    for hazard in still_open(session, setting.region_id, of_township=setting.of_township):
        moves = tuple(_moves(hazard, setting))
        if moves:
            yield _offer(hazard, setting, moves)


def _moves(hazard: StillOpen, setting: Setting) -> Iterator[Move]:
    """Tell what closing it in time, or as soon as may be, would change by the end of the year."""
    due = hazard.due_on
    coming = due is not None and setting.today <= due <= setting.last
    past = due is not None and due < setting.today
    if coming:
        yield Move("closed_on_time", 1, 1)
    if hazard.is_major and (coming or past):
        yield Move("major_cleared", 1, 1 if coming else 0)
    if hazard.is_overdue(setting.today):
        yield Move("overdue", -1)
    if hazard.is_inhabited_danger:
        yield Move("inhabited_danger", -1)


def _offer(hazard: StillOpen, setting: Setting, moves: tuple[Move, ...]) -> Offer:
    due = hazard.due_on
    coming = due is not None and setting.today <= due <= setting.last
    name = hazard.site_name or hazard.reference
    title = say(AT_LAST, site=name)
    if coming and due:
        title = say(IN_TIME, day=due.isoformat(), site=name)
    elif hazard.is_overdue(setting.today):
        title = say(LATE, site=name)
    step = Possible(
        hazard.reference, title, moves, HEAVY if hazard.is_major else USUAL, due if coming else setting.last
    )
    return Offer(step, Counted(Thing.HAZARD, hazard.reference, name))
