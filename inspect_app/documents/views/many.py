"""Issuing many drafts at once, each in a transaction of its own, with a result for each."""

from dataclasses import dataclass

from flask import render_template, request

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Invalid
from inspect_app.core.labels import mark
from inspect_app.documents import queries, service
from inspect_app.documents.views.place import blueprint
from inspect_app.web.forms import reasons_of

MOST = 50


@dataclass(frozen=True)
class Outcome:
    """What became of one draft: its key ("" when not found), its name, and why it was refused (nothing: it was not)."""

    uuid: str
    name: str
    reasons: tuple[str | DomainError, ...] = ()


@blueprint.post("/issue")
@requires(Permission.ISSUE_DOCUMENT)
def issue_many() -> str:
    """Issue the drafts that were ticked; the ones refused stay drafts, with the reason beside each."""
    keys = list(dict.fromkeys(request.form.getlist("pick")))
    if not keys:
        raise Invalid({"pick": [mark("请先勾选要签发的草稿。")]})
    if len(keys) > MOST:
        raise Invalid({"pick": [mark("一次最多签发 50 份，请分批签发。")]})
    outcomes = [_issue(key) for key in keys]
    return render_template("documents/issued.html", outcomes=outcomes)


def _issue(key: str) -> Outcome:
    uuid, _at, seen = key.partition("@")
    found, name = "", uuid
    try:
        draft = queries.by_uuid(db.session(), current_actor(), uuid)
        found, name = draft.uuid, f"{draft.title}　{draft.subject_reference}"
        ready = service.make_ready_to_issue(db.session(), current_actor(), draft)
        with transaction():
            document = queries.by_uuid(db.session(), current_actor(), uuid)
            version = int(seen) if seen.isdigit() else 0
            number = service.issue(db.session(), current_actor(), document, version, ready).number
            return Outcome(uuid, f"{document.title}　{number.text if number else ''}")
    except DomainError as refused:
        return Outcome(found, name, tuple(reasons_of(refused)))
