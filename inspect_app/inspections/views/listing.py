"""The list of visits, and the page of one."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.checklists.scoring import CONCLUSION_LABELS, RESULT_LABELS
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, unmet
from inspect_app.inspections import facts, queries
from inspect_app.inspections.kinds import KINDS
from inspect_app.inspections.lifecycle import DONE_STATES, INSPECTION_LIFE, LOOKS, MOVE, STANDING_LABELS, STATES
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import After, InspectionFilter
from inspect_app.inspections.results import lines_of
from inspect_app.inspections.views.beside import beside
from inspect_app.inspections.views.moving import told_of
from inspect_app.inspections.views.place import blueprint
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, counties_of, covers
from inspect_app.sites.queries import by_reference as site_by_reference
from inspect_app.web.addresses import address_with

SIZE = 50
ASKED_STATES = {**STATES, **STANDING_LABELS}
LABELS = {
    "kinds": KINDS,
    "states": STATES,
    "asked_states": ASKED_STATES,
    "looks": LOOKS,
    "conclusions": CONCLUSION_LABELS,
    "results": RESULT_LABELS,
    "done": DONE_STATES,
    "life": INSPECTION_LIFE,
}
_address = partial(address_with, "inspections.index")


@blueprint.get("")
@requires(Permission.VIEW_INSPECTIONS)
def index() -> str:
    """List the visits that the person sees."""
    actor, session = current_actor(), db.session()
    chosen, chips = _chosen()
    rows = queries.page(session, actor, chosen, _after(), SIZE)
    last = rows[SIZE - 1] if len(rows) > SIZE else None
    return render_template(
        "inspections/index.html",
        inspections=rows[:SIZE],
        next_href=_address(after=f"{last.planned_on.isoformat()}.{last.id}") if last else None,
        total=queries.count(session, actor, chosen),
        counties=counties_of(session, actor.view_region_id) if actor.view_region_id else [],
        chips=chips,
        uncovered=_uncovered(chosen),
        **LABELS,
    )


@blueprint.get("/<reference>")
@requires(Permission.VIEW_INSPECTIONS)
def show(reference: str) -> str:
    """Show a visit: its result once submitted, what became of it, and what this person may do now."""
    actor, session = current_actor(), db.session()
    inspection = queries.by_reference(session, actor, reference)
    return render_template(
        "inspections/show.html",
        inspection=inspection,
        answers=queries.answers_of(session, inspection),
        files=queries.files_of(session, inspection),
        hazards=queries.hazards_of(session, inspection),
        sheets=[(sheet, lines_of(sheet)) for sheet in inspection.sheets],
        open_steps=_open_steps(inspection),
        **beside(inspection),
        **told_of(inspection),
        **LABELS,
    )


def _open_steps(inspection: Inspection) -> list[tuple[Any, list[str]]]:
    """Pair each step this person may take with the sentences of what it still misses."""
    actor = current_actor()
    attempt = Attempt(inspection, {}, actor, clock.now(), clock.today())
    steps = (step for step in INSPECTION_LIFE.open_to(inspection, actor) if step.action != MOVE)
    return [(step, unmet(step, attempt, before_form=True)) for step in steps]


def _chosen() -> tuple[InspectionFilter, list[tuple[str, str]]]:
    """Read the filter from the address, with a chip for each condition in force."""
    given, session = request.args, db.session()
    place = given.get("region") or given.get("county")
    region = by_code(session, place) if place else None
    site = site_by_reference(session, current_actor(), given["site"]) if given.get("site") else None
    behind = _behind(region.id) if given.get("fact") and region else None
    chosen = InspectionFilter(
        region_id=region.id if region else None,
        kind=given.get("kind", ""),
        state=given.get("state", ""),
        text=given.get("text", ""),
        site_id=site.id if site else None,
        mine=bool(given.get("mine")),
        start=_day("start"),
        end=_day("end"),
        references=behind,
        campaign_id=_campaign(),
        trip=given.get("trip", ""),
    )
    shown = {
        "region": region.name if region else "",
        "kind": _(KINDS.get(chosen.kind, chosen.kind)) if chosen.kind else "",
        "state": _(ASKED_STATES.get(chosen.state, chosen.state)) if chosen.state else "",
        "text": chosen.text,
        "site": site.name if site else "",
        "campaign": _("同一方案") if chosen.campaign_id is not None else "",
        "trip": _("同一行程") if chosen.trip else "",
        "mine": _("我参加的") if chosen.mine else "",
        "start": _("%(day)s 起", day=chosen.start) if chosen.start else "",
        "end": _("%(day)s 止", day=chosen.end) if chosen.end else "",
        "fact": _("考核指标的依据") if behind is not None else "",
    }
    together = {"region": ("region", "county", "fact"), "fact": ("fact", "period", "part")}
    chips = {label: together.get(name, (name,)) for name, label in shown.items() if label}
    return chosen, [(label, _address(**dict.fromkeys(names))) for label, names in chips.items()]


def _behind(county_id: int) -> tuple[str, ...]:
    """Return the visits behind a figure of an assessment: `fact`, `county`, `period` (a year), `part`.

    NotFound for a county out of sight, of which not even the townships without a visit are told.
    """
    given, top = request.args, current_actor().view_region_id
    if top is None or not covers(db.session(), top, county_id):
        raise NotFound
    try:
        fact, part = facts.Fact(given["fact"]), facts.Part(given.get("part", "numerator"))
    except ValueError as error:
        raise Invalid({"fact": [mark("没有这个考核指标。")]}) from error
    return tuple(facts.rows_behind(db.session(), fact, county_id, *_period(), clock.today(), part))


def _uncovered(chosen: InspectionFilter) -> Sequence[Region] | None:
    """Return the townships that a figure of coverage misses; None when the page is about something else."""
    if chosen.references is None or chosen.region_id is None or request.args.get("fact") != facts.Fact.COVERAGE:
        return None
    return facts.uncovered_townships(db.session(), chosen.region_id, *_period())


def _period() -> tuple[date, date]:
    today = clock.today()
    try:
        year = int(request.args.get("period", today.year))
        return date(year, 1, 1), min(date(year, 12, 31), today)
    except ValueError as error:
        raise Invalid({"period": [mark("考核期应为年份，如 2026。")]}) from error


def _campaign() -> int | None:
    given = request.args.get("campaign", "")
    if given and not given.isdecimal():
        raise Invalid({"campaign": [mark("方案应以其序号给出，请从方案页面打开。")]})
    return int(given) if given else None


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _after() -> After | None:
    day, _dot, number = request.args.get("after", "").partition(".")
    try:
        return After(date.fromisoformat(day), int(number)) if day else None
    except ValueError as error:
        raise Invalid({"after": [mark("翻页位置不对，请回到第一页。")]}) from error
