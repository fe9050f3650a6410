"""Taking files in before the transaction, tying them to things inside it, and giving them out unaltered."""

import hmac
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.clock import now
from inspect_app.core.errors import FileRefused
from inspect_app.evidence import store
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.pictures import Picture, make_thumbnail, read_picture
from inspect_app.evidence.rules import FILE_BYTES, PHOTOS, FileDamaged, FileKind, admit, clean_name

PLACES = Decimal("0.0000001")


@dataclass(frozen=True)
class Prepared:
    """A file that is safely stored under its hash and may now be attached; `picture` for photos."""

    path: Path
    sha256: str
    size: int
    kind: FileKind
    original_name: str
    picture: Picture | None


def prepare_photo(stream: BinaryIO, filename: str, *, declared_sha256: str = "") -> Prepared:
    """Store a photo (JPG, PNG, WebP; 25 MB, 60 million pixels). Call it before the transaction; raises FileRefused.

    When the sender declares the SHA-256 of what it sends, anything else is refused as cut off on the way.
    """
    return prepare_file(stream, filename, PHOTOS, declared_sha256=declared_sha256)


def prepare_file(
    stream: BinaryIO, filename: str, allowed: Collection[FileKind], *, declared_sha256: str = ""
) -> Prepared:
    """Store a file of one of the kinds (`rules.PHOTOS`, `DOCUMENTS`, `WORKBOOKS`) by its bytes; see prepare_photo."""
    name = clean_name(filename)
    files = store.current()
    with files.incoming(stream, FILE_BYTES) as received:
        if declared_sha256 and not hmac.compare_digest(declared_sha256.lower().encode(), received.sha256.encode()):
            raise FileRefused("E_CORRUPT", "文件“%(name)s”上传中断或在途中损坏，没有保存。请重新上传。", name=name)
        kind = admit(received.head, name, allowed)
        picture = read_picture(received.path, name) if kind in PHOTOS else None
        path = files.keep(received)
    return Prepared(path, received.sha256, received.size, kind, name, picture)


def attach(  # noqa: PLR0913 - one argument a column
    session: Session,
    actor: Actor,
    prepared: Prepared,
    *,
    kind: str,
    id: int,  # noqa: A002 - the key of the subject
    purpose: Purpose | str,
    county_id: int,
    region_id: int,
    item: str = "",
    taken_at: datetime | None = None,
    longitude: Decimal | None = None,
    latitude: Decimal | None = None,
) -> Evidence:
    """Tie a prepared file to a thing ("hazard", "inspection", "return"). The same file again there changes nothing.

    Time and place given by the device win over those in the photo.
    """
    same = (Evidence.subject_kind == kind, Evidence.subject_id == id, Evidence.item == item)
    kept = (Evidence.purpose == Purpose(purpose), Evidence.sha256 == prepared.sha256, Evidence.withdrawn_at.is_(None))
    if known := session.scalar(select(Evidence).where(*same, *kept)):
        return known
    picture = prepared.picture or Picture(0, 0, None, None, None)
    placed = (longitude, latitude) if longitude is not None and latitude is not None else None
    longitude, latitude = placed or (picture.longitude, picture.latitude)
    made = Evidence(
        uuid=str(uuid.uuid4()),
        subject_kind=kind,
        subject_id=id,
        item=item,
        purpose=Purpose(purpose),
        county_id=county_id,
        region_id=region_id,
        sha256=prepared.sha256,
        perceptual_hash=picture.likeness,
        size=prepared.size,
        media_type=prepared.kind.value,
        original_name=prepared.original_name,
        width=picture.width or None,
        height=picture.height or None,
        taken_at=taken_at or picture.taken_at,
        longitude=longitude if longitude is None else longitude.quantize(PLACES),
        latitude=latitude if latitude is None else latitude.quantize(PLACES),
        uploaded_at=now(),
        uploaded_by_id=actor.id,
    )
    session.add(made)
    session.flush()
    return made


def evidence_of(session: Session, kind: str, id: int, purpose: Purpose | str | None = None) -> list[Evidence]:  # noqa: A002
    """List the files of a thing that were not withdrawn, oldest first."""
    query = select(Evidence).where(
        Evidence.subject_kind == kind, Evidence.subject_id == id, Evidence.withdrawn_at.is_(None)
    )
    if purpose is not None:
        query = query.where(Evidence.purpose == Purpose(purpose))
    return list(session.scalars(query.order_by(Evidence.id)))


def is_photo(evidence: Evidence) -> bool:
    """Tell whether a file can be shown as a picture."""
    return evidence.media_type in PHOTOS


def open_file(evidence: Evidence) -> Path:
    """Return where the bytes lie after checking them against their hash; raises FileDamaged."""
    files = store.current()
    if not files.is_whole(evidence.sha256):
        raise FileDamaged
    return files.path_of(evidence.sha256)


def open_thumbnail(evidence: Evidence) -> Path:
    """Return a small copy of a photo, made when first asked for; FileDamaged when the photo itself is not whole."""
    source = open_file(evidence)
    target = store.current().thumbnail_of(evidence.sha256)
    if not target.exists():
        try:
            make_thumbnail(source, target)
        except (OSError, ValueError, SyntaxError) as error:
            raise FileDamaged from error
    return target


def fill_likeness(session: Session) -> int:
    """Look again at photos that have no fingerprint and keep one; returns how many got one, damaged ones are left."""
    files, filled = store.current(), 0
    rows = select(Evidence).where(Evidence.perceptual_hash.is_(None), Evidence.media_type.in_(PHOTOS))
    for row in session.scalars(rows.order_by(Evidence.id)):
        if files.is_whole(row.sha256):
            row.perceptual_hash = read_picture(files.path_of(row.sha256), row.original_name).likeness
            filled += row.perceptual_hash is not None
    session.flush()
    return filled


def verify_files(session: Session) -> list[str]:
    """Check the bytes of every file row; returns a Chinese sentence for each that is missing or altered."""
    files = store.current()
    rows = session.execute(
        select(Evidence.sha256, Evidence.uuid, Evidence.subject_kind, Evidence.subject_id).order_by(Evidence.id)
    )
    problems: list[str] = []
    whole: dict[str, bool] = {}
    for digest, key, kind, subject in rows.tuples():
        if digest not in whole:
            whole[digest] = files.is_whole(digest)
        if not whole[digest]:
            what = "内容与入库时不一致" if files.path_of(digest).exists() else "缺失"
            problems.append(f"文件 {key}（{kind} {subject}）{what}。")
    return problems
