"""Keeping restricted papers. The trail says who did what to which paper, never a word of what it says."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit import service as audit
from inspect_app.audit.changes import HIDDEN
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, Stale
from inspect_app.core.labels import mark
from inspect_app.core.references import next_reference
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.service import Prepared, attach
from inspect_app.opinions.models import Opinion
from inspect_app.opinions.queries import SUBJECT
from inspect_app.opinions.rules import Paper, problems_of
from inspect_app.regions.models import Region
from inspect_app.regions.queries import covers

OPEN = ("kind", "held_on", "covers_from", "covers_until")
CLOSED = ("title", "text", "receivers")


def keep(session: Session, actor: Actor, region: Region, paper: Paper) -> Opinion:
    """Keep a new paper under a reference HS-{region}-{year}-{nn}; raises Invalid or Forbidden."""
    _check_writer(session, actor, region.id)
    _check(paper)
    year = paper.held_on.year if paper.held_on else clock.today().year
    opinion = Opinion(
        reference=next_reference(session, f"HS-{region.code}-{year}", 2),
        region=region,
        created_at=clock.now(),
        created_by_id=actor.id,
        **_columns(paper),
    )
    session.add(opinion)
    session.flush()
    _record(session, actor, "create", opinion, _told({}, _columns(paper)))
    return opinion


def change(session: Session, actor: Actor, opinion: Opinion, version: int, paper: Paper) -> Opinion:
    """Change a paper that nobody was told of yet; raises Stale, Invalid, Conflict or Forbidden."""
    _open_to(session, actor, opinion, version)
    if opinion.notified_at is not None:
        raise Conflict(mark("已通报的材料不能修改；内容有变的，请另录一份，并撤回这一份。"))
    _check(paper)
    before = {name: getattr(opinion, name) for name in (*OPEN, *CLOSED)}
    fresh = {name: value for name, value in _columns(paper).items() if before[name] != value}
    for name, value in fresh.items():
        setattr(opinion, name, value)
    if fresh:
        opinion.version += 1
        session.flush()
        _record(session, actor, "update", opinion, _told(before, fresh))
    return opinion


def notify(session: Session, actor: Actor, opinion: Opinion, version: int) -> Opinion:
    """Note that the receivers were told, at the server's time; from then on the paper stands still."""
    _open_to(session, actor, opinion, version)
    if opinion.notified_at is not None:
        raise Conflict(mark("已经登记过通报。"))
    if not opinion.receivers:
        raise Invalid({"receivers": [mark("请先填写通报对象。")]})
    opinion.notified_at = clock.now()
    opinion.version += 1
    _record(session, actor, "notify", opinion, {"notified_at": [None, opinion.notified_at]})
    return opinion


def withdraw(session: Session, actor: Actor, opinion: Opinion, version: int) -> Opinion:
    """Take a paper out of every count; it stays to be read."""
    _open_to(session, actor, opinion, version)
    opinion.withdrawn_at = clock.now()
    opinion.version += 1
    _record(session, actor, "withdraw", opinion, {"withdrawn_at": [None, opinion.withdrawn_at]})
    return opinion


def add_file(session: Session, actor: Actor, opinion: Opinion, version: int, prepared: Prepared) -> Evidence:
    """Put a file beside a paper; its name is not told in the trail."""
    _open_to(session, actor, opinion, version)
    region = opinion.region_id
    made = attach(session, actor, prepared, kind=SUBJECT, id=opinion.id, purpose=Purpose.ORIGINAL,
                  county_id=region, region_id=region)  # fmt: skip
    opinion.version += 1
    _record(session, actor, "attach", opinion, {"file": [None, HIDDEN]})
    return made


def note_opened(session: Session, actor: Actor, opinion: Opinion) -> None:
    """Note that somebody opened a paper."""
    _record(session, actor, "open", opinion, {})


def note_downloaded(session: Session, actor: Actor, opinion: Opinion, file: Evidence) -> None:
    """Note that somebody took a file of a paper, by its key."""
    _record(session, actor, "download", opinion, {"file": [None, file.uuid]})


def may_write(session: Session, actor: Actor, region_id: int) -> bool:
    """Tell whether the person keeps papers for a region."""
    if actor.role is None:
        return True
    within = actor.capture_region_id is not None and covers(session, actor.capture_region_id, region_id)
    return within and actor.can(Permission.WRITE_RESTRICTED)


def _check_writer(session: Session, actor: Actor, region_id: int) -> None:
    if not may_write(session, actor, region_id):
        raise Forbidden(mark("您不能为这个地区录入会商与预测意见。"))


def _open_to(session: Session, actor: Actor, opinion: Opinion, version: int) -> None:
    lock(session, opinion)
    if version != opinion.version:
        raise Stale
    _check_writer(session, actor, opinion.region_id)
    if opinion.withdrawn_at is not None:
        raise Conflict(mark("这份材料已撤回，不能再改。"))


def _check(paper: Paper) -> None:
    if found := problems_of(paper, clock.today()):
        raise Invalid(found)


def _columns(paper: Paper) -> dict[str, Any]:
    return {
        "kind": paper.kind,
        "held_on": paper.held_on,
        "covers_from": paper.covers_from,
        "covers_until": paper.covers_until,
        "title": paper.title.strip(),
        "text": paper.text.strip().replace("\r\n", "\n"),
        "receivers": list(paper.receivers),
    }


def _told(before: Mapping[str, Any], fresh: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Say which fields changed; days and kind as they are, what the paper says hidden."""
    shown = {name: [before.get(name), fresh[name]] for name in OPEN if fresh.get(name)}
    hidden = {name: [HIDDEN if before.get(name) else None, HIDDEN] for name in CLOSED if name in fresh}
    return {**shown, **hidden}


def _record(session: Session, actor: Actor, action: str, opinion: Opinion, changes: Mapping[str, Any]) -> None:
    audit.record(session, actor, f"opinion.{action}", kind=SUBJECT, id=opinion.id, reference=opinion.reference,
                 region_id=opinion.region_id, changes=changes)  # fmt: skip
