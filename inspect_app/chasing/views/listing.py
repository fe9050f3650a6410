"""Listings: what is listed, what must follow, listing a hazard and taking it off the list."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.chasing import listing_lists, listings
from inspect_app.chasing.definition import LEVEL_LABELS
from inspect_app.chasing.forms import FollowUpForm, ListingForm, ReasonForm
from inspect_app.chasing.ladder import Ladder
from inspect_app.chasing.listing_lists import WHICH_LABELS, Which
from inspect_app.chasing.models import Listing
from inspect_app.chasing.rungs import take_rung
from inspect_app.chasing.views.place import SIZE, Page, blueprint
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict, Invalid, StepRefused
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import by_reference
from inspect_app.hazards.words import STATE_LABELS

LABELS = {"levels": LEVEL_LABELS, "whiches": WHICH_LABELS, "states": STATE_LABELS, "follow_ups": listings.FOLLOW_UPS}


@blueprint.get("/listings", endpoint="listings")
@requires(Permission.VIEW_HAZARDS)
def every_listing() -> str:
    """List what is on the list, what must still be reported or published, or what has been delisted."""
    actor, session = current_actor(), db.session()
    given, before = request.args.get("which", ""), request.args.get("before", "")
    which = Which(given) if given in set(Which) else Which.ACTIVE
    rows = listing_lists.page(session, actor, which, int(before) if before.isdecimal() else None, SIZE)
    more = url_for("chasing.listings", which=which, before=rows[SIZE - 1].listing.id) if len(rows) > SIZE else None
    counted = {each: listing_lists.count(session, actor, each) for each in Which}
    return render_template(
        "chasing/listings.html", rows=rows[:SIZE], which=which, counted=counted, next_href=more, **LABELS
    )


@blueprint.route("/hazards/<reference>/listing", methods=["GET", "POST"])
@requires(Permission.LIST_HAZARD)
def list_one(reference: str) -> Page:
    """Ask how a hazard is listed, and list it."""
    hazard = by_reference(db.session(), current_actor(), reference)
    form = ListingForm(data={"version": hazard.version})
    if form.validate_on_submit():
        try:
            return _list(reference, form)
        except (Invalid, StepRefused) as error:
            form.show(error)
    return _form(hazard, form), 422 if form.is_submitted() else 200


@blueprint.get("/listings/<int:key>")
@requires(Permission.VIEW_HAZARDS)
def listing(key: int) -> str:
    """Show a listing, and what this person may do with it."""
    found = listings.by_key(db.session(), current_actor(), key)
    return _shown(found, ReasonForm(), _next_follow_up(found))


@blueprint.post("/listings/<int:key>/follow-up")
@requires(Permission.LIST_HAZARD)
def follow_up(key: int) -> Page:
    """Record that a listing was reported or published."""
    found, form = listings.by_key(db.session(), current_actor(), key), FollowUpForm()
    if form.validate_on_submit():
        try:
            _follow_up(key, form)
        except (Invalid, StepRefused, Conflict) as error:
            form.show(error)
        else:
            flash(_("已登记。"), "success")
            return redirect(url_for("chasing.listing", key=key))
    return _shown(found, ReasonForm(formdata=None), form), 422


@blueprint.post("/listings/<int:key>/end")
@requires(Permission.LIST_HAZARD)
def delist(key: int) -> Page:
    """Take a hazard off the list."""
    found, form = listings.by_key(db.session(), current_actor(), key), ReasonForm()
    if form.validate_on_submit():
        try:
            _delist(key, form)
        except (Invalid, StepRefused, Conflict) as error:
            form.show(error)
        else:
            flash(_("已摘牌，请按期在同一处公布。"), "success")
            return redirect(url_for("chasing.listing", key=key))
    return _shown(found, form, _next_follow_up(found)), 422


def _list(reference: str, form: ListingForm) -> Page:
    """List a hazard; where the ladder has come to listing, the rung is taken with it."""
    session, actor = db.session(), current_actor()
    with transaction():
        hazard = by_reference(session, actor, reference)
        form.refuse_if_stale(hazard.version)
        steps = Ladder(session).steps_of(hazard)
        open_rung = next((each.planned.rung for each in steps if each.planned.open and each.planned.rung.lists), None)
        if open_rung:
            take_rung(session, actor, hazard, open_rung, wish=form.wish())
        else:
            listings.list_hazard(session, actor, hazard, form.wish())
        key = listings.of_hazard(session, hazard)[0].id
    flash(_("已挂牌，请按期报备和公布。"), "success")
    return redirect(url_for("chasing.listing", key=key))


def _next_follow_up(found: Listing) -> FollowUpForm:
    """Return the form for what must follow first, as if it had been done today."""
    awaited = listing_lists.shown_many(db.session(), [found])[0].awaited
    return FollowUpForm(formdata=None, data={"what": awaited[0].what if awaited else "", "on": clock.today()})


def _follow_up(key: int, form: FollowUpForm) -> None:
    with transaction():
        found = listings.by_key(db.session(), current_actor(), key)
        what, where = form.what.data or "", form.where.data or ""
        listings.follow_up(db.session(), current_actor(), found, what, form.on.data or clock.today(), where)


def _delist(key: int, form: ReasonForm) -> None:
    with transaction():
        found = listings.by_key(db.session(), current_actor(), key)
        listings.delist(db.session(), current_actor(), found, form.reason.data or "")


def _form(hazard: Hazard, form: ListingForm) -> str:
    now = listing_lists.shown_many(db.session(), listings.active(db.session(), hazard))
    return render_template("chasing/list_one.html", hazard=hazard, form=form, now=now, **LABELS)


def _shown(found: Listing, reason: ReasonForm, follow: FollowUpForm) -> str:
    shown = listing_lists.shown_many(db.session(), [found])[0]
    may: dict[str, Any] = {
        "may_list": current_actor().can(Permission.LIST_HAZARD),
        "delistable": found.hazard.state in listings.DELISTABLE,
    }
    return render_template(
        "chasing/listing.html", each=shown, reason=reason, follow=follow, today=clock.today(), **may, **LABELS
    )
