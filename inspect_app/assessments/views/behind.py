"""The page that lists the rows behind a figure, each with a link to the thing itself."""

from decimal import Decimal
from typing import Any

from flask import render_template, request, url_for

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments.behind import DENOMINATOR, NUMERATOR, Behind, behind
from inspect_app.assessments.period import Period
from inspect_app.assessments.views.asking import period_asked
from inspect_app.assessments.views.place import blueprint
from inspect_app.core.counted import Counted, Thing
from inspect_app.core.database import db

SHOWN = 200
MISSING = "missing"
ASKED = ("fact", "county", "period", "part")
PAGES = {
    Thing.HAZARD: "hazards.show",
    Thing.INSPECTION: "inspections.show",
    Thing.SITE: "sites.show",
    Thing.REGISTER_ENTRY: "registers.entry",
    Thing.REGISTER_IMPORT: "registers.imported",
    Thing.QUAKE: "quakes.show",
    Thing.ANOMALY: "quakes.anomaly",
    Thing.WORK_DUE: "workplans.due",
    Thing.WORK_PLAN: "workplans.show",
}
PAGES_OF_RETURNS = {Thing.RETURN: "returns.show", Thing.DUTY: "returns.duty"}


@blueprint.get("/rows")
@requires(Permission.VIEW_ASSESSMENTS)
def rows() -> str:
    """List what is counted in "fact" for "county" (a township too) in "period": "part" numerator or denominator.

    "part" missing leaves what is still to be reached.
    """
    given, part = request.args, request.args.get("part", NUMERATOR)
    found = behind(
        db.session(), current_actor(), given.get("fact", ""), given.get("county", ""), period_asked(),
        DENOMINATOR if part == MISSING else part,
    )  # fmt: skip
    listed = found.missing if part == MISSING and found.missing is not None else found.rows
    first = max(given.get("first", 0, type=int), 0)
    return render_template(
        "assessments/rows.html",
        found=found, part=found.part if listed is found.rows else MISSING, parts=_parts(found), figure=written,
        rows=[(row, href(row, found.region.code, found.period)) for row in listed[first : first + SHOWN]],
        noted=any(row.label and row.note for row in listed), listed=len(listed), first=first, size=SHOWN,
        here={name: given[name] for name in ASKED if name in given},
    )  # fmt: skip


def _parts(found: Behind) -> list[str]:
    if found.source.counts:
        return [NUMERATOR]
    return [NUMERATOR, DENOMINATOR, *([] if found.missing is None else [MISSING])]


def href(row: Counted, code: str, period: Period) -> str | None:
    """Return where a row is shown; None where nothing more is known of it, or the person may not see it."""
    if row.thing in PAGES:
        return url_for(PAGES[row.thing], reference=row.reference)
    if row.thing in PAGES_OF_RETURNS and current_actor().can(Permission.VIEW_RETURNS):
        return url_for(PAGES_OF_RETURNS[row.thing], reference=row.reference)
    asked = _visits(row, code, period)
    return url_for("inspections.index", **asked) if asked else None


def _visits(row: Counted, code: str, period: Period) -> dict[str, Any]:
    """Return the filter of the list of visits that a row stands for."""
    return {
        Thing.CAMPAIGN_VISITS: {"region": code, "kind": "special", "campaign": row.reference},
        Thing.SPECIAL_DAY: {"region": code, "kind": "special", "start": row.reference, "end": row.reference},
        Thing.VISITED_REGION: {
            "region": row.reference, "start": period.start.isoformat(), "end": period.end.isoformat(),
        },
    }.get(row.thing, {})  # fmt: skip


def written(number: Decimal | int) -> str:
    """Write a figure without needless zeros."""
    return f"{round(Decimal(number), 2).normalize():f}"
