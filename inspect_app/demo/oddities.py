"""What the pages of doubts and of doubled sites have to show: a school registered twice, photos that cannot be true."""

import io
import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from inspect_app.core import clock
from inspect_app.demo.cast import SUFFIX
from inspect_app.demo.photos import photo
from inspect_app.demo.stage import Stage
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import attach, prepare_photo
from inspect_app.inspections import queries
from inspect_app.inspections.lifecycle import UNDER_WAY
from inspect_app.inspections.models import Inspection
from inspect_app.sites.models import Site
from inspect_app.sites.service import register

DAYS_AGO = 12
COUNTY, SHORT, CLERK = "654202", "乌苏市", "clerk"
ASTRAY = (Decimal("0.31"), Decimal("0.12"))


def stage_oddities(stage: Stage, sites: Mapping[str, Sequence[Site]]) -> None:
    """Let a school be registered twice, two visits of today share a photo, and one of them have another from afar."""
    school = sites[COUNTY][0]
    stage.then(stage.at(stage.today - timedelta(days=DAYS_AGO), 0.4), lambda: _register_again(stage, school))
    stage.then(stage.present, lambda: _photograph(stage))


def _register_again(stage: Stage, school: Site) -> None:
    """Leave the name of the county out, as somebody does who does not look whether the school is there already."""
    register(
        stage.session,
        stage.actor(CLERK),
        name=f"{school.name.removesuffix(SUFFIX).removeprefix(SHORT)}{SUFFIX}",
        category=school.category,
        region_id=school.region_id,
        address=f"{school.region.name}团结路",
        floors=school.floors,
    )


def _photograph(stage: Stage) -> None:
    placed = Site.longitude.is_not(None), Site.latitude.is_not(None)
    rows = select(Inspection).join(Site).where(Inspection.state == UNDER_WAY, *placed).order_by(Inspection.id)
    first, second = stage.session.scalars(rows.limit(2))
    walls = random.Random(DAYS_AGO)
    twice = photo(walls, clock.now(), mended=False)
    for visit in (first, second):
        _attach(stage, visit, twice, 0)
    place = (first.site.longitude or Decimal(0)) + ASTRAY[0], (first.site.latitude or Decimal(0)) + ASTRAY[1]
    _attach(stage, first, photo(walls, clock.now(), mended=False, place=place), 1)


def _attach(stage: Stage, visit: Inspection, picture: io.BytesIO, number: int) -> None:
    """Attach a photo to an item that the visit asks."""
    attach(
        stage.session,
        stage.people[visit.inspectors[0].user.login][1],
        prepare_photo(io.BytesIO(picture.getvalue()), "现场照片.jpg"),
        kind=queries.SUBJECT,
        id=visit.id,
        purpose=Purpose.ANSWER,
        county_id=visit.county_id,
        region_id=visit.region_id,
        item=queries.checklists_of(visit)[0].items[number].code,
    )
