"""New objects met on the way: registered at once by whoever may, otherwise proposed to those who keep the register."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.clock import today
from inspect_app.core.errors import Forbidden, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, covers
from inspect_app.sites import service as sites
from inspect_app.sites.fields import BLANK
from inspect_app.sites.models import Site
from inspect_app.sites.rules import problems_of
from inspect_app.tablet.models import Receipt
from inspect_app.tablet.receipts import Kind, Outcome, Sender, Sent, made_of

PROPOSED, REGISTERED = "proposed", "registered"
MOST = 200
FIELDS = ("name", "category", "address", "contact_person")
PLACES = Decimal("0.0000001")
TAKEN_AS_PROPOSAL = mark("已作为新对象的建议收到，由县级填报员登记后生效。")


def propose(session: Session, sender: Sender, sent: Sent) -> Outcome:
    """Register an object, or keep it as a proposal; raises NotFound, Forbidden outside the person's region, Invalid."""
    actor, given = sender.actor, sent.content
    region = by_code(session, given["region"])
    if actor.role is not None and not (actor.capture_region_id and covers(session, actor.capture_region_id, region.id)):
        raise Forbidden(mark("您只能提出本地区的检查对象。"))
    if sites.may_edit(session, actor, region.id):
        made = _register(session, actor, given, region)
        return Outcome({"outcome": REGISTERED, "reference": made.reference, "uuid": made.uuid})
    card = {**BLANK, **_card(given), "credit_code": None, "region_id": region.id}
    if found := problems_of(card, today()):
        raise Invalid(found)
    told = {"outcome": PROPOSED, "message": TAKEN_AS_PROPOSAL, "region_id": region.id, "content": dict(given)}
    return Outcome(told)


def waiting(session: Session, actor: Actor) -> Sequence[Receipt]:
    """List the proposals that the person may decide, oldest first; the newest 200 are looked at."""
    newest = select(Receipt).where(Receipt.kind == Kind.SITE.value).order_by(Receipt.id.desc()).limit(MOST)
    rows = [row for row in session.scalars(newest) if row.result.get("outcome") == PROPOSED]
    decided = set(session.scalars(select(Receipt.key).where(Receipt.key.in_([decision_key(row) for row in rows]))))
    mine = [row for row in rows if sites.may_edit(session, actor, row.result["region_id"])]
    return [row for row in reversed(mine) if decision_key(row) not in decided]


def accept(session: Session, sender: Sender, number: str) -> Site:
    """Put a proposed object into the register; raises NotFound for one that is decided or of another region."""
    row = next((each for each in waiting(session, sender.actor) if each.number == number), None)
    if row is None:
        raise NotFound
    region = session.get_one(Region, row.result["region_id"])
    made = _register(session, sender.actor, row.result["content"], region)
    _decide(session, sender, row, {"outcome": REGISTERED, "of": row.number, "reference": made.reference})
    return made


def decline(session: Session, sender: Sender, number: str) -> None:
    """Put a proposal aside: the object is known, or none."""
    row = next((each for each in waiting(session, sender.actor) if each.number == number), None)
    if row is None:
        raise NotFound
    _decide(session, sender, row, {"outcome": "declined", "of": row.number})


def decision_key(row: Receipt) -> str:
    """Return the key under which the decision about a receipt is kept, so that there is one."""
    return str(uuid5(NAMESPACE_URL, f"decision {row.key}"))


def _decide(session: Session, sender: Sender, row: Receipt, told: Mapping[str, Any]) -> None:
    sent = Sent(decision_key(row), Kind.ADOPTED, dict(told))
    session.add(made_of(sender, sent, Outcome(told)))
    session.flush()


def _register(session: Session, actor: Actor, given: Mapping[str, Any], region: Region) -> Site:
    return sites.register(session, actor, **_card(given), region_id=region.id)


def _card(given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - fields of a site
    card: dict[str, Any] = {name: given.get(name, "").strip() for name in FIELDS}
    if place := given.get("place"):
        for name in ("longitude", "latitude"):
            card[name] = Decimal(str(place[name])).quantize(PLACES)
        card["coordinate_system"] = "WGS-84"
    return card
