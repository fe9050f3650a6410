"""The list of campaigns, the page of one, and its progress as it changes."""

from functools import partial
from typing import Any

from flask import Response, jsonify, render_template, request
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.campaigns import lists, queries, reasons, service
from inspect_app.campaigns.kinds import KIND_LABELS, KINDS
from inspect_app.campaigns.lifecycle import CAMPAIGN_LIFE, DRAFT, ISSUED, LOOKS, STATES
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.progress import hazards_of, progress_of
from inspect_app.campaigns.queries import CampaignFilter
from inspect_app.campaigns.rules import aim_of
from inspect_app.campaigns.views.place import blueprint
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.lifecycle import Attempt, unmet
from inspect_app.hazards.words import GRADE_LABELS, STATE_LABELS
from inspect_app.inspections.lifecycle import LOOKS as VISIT_LOOKS
from inspect_app.inspections.lifecycle import STATES as VISIT_STATES
from inspect_app.sites.rules import CATEGORIES
from inspect_app.web.addresses import address_with

SIZE, SHOWN = 50, 30
_address = partial(address_with, "campaigns.index")


@blueprint.get("")
@requires(Permission.VIEW_CAMPAIGNS)
def index() -> str:
    """List the campaigns that the person sees."""
    actor, session = current_actor(), db.session()
    chosen, before = _chosen(), request.args.get("before", "")
    rows = queries.page(session, actor, chosen, int(before) if before.isdigit() else None, SIZE)
    return render_template(
        "campaigns/index.html",
        campaigns=rows[:SIZE],
        next_href=_address(before=str(rows[SIZE - 1].id)) if len(rows) > SIZE else None,
        total=queries.count(session, actor, chosen),
        chips=_chips(chosen),
        years=range(clock.today().year + 1, clock.today().year - 4, -1),
        **_labels(),
    )


@blueprint.get("/<reference>")
@requires(Permission.VIEW_CAMPAIGNS)
def show(reference: str) -> str:
    """Show a campaign: scope, teams, must-look areas, progress, and what this person may do now."""
    actor, session = current_actor(), db.session()
    campaign = queries.by_reference(session, actor, reference)
    found = queries.visits_of(session, actor, campaign)
    return render_template(
        "campaigns/show.html",
        campaign=campaign,
        visits=found[:SHOWN],
        visit_count=len(found),
        progress=progress_of(session, actor, campaign),
        hazards=hazards_of(session, actor, campaign),
        drawn_up_by=queries.drawn_up_by(session, campaign),
        **_standing(campaign),
        **_labels(),
    )


@blueprint.get("/<reference>/progress")
@requires(Permission.VIEW_CAMPAIGNS)
def progress(reference: str) -> Response:
    """Return the figures of the page as they stand."""
    actor, session = current_actor(), db.session()
    campaign = queries.by_reference(session, actor, reference)
    return jsonify(figures=progress_of(session, actor, campaign).figures(), at=clock.local(clock.now()).isoformat())


def _standing(campaign: Campaign) -> dict[str, Any]:
    """Return what is known of the preparation of a campaign, and the steps this person may take."""
    session, actor = db.session(), current_actor()
    facts, known = service.facts_of(session, campaign), lists.lists_of(session, campaign)
    attempt = Attempt(campaign, facts, actor, clock.now(), clock.today())
    plans, living = service.may_plan(session, actor, campaign), campaign.state in (DRAFT, ISSUED)
    open_to = CAMPAIGN_LIFE.open_to(campaign, actor)
    return {
        "facts_known": facts,
        "kind": KINDS[campaign.kind],
        "aim": aim_of(campaign.aim),
        "known": known.known,
        "must_look": lists.must_look(known, facts["lists"]),
        "lists_of": partial(lists.codes_of, known),
        "demanded": lists.demanded(campaign),
        "open_steps": [(step, unmet(step, attempt, before_form=True)) for step in open_to],
        "editable": service.may_edit(session, actor, campaign),
        "plannable": plans and living,
        "previewable": living and (plans or actor.can(Permission.ISSUE_CAMPAIGN)) and not KINDS[campaign.kind].drawn,
    }


def _labels() -> dict[str, Any]:
    return {
        "kinds": KIND_LABELS,
        "states": STATES,
        "looks": LOOKS,
        "visit_states": VISIT_STATES,
        "visit_looks": VISIT_LOOKS,
        "categories": CATEGORIES,
        "why_labels": reasons.labels,
        "life": CAMPAIGN_LIFE,
        "hazard_states": STATE_LABELS,
        "grades": GRADE_LABELS,
    }


def _chosen() -> CampaignFilter:
    given, year = request.args, request.args.get("year", "")
    return CampaignFilter(
        year=int(year) if year.isdigit() and len(year) == 4 and int(year) else None,  # noqa: PLR2004 - digits of a year
        kind=given.get("kind", ""),
        state=given.get("state", ""),
        text=given.get("text", ""),
    )


def _chips(chosen: CampaignFilter) -> list[tuple[str, str]]:
    shown = {
        "year": str(chosen.year or ""),
        "kind": _(KIND_LABELS.get(chosen.kind, chosen.kind)) if chosen.kind else "",
        "state": _(STATES.get(chosen.state, chosen.state)) if chosen.state else "",
        "text": chosen.text,
    }
    return [(label, _address(**{name: None})) for name, label in shown.items() if label]
