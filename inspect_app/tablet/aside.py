"""Everything that came from tablets and could not enter where it was meant to, for the office to find in one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import visible_to as visible_hazards
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import visible_to
from inspect_app.tablet.models import Receipt
from inspect_app.tablet.proposals import decision_key
from inspect_app.tablet.receipts import CONTRADICTED_STATUS, Kind
from inspect_app.tablet.rules import Verdict

MOST = 500
ASIDE = (Verdict.STRANDED, Verdict.NEEDS_YOU)
LOOSE = or_(Receipt.kind == Kind.STRANDED.value, Receipt.status == CONTRADICTED_STATUS)


@dataclass
class BesideVisit:
    """A visit beside which something lies that nobody has taken over, and when the last of it came."""

    visit: Inspection
    number: int
    newest: datetime


@dataclass(frozen=True)
class BesideHazard:
    """A recheck, or a photo of one, that came after the hazard had moved on."""

    hazard: Hazard
    receipt: Receipt


def beside_visits(session: Session, actor: Actor) -> list[BesideVisit]:
    """List the visits that something lies beside, the latest first; the newest 500 things are looked at."""
    rows = session.execute(
        select(Receipt, Inspection)
        .join(Inspection, Inspection.id == Receipt.inspection_id)
        .where(LOOSE, visible_to(actor))
        .order_by(Receipt.id.desc())
        .limit(MOST)
        .options(joinedload(Inspection.site))
    ).tuples()
    loose = [(row, visit) for row, visit in rows if row.result.get("outcome") in ASIDE]
    taken = _taken_over(session, [row for row, _visit in loose])
    found: dict[int, BesideVisit] = {}
    for row, visit in loose:
        if decision_key(row) not in taken:
            found.setdefault(visit.id, BesideVisit(visit, 0, row.received_at)).number += 1
    return list(found.values())


def beside_hazards(session: Session, actor: Actor, hazard: Hazard | None = None) -> list[BesideHazard]:
    """List what lies beside hazards, or one of them, the latest first; the newest 500 are looked at."""
    loose = select(Receipt).where(Receipt.kind == Kind.STRANDED.value, Receipt.inspection_id.is_(None))
    rows = session.scalars(loose.order_by(Receipt.id.desc()).limit(MOST)).all()
    if hazard is not None:
        return [BesideHazard(hazard, row) for row in rows if row.result["hazard"] == hazard.reference]
    references = {row.result["hazard"] for row in rows}
    query = select(Hazard).where(Hazard.reference.in_(references), visible_hazards(actor))
    known = {each.reference: each for each in session.scalars(query)}
    return [BesideHazard(known[row.result["hazard"]], row) for row in rows if row.result["hazard"] in known]


def _taken_over(session: Session, rows: Sequence[Receipt]) -> set[str]:
    keys = [decision_key(row) for row in rows]
    return set(session.scalars(select(Receipt.key).where(Receipt.key.in_(keys))))
