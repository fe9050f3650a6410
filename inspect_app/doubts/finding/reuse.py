"""Doubts about photos used twice: the same file or the same view for two hazards, two visits, or before and after."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy import Row as Selected

from inspect_app.core import clock
from inspect_app.core.labels import mark, say
from inspect_app.doubts.doubt import Doubt, Row, Search
from inspect_app.doubts.kinds import Kind
from inspect_app.evidence.likeness import alike
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.rules import PHOTOS
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import visible_to as hazards_visible
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import visible_to as inspections_visible

PURPOSES = (Purpose.ANSWER, Purpose.BEFORE, Purpose.AFTER, Purpose.RECHECK)
PURPOSE_LABELS = {
    Purpose.ANSWER: mark("检查时"),
    Purpose.BEFORE: mark("整改前"),
    Purpose.AFTER: mark("整改后"),
    Purpose.RECHECK: mark("复查时"),
}


@dataclass(frozen=True)
class Use:
    """A photo used for something.

    `place` is what it may be used for again without doubt: one visit, or one side of one hazard; the picture of a visit
    and of the hazard that the visit made are one place. `family` is the hazard, or what it was reopened from or merged
    into.
    """

    key: int
    uuid: str
    sha256: str
    fingerprint: str | None
    county_id: int
    on: date
    row: Row
    place: tuple[str, ...]
    family: int | None


def same_photos(search: Search) -> Iterator[Doubt]:
    """Find each recent photo that shows up in more than one place.

    The same file and the same fingerprint are known by an index and found however old the other use is. Pictures that
    are nearly alike have to be held against each other one by one, which is done among the recent ones.
    """
    uses = [*_in_visits(search), *_in_hazards(search)]
    for group in _groups(uses):
        hazards = {use.family for use in group if use.family is not None}
        if len({use.place for use in group}) > 1 or len(hazards) > 1:
            latest = max(group, key=lambda use: (use.on, use.key))
            same = len({use.sha256 for use in group}) == 1
            text = mark("同一张照片用在 %(count)s 处。") if same else mark("画面几乎相同的照片用在 %(count)s 处。")
            rows = tuple(dict.fromkeys(use.row for use in group))
            yield Doubt(Kind.SAME_PHOTO, latest.county_id, latest.on, say(text, count=len(rows)), rows)


def _in_visits(search: Search) -> Iterator[Use]:
    rows = _photos(search, "inspection", Inspection).where(inspections_visible(search.actor))
    for photo in search.session.execute(rows):
        yield _use(photo, "inspections.show", ("inspection", photo.reference), None)


def _in_hazards(search: Search) -> Iterator[Use]:
    own = (Hazard.id.label("hazard"), Hazard.origin, Hazard.origin_reference)
    rows = _photos(search, "hazard", Hazard).where(hazards_visible(search.actor))
    for photo in search.session.execute(rows.add_columns(*own, Hazard.reopened_from_id, Hazard.merged_into_id)):
        family = photo.merged_into_id or photo.reopened_from_id or photo.hazard
        from_visit = photo.origin == "inspection" and photo.purpose is Purpose.BEFORE
        place = ("inspection", photo.origin_reference) if from_visit else ("hazard", str(family), photo.purpose)
        yield _use(photo, "hazards.show", place, family)


def _photos(search: Search, kind: str, model: Any) -> Select[Any]:  # noqa: ANN401 - Inspection or Hazard
    return (
        select(
            Evidence.id,
            Evidence.uuid,
            Evidence.sha256,
            Evidence.perceptual_hash,
            Evidence.purpose,
            Evidence.uploaded_at,
            model.reference,
            model.county_id,
        )
        .join(model, (Evidence.subject_id == model.id) & (Evidence.subject_kind == kind))
        .where(
            Evidence.withdrawn_at.is_(None),
            Evidence.media_type.in_(PHOTOS),
            Evidence.purpose.in_(PURPOSES),
            Evidence.uploaded_at >= clock.start_of(search.start),
            _recent(search) | _met_again(search),
        )
        .order_by(Evidence.id)
    )


def _recent(search: Search) -> ColumnElement[bool]:
    return Evidence.uploaded_at >= clock.start_of(search.since)


def _met_again(search: Search) -> ColumnElement[bool]:
    """Is a recent photo the same file as this one, or does it look exactly like it."""
    return Evidence.sha256.in_(select(Evidence.sha256).where(_recent(search))) | Evidence.perceptual_hash.in_(
        select(Evidence.perceptual_hash).where(_recent(search), Evidence.perceptual_hash.is_not(None))
    )


def _use(photo: Selected[Any], endpoint: str, place: tuple[str, ...], family: int | None) -> Use:
    text = f"{photo.reference} {PURPOSE_LABELS[photo.purpose]}"
    row = Row(text, endpoint, (("reference", photo.reference),), photo.uuid)
    on = clock.local(photo.uploaded_at).date()
    return Use(photo.id, photo.uuid, photo.sha256, photo.perceptual_hash, photo.county_id, on, row, place, family)


def _groups(uses: Sequence[Use]) -> Iterator[list[Use]]:
    """Put together the uses of one file, and those whose pictures are alike."""
    by_file: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        by_file[use.sha256].append(use)
    first = {sha256: number for number, sha256 in enumerate(by_file)}
    files = list(by_file.values())
    prints = ((first[use[0].sha256], use[0].fingerprint) for use in files)
    joined = _joined(len(files), alike((number, told) for number, told in prints if told))
    for members in joined:
        group = [use for number in members for use in files[number]]
        if len(group) > 1:
            yield group


def _joined(size: int, pairs: Iterable[tuple[int, int]]) -> Iterable[list[int]]:
    """Gather each number with the first one it is alike to; likeness is not passed on from one to the next."""
    groups: dict[int, list[int]] = {}
    near: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        near[other].append(one)
    for number in range(size):
        first = next((one for one in near[number] if one in groups), number)
        groups.setdefault(first, []).append(number)
    return groups.values()
