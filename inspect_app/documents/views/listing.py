"""The list of documents, and the kinds that may be drawn up about a case."""

from functools import partial

from flask import render_template, request
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.documents import queries
from inspect_app.documents.kinds import KINDS, SUBJECTS
from inspect_app.documents.lifecycle import LOOKS, STATES
from inspect_app.documents.queries import DocumentFilter
from inspect_app.documents.views.place import blueprint
from inspect_app.web.addresses import address_with

SIZE = 50
_address = partial(address_with, "documents.index")


@blueprint.get("")
@requires(Permission.VIEW_DOCUMENTS)
def index() -> str:
    """List the documents that the person sees, newest first."""
    actor, session = current_actor(), db.session()
    chosen, before = _chosen(), request.args.get("before", "")
    rows = queries.page(session, actor, chosen, int(before) if before.isdigit() else None, SIZE)
    return render_template(
        "documents/index.html",
        documents=rows[:SIZE],
        next_href=_address(before=str(rows[SIZE - 1].id)) if len(rows) > SIZE else None,
        total=queries.count(session, actor, chosen),
        chips=_chips(chosen),
        kinds=KINDS,
        states=STATES,
        looks=LOOKS,
        subjects=SUBJECTS,
    )


def _chosen() -> DocumentFilter:
    given = request.args
    return DocumentFilter(given.get("kind", ""), given.get("state", ""), given.get("text", ""))


def _chips(chosen: DocumentFilter) -> list[tuple[str, str]]:
    shown = {
        "kind": _(KINDS.get(chosen.kind, chosen.kind)) if chosen.kind else "",
        "state": _(STATES.get(chosen.state, chosen.state)) if chosen.state else "",
        "text": chosen.text,
    }
    return [(label, _address(**{name: None})) for name, label in shown.items() if label]
