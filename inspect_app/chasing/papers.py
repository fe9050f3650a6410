"""The documents that chasing draws up: drafts that begin with what the hazard says, to be completed and issued."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.chasing.definition import LEVEL_LABELS
from inspect_app.chasing.models import Listing
from inspect_app.core.labels import mark, say
from inspect_app.documents import service
from inspect_app.documents.beginning import begin
from inspect_app.documents.definition import day_text
from inspect_app.hazards.models import Hazard

Data = Mapping[str, Any]


def draw_up(session: Session, actor: Actor, hazard: Hazard, kind: str, data: Data) -> str:
    """Draw up a draft of a kind of document and return its key; a kind of "" means that none belongs to the step."""
    if not kind:
        return ""
    region, known = begin(session, actor, kind, ("hazard", hazard.reference))
    document = service.draw_up(
        session, actor, kind=kind, subject_kind="hazard", subject_reference=hazard.reference, region=region,
        data={**known, **data},
    )  # fmt: skip
    return document.uuid


def of_rung(hazard: Hazard, overdue_days: int, note: str) -> Data:
    """Say for letters, interviews and circulars how long a hazard is overdue, and what the person remarked."""
    late = say(
        mark("隐患“%(hazard)s”（%(reference)s）整改时限为%(due)s，已超期%(days)s天仍未整改完成。%(note)s"),
        hazard=hazard.description,
        reference=hazard.reference,
        due=day_text(hazard.due_on),
        days=overdue_days,
        note=note,
    )
    return {"content": str(late), "scope": str(late)}


def of_listing(listing: Listing) -> Data:
    """Say for the notice how a hazard is listed."""
    return {
        "level": LEVEL_LABELS[listing.level],
        "reason": listing.reason,
        "due_on": listing.due_on.isoformat(),
    }


def of_delisting(listing: Listing) -> Data:
    """Say for the notice why a hazard is delisted."""
    return {"acceptance": listing.delisting_reason}
