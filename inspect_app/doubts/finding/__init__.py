"""Where doubts are found: one function a kind, each over everything the person sees."""

from collections.abc import Callable, Iterator

from inspect_app.doubts.doubt import Doubt, Search
from inspect_app.doubts.finding.counties import silent_counties
from inspect_app.doubts.finding.hazards import due_before_found, old_photos
from inspect_app.doubts.finding.places import far_photos
from inspect_app.doubts.finding.reuse import same_photos
from inspect_app.doubts.finding.visits import clean_sheets, short_visits
from inspect_app.doubts.kinds import Kind

Finder = Callable[[Search], Iterator[Doubt]]

FINDERS: dict[Kind, Finder] = {
    Kind.SAME_PHOTO: same_photos,
    Kind.FAR_PHOTO: far_photos,
    Kind.OLD_PHOTO: old_photos,
    Kind.SHORT_VISIT: short_visits,
    Kind.CLEAN_RUN: clean_sheets,
    Kind.SILENT_COUNTY: silent_counties,
    Kind.DUE_BEFORE_FOUND: due_before_found,
}
