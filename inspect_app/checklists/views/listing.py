"""Pages of the checklists: which there are, and what each version asks."""

from flask import render_template, request

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.checklists import queries
from inspect_app.checklists.definition import EVIDENCE_LABELS, FIRST_MEASURE_LABELS, SEVERITY_LABELS
from inspect_app.checklists.lifecycle import LOOKS, STATES
from inspect_app.checklists.questions import ANSWER_TYPE_LABELS
from inspect_app.checklists.rules import describe
from inspect_app.checklists.views.place import blueprint
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.law.definitions import BASIS_KIND_LABELS


@blueprint.get("")
@requires(Permission.VIEW_CHECKLISTS)
def index() -> str:
    """List the published lists."""
    rows = [(version, queries.content(version)) for version in queries.published(db.session())]
    return render_template("checklists/index.html", rows=rows)


@blueprint.get("/<code>")
@requires(Permission.VIEW_CHECKLISTS)
def show(code: str) -> str:
    """Show what a version of a list asks, with the bases as they stand today."""
    version = queries.seen(db.session(), current_actor(), code, _number())
    return render_template(
        "checklists/show.html",
        version=version,
        checklist=queries.content(version),
        versions=queries.versions(db.session(), current_actor(), code),
        cited=queries.cited,
        describe=describe,
        today=clock.today(),
        **LABELS,
    )


LABELS = {
    "severities": SEVERITY_LABELS,
    "firsts": FIRST_MEASURE_LABELS,
    "evidences": EVIDENCE_LABELS,
    "types": ANSWER_TYPE_LABELS,
    "kinds": BASIS_KIND_LABELS,
    "states": STATES,
    "looks": LOOKS,
}


def _number() -> int | None:
    given = request.args.get("version", "")
    if given and not given.isdigit():
        raise Invalid({"version": [mark("版本号应为数字。")]})
    return int(given) if given else None
