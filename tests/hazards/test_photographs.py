from decimal import Decimal

import pytest

from inspect_app.core.database import transaction
from inspect_app.evidence.models import Purpose
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.photographs import photo_facts
from inspect_app.hazards.words import State
from tests.hazards.stories import Story
from tests.sites.factories import make_site

HERE = (Decimal("84.7130000"), Decimal("44.4340000"))
THERE = (Decimal("84.7230000"), Decimal("44.4340000"))


def placed(story: Story, *, on_hazard: bool, system: str | None) -> Hazard:
    hazard = story.reach(State.RECTIFYING)
    if system:
        site = make_site(story.session, longitude=HERE[0], latitude=HERE[1], coordinate_system=system)
        hazard.site_id = site.id
    if on_hazard:
        hazard.longitude, hazard.latitude = HERE
    shot = story.photograph(hazard, Purpose.AFTER)
    shot.longitude, shot.latitude = THERE
    story.photograph(hazard, Purpose.AFTER)
    story.session.flush()
    return hazard


@pytest.mark.parametrize(
    ("on_hazard", "system", "off"),
    [
        (True, None, 794),
        (False, "CGCS2000", 794),
        (True, "CGCS2000", 794),
        (True, "GCJ-02", None),
        (False, None, None),
    ],
)
def test_the_way_to_the_object_is_known_where_its_place_is(
    story: Story, *, on_hazard: bool, system: str | None, off: int | None
) -> None:
    with transaction():
        hazard = placed(story, on_hazard=on_hazard, system=system)
    assert photo_facts(story.session, hazard)["photos_off_m"] == off


def test_a_hazard_without_files_has_nothing_to_show(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
    assert photo_facts(story.session, hazard) == {
        "photos_before": [], "photos_after": [], "photos_alike": False, "photos_early": 0, "photos_before_notice": 0,
        "photos_off_m": None, "photos_fresh": False, "recheck_photos": 0, "controls": 0, "proofs": 0,
    }  # fmt: skip
