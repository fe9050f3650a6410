"""What counties owe: who has sent, who is late, who has not; and saying that there is nothing to report."""

from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError
from inspect_app.regions.models import Region
from inspect_app.regions.queries import counties_of
from inspect_app.returns.expecting import queries
from inspect_app.returns.expecting.loading import HAZARDS, REGISTER, owed
from inspect_app.returns.expecting.rules import EVERY_LABELS, FULFILLED, STANDINGS, Owed, Standing
from inspect_app.returns.expecting.service import report_zero
from inspect_app.returns.forms import ZeroForm
from inspect_app.returns.lifecycle import in_charge
from inspect_app.returns.views.place import Page, blueprint

YEARS_SHOWN = 3
SHOWN = {"kept": FULFILLED, **{each.value: frozenset({each}) for each in Standing}}


@blueprint.get("/due")
@requires(Permission.VIEW_RETURNS)
def due() -> str:
    """Show counties by periods: how each stands with one thing owed in one year."""
    what, year = _asked(), _year()
    matrix = queries.matrix(db.session(), what, _counties(), queries.periods_asked(what, year), clock.today())
    years = range(clock.today().year, clock.today().year - YEARS_SHOWN, -1)
    shown = SHOWN.get(request.args.get("show", ""), frozenset())
    return render_template(
        "returns/due.html", matrix=matrix, year=year, years=years, all_owed=owed(), standings=STANDINGS,
        every=EVERY_LABELS, Standing=Standing, listed=matrix.duties(shown),
    )  # fmt: skip


@blueprint.get("/due.json")
@requires(Permission.VIEW_RETURNS)
def due_json() -> Response:
    """Give the same out as JSON."""
    what = _asked()
    matrix = queries.matrix(db.session(), what, _counties(), queries.periods_asked(what, _year()), clock.today())
    cells = [
        {
            "county": row.county.code, "period": period.code, "standing": cell.standing.value,
            "due_on": cell.due_on.isoformat(), "days": cell.days, "return": cell.sent.reference if cell.sent else None,
        }
        for row in matrix.rows
        for period, cell in zip(matrix.periods, row.cells, strict=True)
    ]  # fmt: skip
    return jsonify({"owed": what.code, "year": _year(), "cells": cells})


@blueprint.get("/due/<reference>")
@requires(Permission.VIEW_RETURNS)
def duty(reference: str) -> Page:
    """Show what one county owes for one period, what came, and what to do."""
    return _duty_page(reference, ZeroForm())


@blueprint.post("/due/<reference>/zero")
@requires(Permission.SEND_RETURN)
def zero(reference: str) -> Page:
    """Say that there is nothing to report for a period."""
    form = ZeroForm()
    try:
        with transaction():
            found = _duty(reference)
            batch = report_zero(
                db.session(), current_actor(), found.county, found.period, found.cell, sure=bool(form.sure.data)
            )
    except DomainError as error:
        form.show(error)
        return _duty_page(reference, form), 422
    flash(_("零报告已收下，编号 %(reference)s。", reference=batch.reference), "success")
    return redirect(url_for("returns.duty", reference=reference))


def _duty_page(reference: str, form: ZeroForm) -> str:
    found, actor = _duty(reference), current_actor()
    sends = actor.can(Permission.SEND_RETURN) and in_charge(found.county, actor)
    return render_template(
        "returns/duty.html", duty=found, form=form, sends=sends, standing=STANDINGS[found.cell.standing],
        of_hazards=found.owed.subject == HAZARDS, register=found.owed.subject.removeprefix(REGISTER),
        open_ones=queries.open_hazards(db.session(), found.county.id), today=clock.today(),
    )  # fmt: skip


def _duty(reference: str) -> queries.Duty:
    return queries.duty(db.session(), _counties(), reference, clock.today())


def _counties() -> list[Region]:
    actor = current_actor()
    return counties_of(db.session(), actor.view_region_id) if actor.view_region_id else []


def _asked() -> Owed:
    return next((each for each in owed() if each.code == request.args.get("owed")), owed()[0])


def _year() -> int:
    given: Any = request.args.get("year", type=int)
    today = clock.today()
    return given if given and today.year - YEARS_SHOWN < given <= today.year else today.year
