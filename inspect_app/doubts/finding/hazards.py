"""Doubts about the dates of hazards: a due date before the finding, a photo of the mended state from before it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy import Row as Selected

from inspect_app.core import clock
from inspect_app.core.labels import mark, say
from inspect_app.doubts.doubt import Doubt, Row, Search
from inspect_app.doubts.kinds import Kind
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import visible_to
from inspect_app.hazards.words import State

DROPPED = (State.MERGED, State.UNFOUNDED, State.WITHDRAWN)
COLUMNS = (Hazard.reference, Hazard.county_id, Hazard.found_on, Hazard.site_name, Hazard.due_on)


def due_before_found(search: Search) -> Iterator[Doubt]:
    """Find hazards that were due before they were found."""
    rows = select(*COLUMNS).where(
        visible_to(search.actor), Hazard.found_on >= search.since, Hazard.due_on < Hazard.found_on, _kept()
    )
    for hazard in search.session.execute(rows.order_by(Hazard.id)):
        sentence = say(mark("%(found)s 发现，整改期限却是 %(due)s。"), found=hazard.found_on, due=hazard.due_on)
        yield Doubt(Kind.DUE_BEFORE_FOUND, hazard.county_id, hazard.found_on, sentence, (row_of(hazard),))


def old_photos(search: Search) -> Iterator[Doubt]:
    """Find photos of the mended state that the camera took before the day of the finding."""
    rows = (
        select(*COLUMNS, Evidence.uuid, Evidence.taken_at)
        .join(Evidence, (Evidence.subject_id == Hazard.id) & (Evidence.subject_kind == "hazard"))
        .where(
            visible_to(search.actor),
            Evidence.purpose.in_((Purpose.AFTER, Purpose.RECHECK)),
            Evidence.withdrawn_at.is_(None),
            Evidence.taken_at.is_not(None),
            Evidence.uploaded_at >= clock.start_of(search.since),
            Hazard.found_on.is_not(None),
            _kept(),
        )
    )
    for hazard in search.session.execute(rows.order_by(Evidence.id)):
        taken = clock.local(hazard.taken_at).date()
        if taken < hazard.found_on:
            sentence = say(mark("照片拍摄于 %(taken)s，隐患 %(found)s 才发现。"), taken=taken, found=hazard.found_on)
            yield Doubt(Kind.OLD_PHOTO, hazard.county_id, hazard.found_on, sentence, (row_of(hazard, hazard.uuid),))


def row_of(hazard: Selected[Any], photo: str = "") -> Row:
    """Return the row of a hazard selected with its reference and the name of its object."""
    arguments = (("reference", hazard.reference),)
    return Row(f"{hazard.reference} {hazard.site_name}".strip(), "hazards.show", arguments, photo)


def _kept() -> ColumnElement[bool]:
    return Hazard.state.not_in(DROPPED)
