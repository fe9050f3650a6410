"""What a county or a department owes, for those who report it."""

from flask import render_template

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.workplans.feedback import wording
from inspect_app.workplans.feedback.queries import Pick, owed_by
from inspect_app.workplans.records.service import fulfilments
from inspect_app.workplans.views.filtering import chosen, listed
from inspect_app.workplans.views.place import blueprint


@blueprint.get("/mine")
@requires(Permission.REPORT_WORK)
def mine() -> str:
    """List what the person's unit owes: what was returned and what is due soonest first."""
    drawn = listed("workplans.mine", owed_by(current_actor()), chosen(Pick.OPEN))
    met = fulfilments(db.session(), drawn["dues"], clock.today())
    return render_template("workplans/mine.html", **drawn, met=met, wording=wording)
