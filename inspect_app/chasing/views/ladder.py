"""What is due to be done about overdue hazards: by rung and county, taken for one or for many."""

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.chasing.definition import COLOUR_LABELS, COLOUR_MARKS, Rung
from inspect_app.chasing.forms import ManyForm, RungForm
from inspect_app.chasing.ladder import Ladder
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.rungs import Outcome, take_many, take_rung
from inspect_app.chasing.views.place import SIZE, TAKERS, Page, blueprint
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.hazards.definitions import load_limits
from inspect_app.hazards.queries import by_reference
from inspect_app.hazards.rules import overdue_days
from inspect_app.hazards.words import GRADE_LABELS, STATE_LABELS
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, counties_of
from inspect_app.web.addresses import address_with

MOST = 500
_address = partial(address_with, "chasing.index")


@blueprint.get("")
@requires(Permission.VIEW_HAZARDS)
def index() -> str:
    """Show what is due by rung and county, and the hazards of the rung asked for."""
    actor, ladder = current_actor(), Ladder(db.session())
    region = _region()
    counts = ladder.counts(actor, region.id if region else None)
    rung = _rung(request.args.get("rung", "")) or _heaviest(counts)
    found = ladder.page(actor, rung, region.id if region else None, request.args.get("after"), SIZE, counts)
    shown = {"hazards": found.rows, "next_href": _address(after=found.after) if found.after else None}
    return render_template("chasing/index.html", rung=rung, region=region, **shown, **_surroundings(counts, rung))


@blueprint.post("/take")
@requires(*TAKERS)
def take() -> Page:
    """Take one rung for the hazards that were ticked, or for all that are due on it; tell row by row what became."""
    rung, form = _rung(request.form.get("rung", "")), ManyForm()
    if rung is None:
        raise NotFound(mark("没有这一级督办。请从督办页面进入。"))
    with transaction():
        outcomes = _take_all(rung, form)
    done = [each for each in outcomes if each.taken]
    return render_template("chasing/taken.html", rung=rung, outcomes=outcomes, done=done)


@blueprint.post("/hazards/<reference>/rungs/<code>")
@requires(*TAKERS)
def take_one(reference: str, code: str) -> Page:
    """Take one rung on one hazard."""
    rung, form = _rung(code), RungForm()
    if rung is None or rung.lists:
        raise NotFound(mark("没有这一级督办。请从督办页面进入。"))
    with transaction():
        hazard = by_reference(db.session(), current_actor(), reference)
        form.refuse_if_stale(hazard.version)
        take_rung(db.session(), current_actor(), hazard, rung, note=form.note.data or "")
    flash(_("已%(label)s。", label=rung.name), "success")
    return redirect(url_for("hazards.show", reference=reference, _anchor="chasing"))


def _take_all(rung: Rung, form: ManyForm) -> list[Outcome]:
    session, actor = db.session(), current_actor()
    references: list[str] = form.reference.data or []
    if request.form.get("all"):
        region = _region()
        rows = Ladder(session).page(actor, rung, region.id if region else None, size=MOST).rows
        references = [hazard.reference for hazard in rows]
    if not 0 < len(references) <= MOST:
        raise Invalid({"reference": [mark("请勾选要督办的隐患，一次不超过 500 条。")]})
    wish = form.wish() if rung.lists else None
    return take_many(session, actor, references, rung, note=form.note.data or "", wish=wish)


def _surroundings(counts: dict[int, Counter[str]], rung: Rung) -> dict[str, Any]:
    actor, today = current_actor(), clock.today()
    top = actor.view_region_id
    every = counties_of(db.session(), top) if top else []
    total: Counter[str] = sum(counts.values(), Counter())
    return {
        "counts": counts,
        "total": total,
        "counties": every,
        "shown_counties": [county for county in every if county.id in counts],
        "rungs": chasing().rungs,
        "head": [(rung.name, "num") for rung in chasing().rungs],
        "may_take": actor.can(rung.permission),
        "form": ManyForm(formdata=None),
        "today": today,
        "soon": {"due_from": today.isoformat(), "due_to": (today + timedelta(load_limits().due_soon_days)).isoformat()},
        "late_days": overdue_days,
        "colours": COLOUR_LABELS,
        "marks": COLOUR_MARKS,
        "states": STATE_LABELS,
        "grades": GRADE_LABELS,
        "address": _address,
        "most": MOST,
    }


def _heaviest(counts: dict[int, Counter[str]]) -> Rung:
    """Return the highest rung on which anything is due, else the lowest."""
    due = [rung for rung in chasing().rungs if any(found[rung.code] for found in counts.values())]
    return due[-1] if due else chasing().rungs[0]


def _rung(code: str) -> Rung | None:
    return chasing().rung(code)


def _region() -> Region | None:
    code = request.values.get("region", "")
    return by_code(db.session(), code) if code else None
