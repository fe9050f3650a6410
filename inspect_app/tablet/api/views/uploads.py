"""Files in portions: announced, continued where they broke off, received once all of it is stored."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify, request
from werkzeug.exceptions import LengthRequired, RequestEntityTooLarge

from inspect_app.access.guard import current_actor, requires
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict, Invalid
from inspect_app.core.labels import mark
from inspect_app.tablet import receipts, uploads
from inspect_app.tablet.api import shapes
from inspect_app.tablet.api.reading import read
from inspect_app.tablet.api.views.place import blueprint, sender
from inspect_app.tablet.models import Upload
from inspect_app.tablet.receipts import Answered

Json = dict[str, Any]
OFFSET_HEADER, LENGTH_HEADER = "Upload-Offset", "Upload-Length"
WRONG_OFFSET = mark("这一段不接着服务器已有的内容，请从服务器所说的位置继续。")


@blueprint.post("/uploads/<uuid:uuid>")
@requires()
def announce(uuid: UUID) -> Response:
    """Say what is to come; announced again, it tells how much has arrived, and finishes what only lacks its receipt."""
    given = read(shapes.UPLOAD, request.get_data())
    with transaction():
        uploads.announce(db.session(), sender(), str(uuid), given)
    return _progress(str(uuid))


@blueprint.get("/uploads/<uuid:uuid>")
@requires()
def upload(uuid: UUID) -> Response:
    """Tell how much has arrived."""
    found = uploads.of(db.session(), current_actor(), str(uuid))
    known = receipts.of_keys(db.session(), current_actor(), [str(uuid)]).get(str(uuid))
    return _standing(found, Answered(known, again=True) if known else None)


@blueprint.patch("/uploads/<uuid:uuid>")
@requires()
def put_portion(uuid: UUID) -> Response:
    """Take a portion that begins at Upload-Offset; the last one is answered with the receipt."""
    found = uploads.of(db.session(), current_actor(), str(uuid))
    offset, content = _offset(), _portion()
    if found.done_at is None:
        try:
            uploads.put(found, offset, content)
        except uploads.WrongOffset as wrong:
            return _elsewhere(wrong.offset)
    return _progress(str(uuid))


def _progress(uuid: str) -> Response:
    """Receive a file of which everything has arrived; its bytes are stored before the transaction."""
    found = uploads.of(db.session(), current_actor(), uuid)
    if uploads.arrived(found) < found.size:
        return _standing(found, None)
    if found.done_at is not None:
        known = receipts.of_keys(db.session(), current_actor(), [uuid])[uuid]
        return _standing(found, Answered(known, again=True))
    prepared = uploads.prepare(found)
    with transaction():
        done = uploads.finish(db.session(), sender(), uuid, prepared)
    answer = _standing(uploads.of(db.session(), current_actor(), uuid), done)
    uploads.portions_of(found).forget()
    return answer


def _standing(found: Upload, answered: Answered | None) -> Response:
    arrived = uploads.arrived(found)
    told: Json = {"upload": found.uuid, "size": found.size, "offset": arrived, "done": answered is not None}
    told |= {"portion": uploads.PORTION_BYTES, "receipt": receipts.as_json(answered) if answered else None}
    response = jsonify(told)
    response.headers[OFFSET_HEADER], response.headers[LENGTH_HEADER] = str(arrived), str(found.size)
    return response


def _elsewhere(offset: int) -> Response:
    response = jsonify({"code": "wrong_offset", "message": WRONG_OFFSET, "offset": offset})
    response.status_code = 409
    response.headers[OFFSET_HEADER] = str(offset)
    return response


def _offset() -> int:
    told = request.headers.get(OFFSET_HEADER, "")
    if not (told.isascii() and told.isdigit() and len(told) < 12):  # noqa: PLR2004 - digits of a sensible length
        raise Invalid({OFFSET_HEADER: [mark("没有说明这一段从哪里开始（Upload-Offset）。")]})
    return int(told)


def _portion() -> bytes:
    """Read a portion whole; one that breaks off is refused where bodies are read (see `web.bodies`)."""
    if request.content_length is None:
        raise LengthRequired
    if request.content_length > uploads.MOST_PORTION_BYTES:
        raise RequestEntityTooLarge
    content = request.get_data()
    if len(content) != request.content_length:
        raise Conflict(mark("上传中断：这一段没有收全，请重新发送这一段。"))
    return content
