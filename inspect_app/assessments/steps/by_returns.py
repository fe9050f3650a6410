"""Sending what falls due before the year ends; what is missing already cannot come in time any more."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from inspect_app.assessments.steps.offer import LIGHT, Offer, Setting
from inspect_app.assessments.ways_up import Move, Possible
from inspect_app.core.counted import Counted, Thing
from inspect_app.core.labels import mark, say
from inspect_app.returns.expecting.rules import Standing
from inspect_app.returns.facts import duties

BY_THE_DAY = mark("在 %(day)s 前报送：%(name)s %(period)s")
STILL_OPEN = frozenset({Standing.NOT_DUE, Standing.WAITING})


def offers(session: Session, setting: Setting) -> Iterator[Offer]:
    """Give a step for every return that can still come in time."""
    if setting.of_township:
        return
    for duty in duties(session, [setting.region_id], setting.today, setting.last, setting.today):
        if duty.cell.standing in STILL_OPEN:
            day, name = duty.cell.due_on, duty.owed.name
            title = say(BY_THE_DAY, day=day.isoformat(), name=name, period=duty.period.code)
            step = Possible(duty.reference, title, (Move("returns_on_time", 1, 1),), LIGHT, day)
            yield Offer(step, Counted(Thing.DUTY, duty.reference, f"{name} {duty.period.code}"))
