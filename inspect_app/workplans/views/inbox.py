"""What units reported, for those who review it: accepting many at once, and finding what is overdue."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.regions.queries import counties_of
from inspect_app.workplans.feedback import service, wording
from inspect_app.workplans.feedback.queries import Pick
from inspect_app.workplans.queries import due_of, dues_visible_to
from inspect_app.workplans.records.service import fulfilments
from inspect_app.workplans.views.filtering import chosen, listed
from inspect_app.workplans.views.place import blueprint

NOTHING_PICKED = mark("请先勾选要认可的报送。")
MOST_PICKED = 200


@blueprint.get("/inbox")
@requires(Permission.ACCEPT_WORK, Permission.WAIVE_WORK)
def inbox() -> str:
    """List what was reported and waits for review; other piles lead to what is overdue, accepted or waived."""
    actor, session = current_actor(), db.session()
    drawn = listed("workplans.inbox", dues_visible_to(actor), chosen(Pick.REPORTED))
    counties = counties_of(session, actor.view_region_id) if actor.view_region_id else []
    met = fulfilments(session, drawn["dues"], clock.today())
    return render_template("workplans/inbox.html", **drawn, met=met, wording=wording, counties=counties)


@blueprint.post("/inbox")
@requires(Permission.ACCEPT_WORK)
def accept_picked() -> Response:
    """Accept what was ticked, each in the version that the list showed; all of it or nothing."""
    picked = list(dict.fromkeys(request.form.getlist("pick")))[:MOST_PICKED]
    if not picked:
        raise Invalid({"pick": [NOTHING_PICKED]})
    with transaction():
        session, actor = db.session(), current_actor()
        pairs = [each.rpartition(":") for each in sorted(picked)]
        dues = [(due_of(session, actor, reference), _version(version)) for reference, _colon, version in pairs]
        number = service.accept_many(session, actor, dues)
    flash(ngettext("已认可 %(num)s 项。", "已认可 %(num)s 项。", number), "success")
    return redirect(url_for("workplans.inbox"))


def _version(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise Invalid({"pick": [_("勾选的内容不完整，请刷新页面后再试。")]})
    return int(text)
