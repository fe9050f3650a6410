"""The library of obligations: looked through, compared between places, adopted into a plan."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict, Invalid, NotFound
from inspect_app.core.labels import Sentence
from inspect_app.core.workdays import load_calendar
from inspect_app.regions.models import Region
from inspect_app.web.addresses import address_with
from inspect_app.workplans.library import words
from inspect_app.workplans.library.definition import Obligation
from inspect_app.workplans.library.dues import Dues, dues
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.library.surveying import place_of
from inspect_app.workplans.owing import shelf
from inspect_app.workplans.owing.adopting import adopt
from inspect_app.workplans.owing.forms import AdoptForm
from inspect_app.workplans.owing.numbers import LABELS as NUMBER_LABELS
from inspect_app.workplans.owing.numbers import written
from inspect_app.workplans.queries import plan_of
from inspect_app.workplans.views.place import Page, blueprint

_address = partial(address_with, "workplans.library")
NAMES = ("source", "topic", "kind", "text")


@blueprint.get("/library", endpoint="library")
@requires(Permission.VIEW_WORKPLANS)
def look_through() -> str:
    """List the obligations that fit the filter."""
    wish = shelf.Wish(**{name: request.args.get(name, "") for name in NAMES})
    found = shelf.found(library(), wish, clock.today().year)
    return render_template(
        "workplans/library.html",
        found=found,
        sources=library().sources,
        places={source.code: source.place for source in library().sources},
        adopted=shelf.adopted(db.session(), current_actor()),
        chips=_chips(wish),
        told=_told,
        **_labels(),
    )


@blueprint.get("/library/<code>")
@requires(Permission.VIEW_WORKPLANS)
def obligation(code: str) -> str:
    """Show one obligation, what other places ask for the same, and when it falls due at home."""
    given = {name: request.args[name] for name in ("place",) if name in request.args}
    return _drawn(code, AdoptForm(formdata=None, data=given))


@blueprint.post("/library/<code>/adopt")
@requires(Permission.EDIT_WORKPLAN)
def adopt_obligation(code: str) -> Page:
    """Take an obligation into a plan."""
    form, session, actor = AdoptForm(), db.session(), current_actor()
    if not form.validate_on_submit():
        return _drawn(code, form), 422
    reference, position = form.target()
    try:
        with transaction():
            plan = plan_of(session, actor, reference)
            task = next((each for each in plan.tasks if each.position == position), None)
            adopt(session, actor, plan, code, task, reason=form.reason.data or "")
    except (Invalid, Conflict) as refused:
        form.show(refused)
        return _drawn(code, form), 409 if isinstance(refused, Conflict) else 422
    flash(_("已采用 %(code)s。", code=code), "success")
    return redirect(url_for("workplans.obligations", reference=reference, _anchor=f"o-{code}"))


def _drawn(code: str, form: AdoptForm) -> str:
    known, session, actor = library(), db.session(), current_actor()
    found, source = known.obligations.get(code), known.source_of(code)
    if found is None or source is None:
        raise NotFound
    year = clock.today().year
    own = shelf.shelved(source, found, year)
    compared = [own, *shelf.overlapping(known, found, year)]
    editing = actor.can(Permission.EDIT_WORKPLAN)
    return render_template(
        "workplans/obligation.html",
        own=own,
        compared=compared,
        form=form,
        told=_told,
        plans=shelf.open_plans(session, actor) if editing else [],
        adopted=shelf.adopted(session, actor, [code]).get(code, []),
        at_home=_at_home(found, year),
        year=year,
        number_labels=NUMBER_LABELS,
        written=written,
        names=_names(compared),
        **_labels(),
    )


def _at_home(found: Obligation, year: int) -> tuple[Region, Dues] | None:
    """When it falls due in the person's own region; None for a province, which owes nothing here."""
    session, key = db.session(), current_actor().view_region_id
    region = session.get(Region, key) if key is not None else None
    if region is None:
        return None
    try:
        where = place_of(session, region, year)
    except Invalid:
        return None
    return region, dues(found, where, year, load_calendar(session))


def _names(compared: list[shelf.Shelved]) -> dict[str, str]:
    """Return the names of the regions that set numbers."""
    settings = (
        each for one in compared for _role, number in one.obligation.measure.numbers for each in number.settings
    )
    rows = db.session().query(Region.code, Region.name).where(Region.code.in_({each.region for each in settings}))
    return dict(rows.tuples().all())


def _told(asks: list[Sentence]) -> str:
    return " · ".join(str(_(each.message, **each.params)) for each in asks)


def _labels() -> dict[str, Any]:
    return {
        "topics": words.TOPIC_LABELS,
        "kinds": words.KIND_LABELS,
        "levels": words.LEVEL_LABELS,
        "groups": words.GROUP_LABELS,
        "roles": words.ROLE_LABELS,
        "conditions": words.CONDITION_LABELS,
        "evidences": words.EVIDENCE_LABELS,
        "scorings": words.SCORING_LABELS,
    }


def _chips(wish: shelf.Wish) -> list[tuple[str, str]]:
    places = {source.code: source.place for source in library().sources}
    shown = {
        "source": places.get(wish.source, ""),
        "topic": _(words.TOPIC_LABELS[words.Topic(wish.topic)]) if wish.topic in set(words.Topic) else "",
        "kind": _(words.KIND_LABELS[words.Kind(wish.kind)]) if wish.kind in set(words.Kind) else "",
        "text": wish.text,
    }
    return [(label, _address(**{name: None})) for name, label in shown.items() if label]
