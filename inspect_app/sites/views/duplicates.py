"""Sites that may be registered twice, in pairs, and what a person decides about each pair."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.sites import queries, rules, service
from inspect_app.sites.duplicates import keep_both, proposals, retire
from inspect_app.sites.forms import KEEP_BOTH, DecisionForm
from inspect_app.sites.sketches import counties_captured
from inspect_app.sites.views.place import blueprint

UNKNOWN_DECISION = mark("请选择保留两个，或停用其中一个。")


@blueprint.get("/sites/duplicates")
@requires(Permission.EDIT_SITES)
def duplicates() -> str:
    """Show the pairs that nobody has decided yet."""
    session, actor = db.session(), current_actor()
    found, total = proposals(session, actor, request.args.get("region", ""))
    return render_template(
        "sites/duplicates.html",
        proposals=[(each, service.card_of(each.one), service.card_of(each.other)) for each in found],
        total=total,
        counties=counties_captured(session, actor),
        rules=rules,
    )


@blueprint.post("/sites/duplicates")
@requires(Permission.EDIT_SITES)
def decide() -> Response:
    """Keep both sites of a pair, or retire one as a duplicate of the other."""
    form = DecisionForm()
    if not form.validate():
        raise Invalid(form.errors)
    with transaction():
        said = _carry_out(form)
    flash(said, "success")
    return redirect(url_for("sites.duplicates", region=request.args.get("region") or None))


def _carry_out(form: DecisionForm) -> str:
    session, actor = db.session(), current_actor()
    pair = [
        (queries.by_reference(session, actor, reference.data or ""), version.data or 0)
        for reference, version in ((form.site, form.version), (form.other, form.other_version))
    ]
    reason = form.reason.data or ""
    if form.decision.data == KEEP_BOTH:
        keep_both(session, actor, pair[0][0], pair[1][0], reason)
        return str(_("已记为两个不同的对象，不再提示。"))
    if form.decision.data != pair[0][0].reference:
        pair.reverse()
    (site, version), (other, _other_version) = pair
    if form.decision.data != site.reference:
        raise Invalid({"decision": [UNKNOWN_DECISION]})
    retire(session, actor, site, version, other, reason)
    return str(_("%(reference)s 已停用，记为 %(other)s 的重复登记。", reference=site.reference, other=other.reference))
