"""The places that may owe something after an earthquake: the prefecture of the desk, the county of the centre."""

from collections.abc import Iterator

from inspect_app.quakes.models import Quake
from inspect_app.regions.models import Region
from inspect_app.workplans.library.places import Place
from inspect_app.workplans.library.words import Level


def places_of(quake: Quake) -> Iterator[tuple[Region, Place]]:
    """Give each place with its region."""
    for region in (quake.region, quake.county):
        if region is not None:
            yield region, place_of(region)


def place_of(region: Region) -> Place:
    """Return a region as definitions see it; conditions of obligations play no part here."""
    path: list[str] = []
    above: Region | None = region
    while above is not None:
        path.append(above.code)
        above = above.parent
    return Place(tuple(path), Level(region.level.value), {})
