"""What tablets sent about a visit, and where two of them contradict each other."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.inspections import queries
from inspect_app.inspections.models import Inspection
from inspect_app.tablet import adopting, disagreements, receipts, visiting
from inspect_app.tablet.devices import is_off
from inspect_app.tablet.models import Device, Receipt
from inspect_app.tablet.office.forms import ChoiceForm
from inspect_app.tablet.office.naming import Names
from inspect_app.tablet.office.reading import said_of
from inspect_app.tablet.office.views.place import blueprint
from inspect_app.tablet.rules import VERDICT_LABELS, WHY_LABELS
from inspect_app.tablet.visits import items_of


@blueprint.get("/inspections/<reference>/disagreements")
@requires(Permission.VIEW_INSPECTIONS)
def contradictions(reference: str) -> str:
    """Set the two answers of each item side by side."""
    session, actor = db.session(), current_actor()
    inspection = queries.by_reference(session, actor, reference)
    items = {item.code: item for item in items_of(inspection)}
    rows = [(each, items.get(each.item_code)) for each in disagreements.of(session, inspection)]
    return render_template(
        "tablet/disagreements.html", inspection=inspection, rows=rows, said_of=said_of, people=Names(),
        instant_of=datetime.fromisoformat,
        may_choose=disagreements.may_choose(inspection, actor) and inspection.state == "under_way",
    )  # fmt: skip


@blueprint.post("/inspections/<reference>/disagreements/<int:key>")
@requires(Permission.CARRY_OUT_INSPECTION)
def choose(reference: str, key: int) -> Response:
    """Let one of two answers stand."""
    form = ChoiceForm()
    with transaction():
        inspection = queries.by_reference(db.session(), current_actor(), reference)
        disagreements.choose(db.session(), current_actor(), inspection, key, form.chosen.data or "")
    flash(_("已记录采用哪一份答案。"), "success")
    return redirect(url_for("office.contradictions", reference=reference))


@blueprint.get("/inspections/<reference>/receipts")
@requires(Permission.VIEW_INSPECTIONS)
def received(reference: str) -> str:
    """List the receipts of a visit, and what lies beside it."""
    session, actor = db.session(), current_actor()
    inspection = queries.by_reference(session, actor, reference)
    rows = receipts.of_inspection(session, inspection.id)
    shown: dict[str, Any] = {"rows": rows, "aside": adopting.aside_of(session, inspection), "said_of": said_of}
    shown |= {"items": {item.code: item for item in items_of(inspection)}, "people": Names(), "is_off": is_off}
    shown |= {"devices": _devices(rows), "kinds": receipts.KIND_LABELS, "verdicts": VERDICT_LABELS, "whys": WHY_LABELS}
    shown |= {"targets": adopting.targets(session, actor, inspection), "now_sha256": _fingerprint(rows, inspection)}
    return render_template("tablet/receipts.html", inspection=inspection, **shown)


@blueprint.post("/inspections/<reference>/receipts/<number>/adopt")
@requires(Permission.CARRY_OUT_INSPECTION)
def adopt(reference: str, number: str) -> Response:
    """Take over what lies beside a visit."""
    target = ChoiceForm().chosen.data or reference
    with transaction():
        inspection = queries.by_reference(db.session(), current_actor(), reference)
        adopting.adopt(db.session(), receipts.Sender(current_actor()), inspection, number, target)
    flash(_("已采用到 %(reference)s。", reference=target), "success")
    return redirect(url_for("office.received", reference=reference))


def _devices(rows: Any) -> dict[int, str]:  # noqa: ANN401 - receipts
    keys = {row.device_id for row in rows}
    return dict(db.session.execute(select(Device.id, Device.name).where(Device.id.in_(keys))).tuples().all())


def _fingerprint(rows: Any, inspection: Inspection) -> str:  # noqa: ANN401 - receipts
    """Return the fingerprint of the present answers where something was signed, to say whether they changed since."""
    signed: list[Receipt] = [row for row in rows if row.kind == receipts.Kind.SIGNATURES]
    return visiting.fingerprint(db.session(), inspection) if signed else ""
