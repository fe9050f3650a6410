"""Anomalies: received and verified at the server's time, the same day wherever that is set (不过夜)."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit import service as audit
from inspect_app.core import clock as time
from inspect_app.core.database import lock
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.core.references import next_reference
from inspect_app.core.workdays import load_calendar
from inspect_app.quakes.lifecycle import ANOMALY_LIFE, RECEIVED
from inspect_app.quakes.loading import definitions
from inspect_app.quakes.models import Anomaly
from inspect_app.quakes.places import place_of
from inspect_app.quakes.rules import same_day
from inspect_app.quakes.service import BOUNDS
from inspect_app.quakes.starting import due, rule_for
from inspect_app.quakes.words import FINDING_LABELS
from inspect_app.regions.models import Region
from inspect_app.regions.queries import county_of, covers

SUBJECT = "anomaly"
LONGEST = 1000


@dataclass(frozen=True)
class Sighting:
    """What was told: what, where, in which county or township, and by which observer of the register, if any."""

    region: Region
    what: str
    place: str
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    observer: str = ""


def receive(session: Session, actor: Actor, told: Sighting) -> Anomaly:
    """Take an anomaly in under YC-{county}-{year}-{nnnn}; raises Invalid or Forbidden."""
    _check_place(session, actor, told.region)
    _check(told)
    county, now = county_of(session, told.region.id), time.now()
    rule, place = rule_for(definitions().anomaly, place_of(county)), place_of(county)
    made = Anomaly(
        reference=next_reference(session, f"YC-{county.code}-{time.local(now).year}"), state=RECEIVED,
        county=county, region=told.region, what=told.what.strip(), place=told.place.strip(),
        longitude=told.longitude, latitude=told.latitude, observer=told.observer.strip(), received_at=now,
        received_by_id=actor.id, due_at=due(rule, place, now, None, load_calendar(session)) if rule else None,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _note(session, actor, "receive", made, {"what": [None, made.what], "place": [None, made.place]})
    return made


def verify(
    session: Session, actor: Actor, anomaly: Anomaly, finding: str, result: str, version: int | None = None
) -> Anomaly:
    """Verify an anomaly now; raises Invalid, Forbidden, Stale or StepRefused."""
    lock(session, anomaly)
    _check_place(session, actor, anomaly.region)
    problems: dict[str, list[str]] = {}
    if finding not in FINDING_LABELS:
        problems["finding"] = [mark("请选择核实结论。")]
    if not result.strip() or len(result) > LONGEST:
        problems["result"] = [mark("请写明谁、怎样核实、看到什么，一千字以内。")]
    if problems:
        raise Invalid(problems)
    now = time.now()
    facts = {"finding": finding, "result": result.strip(), "same_day": same_day(anomaly.received_at, now)}
    advance(ANOMALY_LIFE, "verify", Attempt(anomaly, facts, actor, now, time.today()), version=version)
    anomaly.verified_at, anomaly.finding, anomaly.result = now, finding, result.strip()
    session.flush()
    _note(session, actor, "verify", anomaly, {"finding": [None, finding], "same_day": [None, facts["same_day"]]})
    return anomaly


def _check_place(session: Session, actor: Actor, region: Region) -> None:
    top = actor.capture_region_id
    held = top is not None and actor.can(Permission.VERIFY_ANOMALY) and covers(session, top, region.id)
    if actor.role is not None and not held:
        raise Forbidden(mark("您只能接收和核实本地区的异常。"))


def _check(told: Sighting) -> None:
    found: dict[str, list[str]] = {}
    if not told.what.strip() or len(told.what) > LONGEST:
        found["what"] = [mark("请写明是什么异常，例如 水井水位突升 1 米，一千字以内。")]
    if not told.place.strip():
        found["place"] = [mark("请写明在哪里，能让核实的人找到。")]
    for name in ("longitude", "latitude"):
        low, high, sentence = BOUNDS[name]
        value = getattr(told, name)
        if value is not None and not low <= value <= high:
            found[name] = [sentence]
    if (told.longitude is None) != (told.latitude is None):
        found.setdefault("latitude", []).append(mark("经度和纬度要同时填写。"))
    if found:
        raise Invalid(found)


def _note(session: Session, actor: Actor, action: str, anomaly: Anomaly, changes: dict[str, list[object]]) -> None:
    audit.record(
        session, actor, f"anomaly.{action}", kind=SUBJECT, id=anomaly.id, reference=anomaly.reference,
        region_id=anomaly.region_id, changes=changes,
    )  # fmt: skip
