"""The life of an earthquake at a desk: recorded once, corrected, its response ended, reviewed, cancelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit import service as audit
from inspect_app.core import clock as time
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance, plain
from inspect_app.core.references import next_reference
from inspect_app.quakes import clocks
from inspect_app.quakes.lifecycle import QUAKE_LIFE, RECORDED
from inspect_app.quakes.models import Quake, QuakeClock, QuakeReport
from inspect_app.quakes.words import ReportKind, Side
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import covers

SUBJECT = "quake"
AHEAD = timedelta(minutes=5)
LONGEST = 200
BOUNDS = {
    "magnitude": (Decimal(0), Decimal(10), mark("震级应在 0 到 10 之间，保留一位小数。")),
    "depth_km": (Decimal(0), Decimal(800), mark("深度应在 0 到 800 千米之间。")),
    "longitude": (Decimal(73), Decimal(136), mark("经度应在 73–136 之间（我国境内，十进制度）。")),
    "latitude": (Decimal(3), Decimal(54), mark("纬度应在 3–54 之间（我国境内，十进制度）。")),
}
PLACES = {"magnitude": 1, "depth_km": 1, "longitude": 7, "latitude": 7}
CORRECTABLE = ("magnitude", "depth_km", "longitude", "latitude", "place")
ENDED, RESPONSE_ENDED = "已报终报", "已宣布处置结束"


@dataclass(frozen=True)
class Told:
    """An earthquake as somebody tells of it; `region` is the prefecture whose desk it comes to."""

    region: Region
    occurred_at: datetime
    longitude: Decimal
    latitude: Decimal
    place: str
    magnitude: Decimal
    source: str
    depth_km: Decimal | None = None
    county: Region | None = None
    exercise: bool = False
    external_id: str | None = None


def record(session: Session, actor: Actor, told: Told) -> tuple[Quake, bool]:
    """Enter an earthquake under DZ-YYYYMMDD-NN and start its clocks at its instant; tells whether it is new.

    One whose `external_id` is known is returned as it stands: posting twice changes nothing. Invalid or Forbidden.
    """
    _check_desk(session, actor, told)
    if found := _known(session, told):
        return found, False
    _check(told)
    made = Quake(
        reference=next_reference(session, f"DZ-{time.local(told.occurred_at):%Y%m%d}", 2), state=RECORDED,
        external_id=told.external_id or None, region=told.region, county=told.county,
        occurred_at=told.occurred_at.astimezone(UTC), received_at=time.now(), longitude=told.longitude,
        latitude=told.latitude, place=told.place.strip(), magnitude=told.magnitude, depth_km=told.depth_km,
        source=told.source.strip(), exercise=told.exercise, created_by_id=actor.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    started, _gone = clocks.settle(session, made, made.occurred_at)
    said: dict[str, list[Any]] = {
        "magnitude": [None, made.magnitude],
        "place": [None, made.place],
        "clocks": [None, codes(started)],
    }
    note(session, actor, "record", made, said)
    return made, True


def correct(
    session: Session, actor: Actor, quake: Quake, values: Mapping[str, Any], reason: str, version: int | None = None
) -> Quake:
    """Correct what was told (`CORRECTABLE`); the event keeps what stood before.

    Clocks that the corrected magnitude asks for start now, when the correction is received, and not at the instant of
    the earthquake: nobody could have known. Those it no longer asks for are cancelled, with what was done on them.
    """
    hold(session, quake)
    given = {name: values[name] for name in CORRECTABLE if name in values}
    _check_values(given)
    before = {name: getattr(quake, name) for name, value in given.items() if getattr(quake, name) != value}
    after = {name: given[name] for name in before}
    step(session, actor, quake, "correct", {"reason": reason, "before": before, "after": after}, version)
    for name, value in after.items():
        setattr(quake, name, value)
    session.flush()
    started, gone = clocks.settle(session, quake, time.now())
    told = {name: [before[name], after[name]] for name in before}
    changes = {**told, "clocks": [codes(gone), codes(started)], "reason": [None, reason]}
    note(session, actor, "correct", quake, changes)
    return quake


def end(session: Session, actor: Actor, quake: Quake, version: int | None = None) -> Quake:
    """Declare the response over: no follow-ups any more, and the clocks of the final report and the review start."""
    hold(session, quake)
    step(session, actor, quake, "end", {}, version)
    clocks.conclude(session, quake, RESPONSE_ENDED)
    note(session, actor, "end", quake, {"ended_at": [None, quake.ended_at]})
    return quake


def cancel(session: Session, actor: Actor, quake: Quake, reason: str, version: int | None = None) -> Quake:
    """Take an earthquake back (误触发): its clocks are cancelled and nothing of it counts."""
    hold(session, quake)
    step(session, actor, quake, "cancel", {"reason": reason}, version)
    for each in quake.clocks:
        if each.cancelled_at is None:
            clocks.cancel(each, reason)
    session.flush()
    note(session, actor, "cancel", quake, {"reason": [None, reason]})
    return quake


def review(
    session: Session, actor: Actor, quake: Quake, conclusion: str, *, nothing_found: bool, version: int | None = None
) -> Quake:
    """Finish the review after the response: its measures are listed, or nothing was found to mend."""
    hold(session, quake)
    facts = {"conclusion": conclusion, "measures": len(quake.measures), "nothing_found": nothing_found}
    step(session, actor, quake, "review", facts, version)
    waiting: list[QuakeClock | None] = [*clocks.running(quake, ReportKind.REVIEW)]
    for each in waiting or [None]:
        add_report(session, actor, quake, ReportKind.REVIEW, each, quake.region, text=conclusion)
    note(session, actor, "review", quake, {"conclusion": [None, conclusion]})
    return quake


def hold(session: Session, quake: Quake) -> None:
    """Lock an earthquake and read its clocks again, so that two people never stop the same one."""
    lock(session, quake)
    again = select(QuakeClock).where(QuakeClock.quake_id == quake.id).execution_options(populate_existing=True)
    session.scalars(again).all()


def add_report(  # noqa: PLR0913 - one argument a column
    session: Session,
    actor: Actor,
    quake: Quake,
    kind: ReportKind,
    clock: QuakeClock | None,
    region: Region,
    *,
    text: str,
    side: Side = Side.SEISMIC,
    figures: Mapping[str, int | None] | None = None,
    receivers: Sequence[str] = (),
    corrects: QuakeReport | None = None,
) -> QuakeReport:
    """Write a report down at the server's time, which also stops its clock."""
    made = QuakeReport(
        kind=kind, clock=clock, side=side, region=region, made_at=time.now(), made_by_id=actor.id,
        made_by_name=actor.name, receivers=list(receivers), text=text.strip(), figures=dict(figures or {}),
        corrects=corrects, deliveries=[],
    )  # fmt: skip
    quake.reports.append(made)
    if clock is not None and clock.done_at is None:
        clock.done_at = made.made_at
    session.flush()
    return made


