"""Doubts about where a photo was taken: too far from the object it is said to show."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row as Selected
from sqlalchemy import Select, select

from inspect_app.core import clock
from inspect_app.core.earth import metres
from inspect_app.core.labels import mark, say
from inspect_app.doubts.doubt import Doubt, Row, Search
from inspect_app.doubts.kinds import Kind
from inspect_app.evidence.models import Evidence
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import visible_to as hazards_visible
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import visible_to as inspections_visible
from inspect_app.sites.models import Site

THOUSAND = 1000
GCJ = "GCJ-02"


def far_photos(search: Search) -> Iterator[Doubt]:
    """Find photos taken farther from the coordinates of their object than the office allows.

    A photo or an object without coordinates proves nothing either way and is left out.
    """
    for kind, model, seen in (
        ("inspection", Inspection, inspections_visible(search.actor)),
        ("hazard", Hazard, hazards_visible(search.actor)),
    ):
        rows = _placed(search, kind, model).where(seen)
        for photo in search.session.execute(rows.order_by(Evidence.id)):
            if doubt := _judge(search, kind, photo):
                yield doubt


def _placed(search: Search, kind: str, model: Any) -> Select[Any]:  # noqa: ANN401 - Inspection or Hazard
    return (
        select(
            model.reference,
            model.county_id,
            Site.name,
            Site.longitude,
            Site.latitude,
            Site.coordinate_system,
            Evidence.uuid,
            Evidence.uploaded_at,
            Evidence.longitude.label("east"),
            Evidence.latitude.label("north"),
        )
        .select_from(Evidence)
        .join(model, (Evidence.subject_id == model.id) & (Evidence.subject_kind == kind))
        .join(Site, Site.id == model.site_id)
        .where(
            Evidence.withdrawn_at.is_(None),
            Evidence.longitude.is_not(None),
            Site.longitude.is_not(None),
            Evidence.uploaded_at >= clock.start_of(search.since),
        )
    )


def _judge(search: Search, kind: str, photo: Selected[Any]) -> Doubt | None:
    allowed = search.limits.radius_m
    if photo.coordinate_system == GCJ:
        allowed += search.limits.gcj_offset_m
    apart = metres((photo.longitude, photo.latitude), (photo.east, photo.north))
    if apart <= allowed:
        return None
    sentence = say(
        mark("照片拍摄位置距“%(site)s”登记的坐标 %(apart)s 公里（允许 %(allowed)s 公里）。"),
        site=photo.name,
        apart=round(apart / THOUSAND, 1),
        allowed=round(allowed / THOUSAND, 1),
    )
    on = clock.local(photo.uploaded_at).date()
    row = Row(f"{photo.reference} {photo.name}", f"{kind}s.show", (("reference", photo.reference),), photo.uuid)
    return Doubt(Kind.FAR_PHOTO, photo.county_id, on, sentence, (row,))
