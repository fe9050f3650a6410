"""Opening a restricted paper and taking its files: noted in the trail before anything is shown."""

from uuid import UUID

from flask import Response as Answer
from flask import send_file
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.evidence.service import open_file
from inspect_app.opinions import queries, service
from inspect_app.opinions.views.place import blueprint, drawn, found


@blueprint.post("/<reference>/open")
@requires(Permission.VIEW_RESTRICTED)
def open_paper(reference: str) -> Response:
    """Show a paper to a person whom the trail now names."""
    with transaction():
        service.note_opened(db.session(), current_actor(), found(reference))
    return drawn(found(reference))


@blueprint.post("/<reference>/files/<uuid:uuid>")
@requires(Permission.VIEW_RESTRICTED)
def download(reference: str, uuid: UUID) -> Answer:
    """Give out a file of a paper."""
    path = open_file(queries.file_of(db.session(), found(reference), str(uuid)))
    with transaction():
        session, opinion = db.session(), found(reference)
        file = queries.file_of(session, opinion, str(uuid))
        service.note_downloaded(session, current_actor(), opinion, file)
        kind, name = file.media_type, file.original_name
    answer = send_file(path, mimetype=kind, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
