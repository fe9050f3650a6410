"""Drawing up and changing a campaign, its teams, and the steps of its life."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.accounts.queries import place_of
from inspect_app.campaigns import queries, service
from inspect_app.campaigns.forms import CampaignForm, StepForm, drawn_from, teams_from
from inspect_app.campaigns.kinds import KINDS
from inspect_app.campaigns.lifecycle import CAMPAIGN_LIFE
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.views.place import Page, blueprint
from inspect_app.checklists.queries import published_for
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, counties_of, townships_of

SPARE_TEAMS = 2


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def new() -> Page:
    """Draw up a campaign."""
    region = _own_region()
    form = _offered(CampaignForm(data=_wishes(region)), region)
    if form.validate_on_submit():
        try:
            with transaction():
                made = service.create(db.session(), current_actor(), _own_region(), **form.fields())
                reference = made.reference
        except Invalid as error:
            form.show(error)
        else:
            flash(_("已拟制方案 %(reference)s，下一步请编检查组。", reference=reference), "success")
            return redirect(url_for("campaigns.show", reference=reference))
    return render_template("campaigns/edit.html", form=form, campaign=None), 422 if form.is_submitted() else 200


@blueprint.route("/<reference>/edit", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def edit(reference: str) -> Page:
    """Change a draft."""
    campaign = _draft(reference)
    form = _offered(CampaignForm(data=drawn_from(campaign)), campaign.region)
    if form.validate_on_submit():
        try:
            _save(reference, form)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("已保存。"), "success")
            return redirect(url_for("campaigns.show", reference=reference))
    return render_template("campaigns/edit.html", form=form, campaign=campaign), 422 if form.is_submitted() else 200


@blueprint.get("/<reference>/teams")
@requires(Permission.PLAN_CAMPAIGN)
def teams(reference: str) -> str:
    """Show who may be put into which team."""
    return _team_page(_draft(reference))


@blueprint.post("/<reference>/teams")
@requires(Permission.PLAN_CAMPAIGN)
def save_teams(reference: str) -> Page:
    """Keep the teams."""
    form = StepForm()
    try:
        with transaction():
            campaign = _draft(reference)
            form.refuse_if_stale(campaign.version)
            people = queries.people_for(db.session(), campaign)
            service.set_teams(
                db.session(), current_actor(), campaign, campaign.version, teams_from(request.form, people)
            )
    except Invalid as error:
        return _team_page(_draft(reference), error), 422
    flash(_("检查组已保存。"), "success")
    return redirect(url_for("campaigns.show", reference=reference))


@blueprint.post("/<reference>/steps/<action>")
@requires(Permission.PLAN_CAMPAIGN, Permission.ISSUE_CAMPAIGN)
def step(reference: str, action: str) -> Response:
    """Issue, close, recall or void."""
    form = StepForm()
    if action not in {each.action for each in CAMPAIGN_LIFE.steps}:
        raise NotFound
    with transaction():
        campaign = queries.by_reference(db.session(), current_actor(), reference)
        form.refuse_if_stale(campaign.version)
        service.take_step(db.session(), current_actor(), campaign, action, form.reason.data or "", form.version.data)
    flash(_(DONE[action]), "success")
    return redirect(url_for("campaigns.show", reference=reference))


DONE = {
    "issue": mark("方案已印发，可以生成检查。"),
    "close": mark("方案已办结。"),
    "recall": mark("方案已撤回，可以修改后重新印发。"),
    "void": mark("方案已作废，未开始的检查一并作废。"),
}


def _own_region() -> Region:
    """Return the region that the person organises campaigns for: the one they enter data for."""
    actor = current_actor()
    region = db.session().get(Region, actor.capture_region_id) if actor.capture_region_id else None
    if region is None:
        raise Forbidden(mark("您的账号没有填报区域，不能拟制方案。请联系安全管理员。"))
    return region


def _draft(reference: str) -> Campaign:
    """Find a campaign that this person may change; others are refused with a sentence."""
    campaign = queries.by_reference(db.session(), current_actor(), reference)
    if not service.may_plan(db.session(), current_actor(), campaign):
        raise Forbidden(mark("您只能修改本地区的督导方案。"))
    if not service.may_edit(db.session(), current_actor(), campaign):
        raise Forbidden(mark("方案已印发，不能修改；确需修改的，请由领导撤回。"))
    return campaign


def _offered(form: CampaignForm, region: Region) -> CampaignForm:
    below = townships_of if region.level is Level.COUNTY else counties_of
    return form.offer([region, *below(db.session(), region.id)], published_for(db.session(), region.id))


def _wishes(region: Region) -> dict[str, Any]:
    """Return what a new campaign begins with: the address may ask for kind, region and an aim."""
    given, today = request.args, clock.today()
    wanted = by_code(db.session(), given["region"]) if given.get("region") else region
    numbers = {name: int(given[name]) for name in ("per_county", "per_township") if given.get(name, "").isdigit()}
    kind = given.get("kind", "")
    return {
        "kind": kind if kind in KINDS else "whole_area",
        "starts_on": today,
        "ends_on": today.replace(month=12, day=31),
        "region_ids": [wanted.id],
        "lead_unit": place_of(current_actor()) if current_actor().unit_id else "",
        "uncovered_only": bool(given.get("uncovered_only")),
        **numbers,
    }


def _save(reference: str, form: CampaignForm) -> None:
    with transaction():
        campaign = _draft(reference)
        form.refuse_if_stale(campaign.version)
        service.update(db.session(), current_actor(), campaign, campaign.version, **form.fields())


def _team_page(campaign: Campaign, error: Invalid | None = None) -> str:
    people = queries.people_for(db.session(), campaign)
    placed = {each.user_id: team.number for team in campaign.teams for each in team.members}
    leads = {team.number: team.members[0].user_id for team in campaign.teams if team.members}
    shown = {key: request.form.get(f"team-{key}", type=int) for key in placed | {user.id: 0 for user in people}}
    return render_template(
        "campaigns/teams.html",
        campaign=campaign,
        people=people,
        placed=shown if error else placed,
        leads=leads,
        count=min(max(len(campaign.teams) + SPARE_TEAMS, 4), max(len(people) // 2, 1)),
        problems=[text for texts in error.problems.values() for text in texts] if error else [],
    )
