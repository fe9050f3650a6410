"""Photos and papers that hang on answers. Bytes are stored before the transaction; the same file twice is one."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.evidence import store
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.pictures import Picture
from inspect_app.evidence.rules import FileKind
from inspect_app.evidence.service import Prepared, attach
from inspect_app.inspections.answers import check_filler, check_open, item_of
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import SUBJECT

FILES_PER_ITEM = 20


@dataclass(frozen=True)
class Place:
    """Where the device says it was, WGS-84."""

    longitude: Decimal
    latitude: Decimal


def attach_proof(  # noqa: PLR0913 - what is known of one file
    session: Session,
    actor: Actor,
    inspection: Inspection,
    item_code: str,
    prepared: Prepared,
    *,
    paper: bool = False,
    place: Place | None = None,
    taken_at: datetime | None = None,
) -> Evidence:
    """Hang a stored file on an item, as a paper or as a picture of the state found. Raises what `answer` raises."""
    lock(session, inspection)
    item = item_of(inspection, item_code)
    check_filler(inspection, actor)
    purpose = Purpose.PROOF if paper else Purpose.ANSWER
    known = _held(session, inspection, item_code)
    if same := next((each for each in known if (each.sha256, each.purpose) == (prepared.sha256, purpose)), None):
        return same
    check_open(inspection)
    if len(known) >= FILES_PER_ITEM:
        raise Invalid({"file": [mark("每一项最多 20 个文件，请删去多余的再传。")]})
    made = attach(
        session,
        actor,
        prepared,
        kind=SUBJECT,
        id=inspection.id,
        item=item.code,
        purpose=purpose,
        county_id=inspection.county_id,
        region_id=inspection.region_id,
        longitude=place.longitude if place else None,
        latitude=place.latitude if place else None,
        taken_at=taken_at,
    )
    _record(session, actor, "inspection.attach", inspection, made)
    return made


def withdraw_proof(session: Session, actor: Actor, inspection: Inspection, uuid: str) -> Evidence:
    """Take a file off an item; its row and bytes are kept. Taking it off again changes nothing."""
    lock(session, inspection)
    check_filler(inspection, actor)
    found = session.scalar(
        select(Evidence).where(
            Evidence.uuid == uuid, Evidence.subject_kind == SUBJECT, Evidence.subject_id == inspection.id
        )
    )
    if found is None:
        raise NotFound
    if found.withdrawn_at is None:
        check_open(inspection)
        found.withdrawn_at = clock.now()
        _record(session, actor, "inspection.withdraw", inspection, found)
    return found


def prepared_of(file: Evidence) -> Prepared:
    """Return a stored file so that it can be attached to another thing: the bytes are not copied."""
    picture = None
    if file.width and file.height:
        picture = Picture(file.width, file.height, file.taken_at, file.longitude, file.latitude)
    path = store.current().path_of(file.sha256)
    return Prepared(path, file.sha256, file.size, FileKind(file.media_type), file.original_name, picture)


def _held(session: Session, inspection: Inspection, item_code: str) -> list[Evidence]:
    rows = select(Evidence).where(
        Evidence.subject_kind == SUBJECT,
        Evidence.subject_id == inspection.id,
        Evidence.item == item_code,
        Evidence.withdrawn_at.is_(None),
    )
    return list(session.scalars(rows))


def _record(session: Session, actor: Actor, action: str, inspection: Inspection, file: Evidence) -> None:
    audit.record(
        session,
        actor,
        action,
        kind=SUBJECT,
        id=inspection.id,
        reference=inspection.reference,
        region_id=inspection.region_id,
        changes={file.item: [None, {"file": file.uuid, "sha256": file.sha256, "purpose": file.purpose.value}]},
    )
