"""Draws of a campaign: making one, publishing it, repeating it, and the visits that follow."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.campaigns import draw_visits, draws, queries, reasons, service
from inspect_app.campaigns.drawing import FIELD_LABELS, WHY_LABELS
from inspect_app.campaigns.lifecycle import DRAFT, ISSUED
from inspect_app.campaigns.models import Campaign, Draw
from inspect_app.campaigns.views.draw_form import DrawForm, proposal
from inspect_app.campaigns.views.place import Page, blueprint
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.sites.models import Site
from inspect_app.sites.rules import CATEGORIES


@blueprint.get("/<reference>/draws", endpoint="draws")
@requires(Permission.VIEW_CAMPAIGNS)
def draws_of(reference: str) -> str:
    """List the draws of a campaign, with the form of another one for who may make it."""
    campaign = queries.by_reference(db.session(), current_actor(), reference)
    return _listing(campaign, DrawForm(data=proposal()))


@blueprint.post("/<reference>/draws")
@requires(Permission.PLAN_CAMPAIGN)
def make_draw(reference: str) -> Page:
    """Draw for a campaign."""
    campaign, form = queries.by_reference(db.session(), current_actor(), reference), DrawForm()
    if form.validate_on_submit():
        try:
            made = _draw(reference, form)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("已抽取，结果、抽样库、规则和种子已一并存档公布。"), "success")
            return redirect(url_for("campaigns.draw", reference=made))
    return _listing(campaign, form), 422


@blueprint.get("/draws/<reference>")
@requires(Permission.VIEW_CAMPAIGNS)
def draw(reference: str) -> str:
    """Publish a draw: what came out, from what, by which rules, and whether it still comes out the same."""
    kept = draws.by_reference(db.session(), current_actor(), reference)
    kept_parts = {"pool": draws.pool_in(kept), "rules": draws.rules_of(kept), "result": draws.result_of(kept)}
    labels = {"why_labels": WHY_LABELS, "categories": CATEGORIES, "fields": FIELD_LABELS}
    return render_template("campaigns/draw.html", kept=kept, **kept_parts, **_standing(kept), **labels)


@blueprint.get("/draws/<reference>.json")
@requires(Permission.VIEW_CAMPAIGNS)
def draw_json(reference: str) -> dict[str, Any]:
    """Give everything that is published of a draw, for whoever wants to repeat it."""
    return draws.as_json(draws.by_reference(db.session(), current_actor(), reference))


@blueprint.route("/draws/<reference>/visits", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def draw_visits_of(reference: str) -> Page:
    """Show which visits the draw would make, then make them."""
    session, actor = db.session(), current_actor()
    kept = draws.by_reference(session, actor, reference)
    if request.method == "POST":
        with transaction():
            kept = draws.by_reference(session, actor, reference)
            made = draw_visits.confirm(session, actor, kept, request.form.get("fingerprint", ""))
            count, campaign = len(made), kept.campaign.reference
        flash(_("已生成 %(count)s 次检查。", count=count), "success")
        return redirect(url_for("campaigns.show", reference=campaign))
    planned = draw_visits.preview(session, kept)
    return render_template(
        "campaigns/draw_visits.html", kept=kept, campaign=kept.campaign, planned=planned, labels=reasons.labels
    )


def _draw(reference: str, form: DrawForm) -> str:
    session, actor = db.session(), current_actor()
    with transaction():
        campaign = queries.by_reference(session, actor, reference)
        seed, reason = form.seed.data or "", form.reason.data or ""
        return draws.make_draw(session, actor, campaign, form.rules(), seed=seed, reason=reason).reference


def _listing(campaign: Campaign, form: DrawForm) -> str:
    session = db.session()
    made = draws.of_campaign(session, campaign)
    may_draw = service.may_plan(session, current_actor(), campaign) and campaign.state in (DRAFT, ISSUED)
    counts = {each.id: len(draws.result_of(each).drawn) for each in made}
    return render_template(
        "campaigns/draws.html", campaign=campaign, made=made, counts=counts, form=form, may_draw=may_draw
    )


def _standing(kept: Draw) -> dict[str, Any]:
    """Tell whether the draw still comes out the same, and what may be done with it."""
    session, campaign = db.session(), kept.campaign
    return {
        "campaign": campaign,
        "names": _names(kept),
        "replay": draws.replay(session, kept),
        "planned": bool(draws.visits_of(session, kept)),
        "latest": draws.latest(session, campaign),
        "may_plan": service.may_plan(session, current_actor(), campaign) and campaign.state == ISSUED,
    }


def _names(kept: Draw) -> dict[str, str]:
    """Return what references and keys of a pool stand for."""
    references = [each.reference for each in draws.pool_in(kept).objects]
    rows = select(Site.reference, Site.name).where(Site.reference.in_(references))
    people = {each.key: each.name for each in draws.pool_in(kept).people}
    return {**dict(db.session.execute(rows).tuples().all()), **people}
