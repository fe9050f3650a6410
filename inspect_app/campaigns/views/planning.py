"""The preview of the visits of a campaign, and the confirmation that makes them."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.campaigns import planning, queries, reasons, service
from inspect_app.campaigns.kinds import KINDS
from inspect_app.campaigns.lifecycle import ISSUED
from inspect_app.campaigns.views.place import blueprint
from inspect_app.core.database import db, transaction


@blueprint.get("/<reference>/plan")
@requires(Permission.PLAN_CAMPAIGN, Permission.ISSUE_CAMPAIGN)
def plan(reference: str) -> str:
    """Show whom the campaign would visit when, what does not fit, and what coverage it would reach."""
    session, actor = db.session(), current_actor()
    campaign = queries.by_reference(session, actor, reference)
    kind = KINDS[campaign.kind]
    return render_template(
        "campaigns/plan.html",
        campaign=campaign,
        kind=kind,
        preview=planning.preview(session, campaign),
        confirmable=campaign.state == ISSUED and service.may_plan(session, actor, campaign) and not kind.drawn,
        issued=campaign.state == ISSUED,
        why_labels=reasons.labels,
    )


@blueprint.post("/<reference>/plan")
@requires(Permission.PLAN_CAMPAIGN)
def make(reference: str) -> Response:
    """Make the visits that were previewed."""
    with transaction():
        campaign = queries.by_reference(db.session(), current_actor(), reference)
        made = planning.confirm(db.session(), current_actor(), campaign, request.form.get("fingerprint", ""))
    flash(_("已生成 %(n)s 次检查。", n=len(made)), "success")
    return redirect(url_for("campaigns.board", reference=reference))
