"""Up to which instant a response to an event is in time. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from inspect_app.core.clock import local, start_of
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.workplans.library.definition import Obligation
from inspect_app.workplans.library.places import Asked, Place, why_not
from inspect_app.workplans.library.spans import DAY

if TYPE_CHECKING:
    from inspect_app.core.workdays import Calendar


@dataclass(frozen=True)
class Event:
    """Something that starts a clock: the aware instant it happened or was received, and the magnitude of a quake."""

    at: datetime
    magnitude: Decimal | None = None


@dataclass(frozen=True)
class Deadline:
    """The instant (UTC) up to which a response is in time, or why there is none."""

    at: datetime | None
    why_none: Sentence | None = None


def deadline(obligation: Obligation, place: Place, event: Event, calendar: "Calendar") -> Deadline:
    """Compute the deadline of a response; what is due at once has no instant to compare with."""
    asked = Asked(obligation, place, local(event.at).year)
    why = why_not(obligation, place) or _not_started(asked, event)
    if why is not None:
        return Deadline(None, why)
    if obligation.measure.immediately:
        return Deadline(None, say(mark("要求立即办理，没有写明多长时间。")))
    at = _until(asked, event, calendar)
    return Deadline(at, None if at else say(mark("这个地方没有规定时限。")))


def _not_started(asked: Asked, event: Event) -> Sentence | None:
    if asked.obligation.measure.trigger is None:
        return say(mark("这项按日期到期，不由事件计时。"))
    if asked.obligation.measure.number("magnitude") is None:
        return None
    least = asked.exact("magnitude")
    if least is None:
        return say(mark("这个地方没有规定从几级起计时。"))
    if event.magnitude is None:
        return say(mark("没有震级，无法判断是否计时。"))
    weaker = say(mark("震级 %(magnitude)s 低于 %(least)s，不计时。"), magnitude=event.magnitude, least=least)
    return weaker if event.magnitude < least else None


def _until(asked: Asked, event: Event, calendar: "Calendar") -> datetime | None:
    day = local(event.at).date()
    if minutes := asked.count("minutes"):
        return event.at + timedelta(minutes=minutes)
    if hours := asked.count("hours"):
        return event.at + timedelta(hours=hours)
    if working := asked.count("working_days"):
        return start_of(calendar.add_working_days(day, working) + DAY)
    return start_of(day + DAY) if asked.text("same_day") else None