def step(
    session: Session, actor: Actor, quake: Quake, action: str, facts: Mapping[str, Any], version: int | None = None
) -> None:
    """Take a step of the life."""
    given = {name: plain(value) for name, value in facts.items()}
    advance(QUAKE_LIFE, action, Attempt(quake, given, actor, time.now(), time.today()), version=version)
    session.flush()


def note(session: Session, actor: Actor, action: str, quake: Quake, changes: Mapping[str, Sequence[Any]]) -> None:
    """Write what was done to an earthquake into the trail."""
    audit.record(
        session, actor, f"quake.{action}", kind=SUBJECT, id=quake.id, reference=quake.reference,
        region_id=quake.county_id or quake.region_id, changes={name: plain(value) for name, value in changes.items()},
    )  # fmt: skip


def codes(found: Sequence[QuakeClock]) -> list[str]:
    """Name clocks by code and place."""
    return [f"{each.code}@{each.region.code}" for each in found]


def _known(session: Session, told: Told) -> Quake | None:
    if not told.external_id:
        return None
    found = session.scalar(select(Quake).where(Quake.external_id == told.external_id))
    if found is not None and found.region_id != told.region.id:
        raise Conflict(mark("这个外部编号已由另一个地区登记，请换一个编号。"))
    return found


def _check_desk(session: Session, actor: Actor, told: Told) -> None:
    top = actor.capture_region_id
    held = top is not None and covers(session, top, told.region.id)
    if actor.role is not None and not (held and actor.can(Permission.RECORD_QUAKE)):
        raise Forbidden(mark("您只能为本地区登记地震。"))
    if told.region.level != Level.PREFECTURE:
        raise Invalid({"region": [mark("地震登记在地级；震中所在的县另外填写。")]})
    inside = told.county is None or covers(session, told.region.id, told.county.id)
    if not inside or (told.county is not None and told.county.level != Level.COUNTY):
        raise Invalid({"county": [mark("震中所在的县（市、区）应属于本地区；在外地的请留空。")]})


def _check(told: Told) -> None:
    _check_values({name: getattr(told, name) for name in CORRECTABLE})
    found: dict[str, list[str]] = {}
    if told.occurred_at > time.now() + AHEAD:
        found["occurred_at"] = [mark("发震时刻不能晚于现在，请核对日期和时间。")]
    if not told.source.strip():
        found["source"] = [mark("请写明参数来自哪里，例如 中国地震台网速报。")]
    if found:
        raise Invalid(found)


def _check_values(values: Mapping[str, Any]) -> None:
    found: dict[str, list[str]] = {}
    for name, value in values.items():
        if name == "place":
            if not value.strip() or len(value) > LONGEST:
                found[name] = [mark("请写明地震发生在哪里，二百字以内。")]
        elif value is None:
            if name != "depth_km":
                found[name] = [BOUNDS[name][2]]
        elif not _fits(name, value):
            found[name] = [BOUNDS[name][2]]
    if found:
        raise Invalid(found)


def _fits(name: str, value: Decimal) -> bool:
    low, high, _sentence = BOUNDS[name]
    exponent = value.normalize().as_tuple().exponent if value.is_finite() else None
    return isinstance(exponent, int) and -exponent <= PLACES[name] and low <= value <= high
