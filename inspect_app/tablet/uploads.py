"""Files from tablets: announced, sent in portions, and attached once length and SHA-256 are those announced."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, FileRefused, Forbidden, Invalid, NotFound, StepRefused
from inspect_app.core.labels import mark
from inspect_app.evidence import service as evidence
from inspect_app.evidence import store
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.rules import DOCUMENTS, PHOTOS
from inspect_app.evidence.service import Prepared, prepare_file
from inspect_app.hazards import queries as hazards
from inspect_app.hazards.attachments import OPEN_FOR, add_file
from inspect_app.hazards.models import Hazard
from inspect_app.inspections import proofs
from inspect_app.inspections.models import Inspection
from inspect_app.tablet import findings, receipts, visits
from inspect_app.tablet.answering import stranded
from inspect_app.tablet.models import Upload
from inspect_app.tablet.portions import Portions
from inspect_app.tablet.receipts import Answered, Kind, Outcome, Sender, Sent
from inspect_app.tablet.rules import Verdict, Why

PORTION_BYTES = 256 * 1024
MOST_PORTION_BYTES = 1024 * 1024
MOST_UNFINISHED = 300
ABANDONED_AFTER = timedelta(days=7)
TOUCHED_EVERY = timedelta(days=1)
ASIDE = "stranded:"
BESIDE_HAZARD = "hazard_aside"
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PURPOSES = {"hazard": Purpose.BEFORE, "recheck": Purpose.RECHECK}


@dataclass(frozen=True)
class WrongOffset(Exception):
    """A portion that does not begin where the ones before it end."""

    offset: int


def announce(session: Session, sender: Sender, uuid: str, given: Mapping[str, Any]) -> Upload:
    """Note what is to come; announced again the same is known, and what has arrived counts.

    Raises Conflict for other content under the same key, Forbidden for somebody else's, Invalid, NotFound for a target
    that does not exist for this person.
    """
    receipts.hold(session, [uuid])
    known = session.scalar(select(Upload).where(Upload.uuid == uuid))
    if known is not None:
        _check_same(known, sender.actor, given)
        _touch(known)
        return known
    _check_target(session, sender.actor, given["about"])
    _check_quota(session, sender.actor)
    now = clock.now()
    columns = {"sha256": given["sha256"], "size": given["size"], "user_id": sender.actor.id}
    made = Upload(uuid=uuid, **columns, device_id=sender.device_id, about=_told(given), started_at=now, touched_at=now)
    session.add(made)
    session.flush()
    return made


def of(session: Session, actor: Actor, uuid: str) -> Upload:
    """Return an upload of this person; others are not found."""
    found = session.scalar(select(Upload).where(Upload.uuid == uuid, Upload.user_id == actor.id))
    if found is None:
        raise NotFound(mark("服务器没有这个文件的登记，请重新发送。"))
    return found


def portions_of(upload: Upload) -> Portions:
    """Return where the bytes of an upload lie."""
    return Portions(store.current(), upload.uuid)


def arrived(upload: Upload) -> int:
    """Return how many bytes have arrived."""
    return upload.size if upload.done_at is not None else min(portions_of(upload).length(), upload.size)


def put(upload: Upload, offset: int, content: bytes) -> None:
    """Keep a portion, outside any transaction; raises WrongOffset, Invalid when it is too long."""
    have = arrived(upload)
    if offset != have:
        raise WrongOffset(have)
    if offset + len(content) > upload.size:
        raise Invalid({"": [mark("收到的内容比登记的文件长，请重新发送这个文件。")]})
    if content:
        portions_of(upload).put(offset, content)


def prepare(upload: Upload) -> Prepared:
    """Put what has arrived among the stored files, synced; call it before the transaction.

    Raises FileRefused when it is not what was announced, or no picture or paper; then it must be sent anew.
    """
    allowed = DOCUMENTS if upload.about["about"].get("paper") else PHOTOS
    kept = portions_of(upload)
    try:
        with kept.stream() as stream:
            return prepare_file(stream, upload.about["name"], allowed, declared_sha256=upload.sha256)
    except FileRefused as refused:
        if refused.file_code != "E_TOO_BIG":
            kept.forget()
        raise


def finish(session: Session, sender: Sender, uuid: str, prepared: Prepared) -> Answered:
    """Attach what was prepared, once, and give its receipt; raises what hinders it, and it may be tried again."""
    receipts.hold(session, [uuid])
    upload = of(session, sender.actor, uuid)
    sent = sent_of(upload)
    done = receipts.receive(session, sender, sent, lambda: _attach(session, sender, sent, prepared))
    if upload.done_at is None:
        upload.done_at, upload.received, upload.touched_at = clock.now(), upload.size, clock.now()
        session.flush()
    return done


def sent_of(upload: Upload) -> Sent:
    """Return an upload as something sent, for its receipt."""
    claimed = upload.about.get("claimed_at")
    content = {"sha256": upload.sha256, "size": upload.size, "name": upload.about["name"], **upload.about["about"]}
    return Sent(upload.uuid, Kind.FILE, content, datetime.fromisoformat(claimed) if claimed else None)


def _attach(session: Session, sender: Sender, sent: Sent, prepared: Prepared) -> Outcome:
    about = sent.content
    if about["kind"] == "item":
        inspection = visits.find(session, sender.actor, str(about["visit"]))
        return _attach_to_item(session, sender, inspection, sent, prepared)
    hazard = hazards.by_reference(session, sender.actor, _hazard_of(session, sender.actor, about))
    if about["kind"] == "recheck":
        findings.begin_recheck(session, sender.actor, hazard)
    where: dict[str, Any] = {"taken_at": _instant(about)}
    if place := _place(about):
        where |= {"longitude": place.longitude, "latitude": place.latitude}
    purpose = PURPOSES[about["kind"]]
    if hazard.state not in OPEN_FOR[purpose][0]:
        return _beside_hazard(session, sender, hazard, sent, prepared, where)
    made = add_file(session, sender.actor, hazard, prepared, purpose, **where)
    return Outcome({"outcome": Verdict.KEPT, "file": made.uuid, "hazard": hazard.reference, **_counted(prepared)})


def _beside_hazard(
    session: Session, sender: Sender, hazard: Hazard, sent: Sent, prepared: Prepared, where: Mapping[str, Any]
) -> Outcome:
    """Keep a photo of a hazard that takes none any more where the office finds it, apart from the hazard's own."""
    made = evidence.attach(
        session, sender.actor, prepared, kind=BESIDE_HAZARD, id=hazard.id, purpose=PURPOSES[sent.content["kind"]],
        county_id=hazard.county_id, region_id=hazard.region_id, **where,
    )  # fmt: skip
    aside = findings.moved_on(sent, hazard)
    return Outcome({**aside.result, "file": made.uuid, **_counted(prepared)}, None, aside.status, aside.kind)


