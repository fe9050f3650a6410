"""How much is asked of each county in a month, and what is asked twice."""

from dataclasses import asdict

from flask import Response, jsonify, render_template, request
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.regions.models import Region
from inspect_app.regions.queries import counties_of
from inspect_app.registers.loading import registers
from inspect_app.returns.burden.queries import LEDGER, Load, asked_twice, loads, month_of
from inspect_app.returns.expecting.rules import Every, Period, period_of
from inspect_app.returns.views.place import blueprint

MONTHS_SHOWN = 12


@blueprint.get("/burden")
@requires(Permission.VIEW_RETURNS)
def burden() -> str:
    """Show for each county what it filled in, and what of that was known already."""
    month = month_of(request.args.get("month", ""))
    names = {LEDGER: _("隐患台账"), **{code: register.title for code, register in registers().items()}}
    return render_template(
        "returns/burden.html",
        month=month,
        months=_months(),
        rows=_rows(month),
        names=names,
        twice=asked_twice(),
        ledger=LEDGER,
    )


@blueprint.get("/burden.json")
@requires(Permission.VIEW_RETURNS)
def burden_json() -> Response:
    """Give the same out as JSON."""
    month = month_of(request.args.get("month", ""))
    counties = [{"county": county.code, **asdict(load), "repeated": load.repeated} for county, load in _rows(month)]
    return jsonify({"month": month.code, "counties": counties, "asked_twice": [asdict(each) for each in asked_twice()]})


def _rows(month: Period) -> list[tuple[Region, Load]]:
    actor = current_actor()
    counties = counties_of(db.session(), actor.view_region_id) if actor.view_region_id else []
    found = loads(db.session(), [county.id for county in counties], month)
    rows = [(county, found.get(county.id, Load())) for county in counties]
    return sorted(rows, key=lambda row: -row[1].filled)


def _months() -> list[str]:
    today, codes = clock.today(), []
    for back in range(MONTHS_SHOWN):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        codes.append(period_of(Every.MONTH, today.replace(year=year, month=month + 1, day=1)).code)
    return codes
