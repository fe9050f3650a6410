"""Objects that inspectors met on the way: whoever keeps the register takes them in or puts them aside."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.regions.models import Region
from inspect_app.regions.queries import region_label
from inspect_app.sites.rules import CATEGORIES
from inspect_app.tablet import proposals as proposing
from inspect_app.tablet.office.forms import ChoiceForm
from inspect_app.tablet.office.views.place import blueprint
from inspect_app.tablet.receipts import Sender


@blueprint.get("/sites/proposed")
@requires(Permission.EDIT_SITES)
def proposals() -> str:
    """List the objects that wait for a decision."""
    session = db.session()
    rows = proposing.waiting(session, current_actor())
    places = {row.id: region_label(session.get_one(Region, row.result["region_id"])) for row in rows}
    return render_template("tablet/proposals.html", rows=rows, places=places, categories=CATEGORIES)


@blueprint.post("/sites/proposed/<number>")
@requires(Permission.EDIT_SITES)
def decide(number: str) -> Response:
    """Register a proposed object, or put it aside."""
    by, accepted = Sender(current_actor()), ChoiceForm().chosen.data == "accept"
    with transaction():
        if accepted:
            reference = proposing.accept(db.session(), by, number).reference
        else:
            proposing.decline(db.session(), by, number)
    flash(_("已登记 %(reference)s。", reference=reference) if accepted else _("已放到一边，没有登记。"), "success")
    return redirect(url_for("sites.show", reference=reference) if accepted else url_for("office.proposals"))