def _attach_to_item(
    session: Session, sender: Sender, inspection: Inspection, sent: Sent, prepared: Prepared
) -> Outcome:
    about, why = sent.content, visits.why_stranded(session, sender.actor, inspection)
    paper, item = bool(about.get("paper")), str(about["item"])
    if why in (None, Why.DONE):
        try:
            made = proofs.attach_proof(
                session, sender.actor, inspection, item, prepared, paper=paper, place=_place(about),
                taken_at=_instant(about),
            )  # fmt: skip
        except (StepRefused, NotFound):
            if why is None and item in {each.code for each in visits.items_of(inspection)}:
                raise
        else:
            told = {"outcome": Verdict.KEPT, "file": made.uuid, "item": item, **_counted(prepared)}
            return Outcome(told, inspection.id)
    return _set_aside(session, sender, inspection, sent, prepared, why or Why.GONE)


def _set_aside(
    session: Session, sender: Sender, inspection: Inspection, sent: Sent, prepared: Prepared, why: Why
) -> Outcome:
    """Keep a file that cannot hang on its item where the office finds it."""
    purpose = Purpose.PROOF if sent.content.get("paper") else Purpose.ANSWER
    place = _place(sent.content)
    made = evidence.attach(
        session, sender.actor, prepared, kind="inspection", id=inspection.id, purpose=purpose,
        item=f"{ASIDE}{sent.content['item']}", county_id=inspection.county_id, region_id=inspection.region_id,
        taken_at=_instant(sent.content), longitude=place.longitude if place else None,
        latitude=place.latitude if place else None,
    )  # fmt: skip
    aside = stranded(sent, why, inspection)
    result = {**aside.result, "file": made.uuid, **_counted(prepared)}
    return Outcome(result, inspection.id, aside.status, aside.kind)


def _touch(upload: Upload) -> None:
    """Note that an upload is not given up; once a day is enough."""
    if upload.done_at is None and clock.now() - upload.touched_at > TOUCHED_EVERY:
        upload.touched_at = clock.now()


def _check_target(session: Session, actor: Actor, about: Mapping[str, Any]) -> None:
    needed = ("visit", "item") if about["kind"] == "item" else ("hazard",)
    if missing := [name for name in needed if not about.get(name)]:
        raise Invalid({f"about.{name}": [mark("没有说明文件属于哪一项。")] for name in missing})
    if about["kind"] == "item":
        visits.find(session, actor, about["visit"])
    elif not _is_key(about["hazard"]):
        hazards.by_reference(session, actor, about["hazard"])


def _check_quota(session: Session, actor: Actor) -> None:
    recent = Upload.touched_at >= clock.now() - ABANDONED_AFTER
    query = select(func.count()).select_from(Upload).where(Upload.user_id == actor.id, Upload.done_at.is_(None), recent)
    if (session.scalar(query) or 0) >= MOST_UNFINISHED:
        raise Conflict(mark("未传完的文件太多，请先把已开始的文件传完。"))


def _check_same(known: Upload, actor: Actor, given: Mapping[str, Any]) -> None:
    if known.user_id != actor.id:
        raise Forbidden(mark("这份内容属于另一个人，不能由您发送。"))
    said = {**_told(given), "claimed_at": known.about.get("claimed_at")}
    if (known.sha256, known.size, known.about) != (given["sha256"], given["size"], said):
        raise Conflict(mark("同一编号下已登记另一个文件，请换一个编号发送。"))


def _told(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"about": dict(given["about"]), "name": given["name"], "claimed_at": given["claimed_at"]}


def _hazard_of(session: Session, actor: Actor, about: Mapping[str, Any]) -> str:
    """Return the reference of the hazard that a file belongs to; named by a key, it was sent under that before."""
    named = str(about["hazard"])
    if not _is_key(named):
        return named
    made = receipts.of_keys(session, actor, [named]).get(named)
    if made is None or "reference" not in made.result:
        raise Conflict(mark("照片所属的隐患还没有收到，请先发送隐患。"))
    return str(made.result["reference"])


def _is_key(named: str) -> bool:
    return re.fullmatch(UUID, named) is not None


def _place(about: Mapping[str, Any]) -> proofs.Place | None:
    place = about.get("place")
    return proofs.Place(Decimal(str(place["longitude"])), Decimal(str(place["latitude"]))) if place else None


def _instant(about: Mapping[str, Any]) -> datetime | None:
    return datetime.fromisoformat(about["taken_at"]) if about.get("taken_at") else None


def _counted(prepared: Prepared) -> dict[str, Any]:
    return {"size": prepared.size, "sha256": prepared.sha256}
