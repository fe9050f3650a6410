"""Stored files, given out as they came in; only photos open in the page, everything else is saved."""

from pathlib import Path
from uuid import UUID

from flask import Blueprint, Response, request, send_file

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Evidence
from inspect_app.evidence.queries import by_uuid
from inspect_app.evidence.rules import FileDamaged
from inspect_app.evidence.service import is_photo, open_file, open_thumbnail

blueprint = Blueprint("evidence", __name__, url_prefix="/files")
ANY_FILE = (
    Permission.VIEW_HAZARDS, Permission.VIEW_INSPECTIONS, Permission.VIEW_RETURNS, Permission.VIEW_WORKPLANS,
)  # fmt: skip
DAMAGED = Path(__file__).parent / "static" / "damaged.svg"


@blueprint.get("/<uuid:uuid>")
@requires(*ANY_FILE)
def file(uuid: UUID) -> Response:
    """Give out the original bytes under the original name."""
    found = by_uuid(db.session(), current_actor(), str(uuid))
    return _unchanged(found, "file") or _give(found, open_file(found), found.media_type, "file")


@blueprint.get("/<uuid:uuid>/thumbnail")
@requires(*ANY_FILE)
def thumbnail(uuid: UUID) -> Response:
    """Give out a small copy of a photo; 文件校验失败 stands in for one that is damaged."""
    found = by_uuid(db.session(), current_actor(), str(uuid))
    if not is_photo(found):
        raise NotFound("这个文件不是照片，没有缩略图。")
    if known := _unchanged(found, "small"):
        return known
    try:
        return _give(found, open_thumbnail(found), "image/jpeg", "small")
    except FileDamaged:
        return Response(DAMAGED.read_bytes(), 409, mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})


def _tag(evidence: Evidence, which: str) -> str:
    return f"{which}-{evidence.sha256}"


def _unchanged(evidence: Evidence, which: str) -> Response | None:
    """Answer 304 without reading the file when the browser has it; it asks each time, so the guard is always passed."""
    if not request.if_none_match.contains(_tag(evidence, which)):
        return None
    response = Response(status=304)
    response.set_etag(_tag(evidence, which))
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _give(evidence: Evidence, path: Path, media_type: str, which: str) -> Response:
    response = send_file(
        path,
        mimetype=media_type,
        as_attachment=not is_photo(evidence),
        download_name=evidence.original_name,
        etag=_tag(evidence, which),
        conditional=True,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
