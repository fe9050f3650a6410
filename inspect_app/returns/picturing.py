"""Pictures of a return that was imported, tied to the hazards in whose rows they stand."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import Conflict, FileRefused, Forbidden
from inspect_app.core.labels import mark
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import Prepared, prepare_photo
from inspect_app.hazards.attachments import add_file
from inspect_app.hazards.queries import by_reference
from inspect_app.returns import queries
from inspect_app.returns.choosing.service import original_of
from inspect_app.returns.lifecycle import APPLIED
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.service import require_sender
from inspect_app.workbooks.pictures import pictures_in

NOT_YET = mark("报表导入以后，才能把文件中的图片附到隐患上。请先导入。")
Place = tuple[str | None, int]


class Found(NamedTuple):
    """Pictures ready to be tied to hazards by reference, and how many cannot be shown."""

    pictures: Sequence[tuple[str, Prepared]]
    unusable: int


def prepare_pictures(session: Session, actor: Actor, batch: ReturnBatch) -> Found:
    """Take the pictures out of the original, before the transaction; those in no hazard's row are left alone.

    Raises Forbidden outside the capture region and Conflict for a return that was not imported.
    """
    require_sender(actor, batch.county)
    if batch.state != APPLIED:
        raise Conflict(NOT_YET)
    hazards, found, unusable = _hazards(session, batch), [], 0
    for picture in pictures_in(original_of(session, batch)):
        reference = hazards.get((picture.sheet, picture.row))
        try:
            if reference:
                found.append((reference, prepare_photo(BytesIO(picture.content), picture.name)))
        except FileRefused:
            unusable += 1
    return Found(found, unusable)


def attach_pictures(session: Session, actor: Actor, found: Found) -> tuple[int, int]:
    """Tie the pictures to their hazards as photos from before; return how many were, and how many could not be."""
    refused = 0
    for reference, prepared in found.pictures:
        try:
            add_file(session, actor, by_reference(session, actor, reference), prepared, Purpose.BEFORE)
        except Forbidden:
            refused += 1
    return len(found.pictures) - refused, refused + found.unusable


def part(_actor: object, batch: ReturnBatch) -> Mapping[str, Any] | None:
    """What the page of an imported return says of its pictures; None where it has none."""
    number = sum(each["count"] for each in batch.plan.get("pictures", ()))
    return {"number": number} if number and batch.state == APPLIED else None


def _hazards(session: Session, batch: ReturnBatch) -> dict[Place, str]:
    """The hazards that rows of the file became, or were about."""
    groups = batch.plan["groups"]
    made = queries.created_hazards(session, batch.id)
    hazards = {(place[0], place[1]): each.reference for place, each in zip(groups["create"], made, strict=False)}
    for entry in (*groups["update"], *groups["unchanged"]):
        hazards[entry["sheet"], entry["row"]] = entry["reference"]
    return hazards
