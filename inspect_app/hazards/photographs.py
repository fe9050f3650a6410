"""What the files of a hazard tell: which photos there are, whether they can be what they are said to be (§5.7)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.core import clock
from inspect_app.core.earth import Place, metres
from inspect_app.evidence.likeness import ALIKE, distance
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.hazards.models import Hazard
from inspect_app.sites.likeness import OFFSET_SYSTEM

SENT_BACK = ("fail_recheck", "fail_acceptance", "return_closure")


class Shot(NamedTuple):
    """What is known of a file."""

    purpose: Purpose
    sha256: str
    likeness: str | None
    taken_at: datetime | None
    longitude: Decimal | None
    latitude: Decimal | None
    uploaded_at: datetime


def photo_facts(session: Session, hazard: Hazard) -> dict[str, Any]:
    """Return the facts about the files of a hazard that the conditions of its steps judge."""
    files = _files(session, hazard)
    before, after = _of(files, Purpose.BEFORE), _of(files, Purpose.AFTER)
    return {
        "photos_before": [shot.sha256 for shot in before],
        "photos_after": [shot.sha256 for shot in after],
        "photos_alike": _alike(before, after),
        "photos_early": sum(_is_early(hazard, before, shot) for shot in after),
        "photos_before_notice": sum(_is_before(shot, _last(hazard, ("assign",))) for shot in after),
        "photos_off_m": _farthest(hazard, after),
        "photos_fresh": bool(_since(after, _last(hazard, SENT_BACK))),
        "recheck_photos": len(_since(_of(files, Purpose.RECHECK), _last(hazard, ("start_recheck",)))),
        "controls": len(_since(_of(files, Purpose.CONTROL), _last(hazard, ("approve_extension",)))),
        "proofs": len(_of(files, Purpose.PROOF)),
    }


def _files(session: Session, hazard: Hazard) -> list[Shot]:
    columns = (Evidence.purpose, Evidence.sha256, Evidence.perceptual_hash, Evidence.taken_at, Evidence.longitude,
               Evidence.latitude, Evidence.uploaded_at)  # fmt: skip
    query = select(*columns).where(
        Evidence.subject_kind == "hazard", Evidence.subject_id == hazard.id, Evidence.withdrawn_at.is_(None)
    )
    return [Shot(*row) for row in session.execute(query.order_by(Evidence.id)).tuples()]


def _of(files: Iterable[Shot], purpose: Purpose) -> list[Shot]:
    return [shot for shot in files if shot.purpose == purpose]


def _since(shots: Iterable[Shot], since: datetime | None) -> list[Shot]:
    """Return what was uploaded after an instant; everything when there was none."""
    return [shot for shot in shots if since is None or shot.uploaded_at >= since]


def _last(hazard: Hazard, actions: tuple[str, ...]) -> datetime | None:
    return next((event.at for event in reversed(hazard.events) if event.action in actions), None)


def _alike(before: Sequence[Shot], after: Sequence[Shot]) -> bool:
    pairs = ((one.likeness, other.likeness) for one in before for other in after)
    return any(distance(one, other) <= ALIKE for one, other in pairs if one and other)


def _is_early(hazard: Hazard, before: Iterable[Shot], shot: Shot) -> bool:
    """Tell whether a photo of after is older than the finding or than the oldest photo of before."""
    if shot.taken_at is None:
        return False
    first = min((each.taken_at for each in before if each.taken_at), default=None)
    found = hazard.found_on is not None and clock.local(shot.taken_at).date() < hazard.found_on
    return found or (first is not None and shot.taken_at < first)


def _is_before(shot: Shot, notice: datetime | None) -> bool:
    return shot.taken_at is not None and notice is not None and shot.taken_at < notice.replace(second=0, microsecond=0)


def _farthest(hazard: Hazard, shots: Iterable[Shot]) -> int | None:
    """Return how many metres the farthest photo was taken from the object; None where a place is unknown.

    A site surveyed in the shifted system lies hundreds of metres off on paper: nothing can be said from it.
    """
    here = _place_of(hazard)
    places = [(shot.longitude, shot.latitude) for shot in shots]
    known = [(east, north) for east, north in places if east is not None and north is not None]
    return max((metres(here, there) for there in known), default=None) if here else None


def _place_of(hazard: Hazard) -> Place | None:
    if hazard.site and hazard.site.coordinate_system == OFFSET_SYSTEM:
        return None
    for each in (hazard, hazard.site):
        if each and each.longitude is not None and each.latitude is not None:
            return each.longitude, each.latitude
    return None
