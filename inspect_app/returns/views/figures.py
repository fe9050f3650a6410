"""A table of figures beside what the inventory holds."""

from flask import Response, jsonify

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.returns import queries
from inspect_app.returns.figures import compared
from inspect_app.returns.views.place import blueprint


@blueprint.get("/<reference>/figures.json")
@requires(Permission.VIEW_RETURNS)
def figures(reference: str) -> Response:
    """Give the comparison out as JSON; empty for a file that is no table of figures."""
    batch = queries.by_reference(db.session(), current_actor(), reference)
    about = {"reference": batch.reference, "county": batch.county.code, "report_on": batch.report_on.isoformat()}
    return jsonify({**about, "figures": compared(db.session(), batch)})
