"""Which body issues for a region: the nearest one configured, there or above."""

from inspect_app.documents.definition import Issuer
from inspect_app.documents.loading import library
from inspect_app.regions.models import Region


def issuer_of(region: Region) -> Issuer | None:
    """Find the bodies of a region; None where neither it nor one above it is configured."""
    known = library().issuers
    place: Region | None = region
    while place is not None and place.code not in known:
        place = place.parent
    return known[place.code] if place else None
