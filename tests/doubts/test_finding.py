"""Each kind of doubt is found where it is planted, and not beside it."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.doubts import queries
from inspect_app.doubts.kinds import Kind
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.service import Prepared, attach, prepare_photo
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.service import start
from inspect_app.regions.queries import by_code
from tests.accounts.factories import actor_of, make_user
from tests.evidence.test_likeness import saved_again, scene
from tests.hazards.stories import Story, stage
from tests.inspections.factories import fill, lead_of, make_team, make_visit, submitted
from tests.sites.factories import make_site

THERE = (Decimal("84.7130000"), Decimal("44.4340000"))


@pytest.fixture
def story(session: Session, clock: datetime) -> Story:
    assert clock.year == 2026
    with transaction():
        return stage(session)


def told(story: Story, kind: Kind, actor: Actor | None = None) -> list[str]:
    return [str(each.doubt.sentence) for each in queries.found(story.session, actor or story.cast.officer, (kind,))]


def rows(story: Story, kind: Kind) -> list[list[str]]:
    return [[row.text for row in each.doubt.rows] for each in queries.found(story.session, story.cast.officer, (kind,))]


def photo(image: Image.Image) -> Prepared:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=95)
    stream.seek(0)
    return prepare_photo(stream, "现场.jpg")


def hang(story: Story, hazard: Hazard, purpose: Purpose, prepared: Prepared, **over: object) -> Evidence:
    return attach(
        story.session,
        SYSTEM,
        prepared,
        kind="hazard",
        id=hazard.id,
        purpose=purpose,
        county_id=hazard.county_id,
        region_id=hazard.region_id,
        **over,  # type: ignore[arg-type]
    )


def visit_of(story: Story, minutes: int) -> Inspection:
    with transaction():
        visit = make_visit(story.session)
        with clock.set_to(clock.now() - timedelta(minutes=minutes)):
            start(story.session, lead_of(visit), visit)
        return submitted(story.session, visit)


def test_a_visit_of_sixteen_items_in_three_minutes_is_doubted(story: Story) -> None:
    visit_of(story, 3)
    assert told(story, Kind.SHORT_VISIT) == ["16 项只用了 3 分钟（按每项 20 秒，至少要 6 分钟）。"]


def test_a_visit_of_an_hour_is_not_doubted(story: Story) -> None:
    visit_of(story, 60)
    assert told(story, Kind.SHORT_VISIT) == []


def test_six_visits_of_one_lead_without_a_failed_item_are_doubted_together(story: Story) -> None:
    good = {"C03_11": {"value": "yes"}, "C03_16": {"value": "yes"}}
    with transaction():
        team = make_team(story.session)
        for number in range(6):
            visit = make_visit(story.session, team=team, site=make_site(story.session, name=f"第{number}小学"))
            fill(story.session, visit, **good)
            for code in ("C03-11", "C03-16"):
                hang_paper(story, visit, code)
            submitted_without_photos(story, visit)
    assert len(rows(story, Kind.CLEAN_RUN)[0]) == 6
    assert "连续 6 次检查没有一项不合格" in told(story, Kind.CLEAN_RUN)[0]


def hang_paper(story: Story, visit: Inspection, code: str) -> None:
    attach(
        story.session,
        SYSTEM,
        photo(scene(9)),
        kind="inspection",
        id=visit.id,
        purpose=Purpose.PROOF,
        county_id=visit.county_id,
        region_id=visit.region_id,
        item=code,
    )


def submitted_without_photos(story: Story, visit: Inspection) -> None:
    from inspect_app.inspections import service

    service.submit(story.session, lead_of(visit), visit, site_person="甲校长")


def test_one_photo_for_two_hazards_is_doubted_also_when_shrunk(story: Story) -> None:
    with transaction():
        first, second, third = (story.register() for _each in range(3))
        hang(story, first, Purpose.BEFORE, photo(scene(1)))
        hang(story, second, Purpose.BEFORE, photo(saved_again(scene(1))))
        hang(story, third, Purpose.BEFORE, photo(scene(2)))
    assert rows(story, Kind.SAME_PHOTO) == [[f"{first.reference} 整改前", f"{second.reference} 整改前"]]
    assert told(story, Kind.SAME_PHOTO) == ["画面几乎相同的照片用在 2 处。"]


def test_the_photo_from_before_used_as_the_one_after_is_doubted(story: Story) -> None:
    with transaction():
        hazard = story.register()
        hang(story, hazard, Purpose.BEFORE, photo(scene(1)))
        hang(story, hazard, Purpose.AFTER, photo(scene(1)))
    assert rows(story, Kind.SAME_PHOTO) == [[f"{hazard.reference} 整改前", f"{hazard.reference} 整改后"]]


def test_the_photo_of_a_visit_and_of_the_hazard_it_made_is_no_doubt(story: Story) -> None:
    visit_of(story, 60)
    assert told(story, Kind.SAME_PHOTO) == []


def test_a_photo_taken_far_from_its_object_is_doubted_and_one_without_place_is_not(story: Story) -> None:
    with transaction():
        site = make_site(story.session, longitude=THERE[0], latitude=THERE[1])
        hazard = story.register(story.draft(site_id=site.id))
        away = (THERE[0] + Decimal("0.1"), THERE[1])
        hang(story, hazard, Purpose.BEFORE, photo(scene(1)), longitude=away[0], latitude=away[1])
        hang(story, hazard, Purpose.BEFORE, photo(scene(2)), longitude=THERE[0], latitude=THERE[1])
        hang(story, hazard, Purpose.BEFORE, photo(scene(3)))
    assert told(story, Kind.FAR_PHOTO) == ["照片拍摄位置距“晨光小学（示例）”登记的坐标 7.9 公里（允许 1.5 公里）。"]


def test_a_photo_of_the_mended_state_from_before_the_finding_is_doubted(story: Story) -> None:
    with transaction():
        hazard = story.register()
        hang(story, hazard, Purpose.AFTER, photo(scene(1)), taken_at=clock.now() - timedelta(days=9))
        hang(story, hazard, Purpose.AFTER, photo(scene(2)), taken_at=clock.now())
    assert told(story, Kind.OLD_PHOTO) == ["照片拍摄于 2026-06-06，隐患 2026-06-15 才发现。"]


def test_a_hazard_due_before_it_was_found_is_doubted_until_it_is_dropped(story: Story) -> None:
    with transaction():
        hazard = story.register()
        hazard.due_on = clock.today() - timedelta(days=3)
    assert told(story, Kind.DUE_BEFORE_FOUND) == ["2026-06-15 发现，整改期限却是 2026-06-12。"]
    with transaction():
        dropped = story.reach(State.UNFOUNDED)
        dropped.due_on = clock.today() - timedelta(days=3)
    assert len(told(story, Kind.DUE_BEFORE_FOUND)) == 1


def test_a_county_that_finds_nothing_among_finders_is_doubted(story: Story) -> None:
    with transaction():
        for code in ("654201", "654203", "654221", "654224"):
            county = by_code(story.session, code)
            clerk = actor_of(make_user(story.session, Role.COUNTY_CLERK, county))
            for _each in range(3):
                story.register(story.draft(county_id=county.id, region_id=county.id), clerk)
    silent = told(story, Kind.SILENT_COUNTY)
    assert len(silent) == 3
    assert any("乌苏市自 2025-12-17 起没有一处隐患" in each for each in silent)
    assert told(story, Kind.SILENT_COUNTY, story.cast.head) == [each for each in silent if each.startswith("乌苏市")]


def test_doubts_of_another_county_are_out_of_sight(story: Story) -> None:
    with transaction():
        hazard = story.register()
        hazard.due_on = clock.today() - timedelta(days=3)
    assert told(story, Kind.DUE_BEFORE_FOUND, story.cast.head) != []
    assert told(story, Kind.DUE_BEFORE_FOUND, story.cast.other_clerk) == []


def test_the_key_of_a_doubt_changes_with_its_rows(story: Story) -> None:
    with transaction():
        hazard = story.register()
        hazard.due_on = clock.today() - timedelta(days=3)
    doubt = queries.found(story.session, story.cast.officer, (Kind.DUE_BEFORE_FOUND,))[0].doubt
    assert replace(doubt, rows=doubt.rows * 2).subject != doubt.subject


def test_a_recent_photo_is_recognised_however_old_its_other_use_is(story: Story) -> None:
    with transaction():
        first, second = story.register(), story.register()
        with clock.set_to(clock.now() - timedelta(days=200)):
            hang(story, first, Purpose.BEFORE, photo(scene(1)))
        hang(story, second, Purpose.BEFORE, photo(scene(1)))
    assert rows(story, Kind.SAME_PHOTO) == [[f"{first.reference} 整改前", f"{second.reference} 整改前"]]


def test_what_lies_farther_back_is_found_in_a_wider_window(story: Story) -> None:
    with transaction():
        hazard = story.register()
        hazard.found_on = clock.today() - timedelta(days=60)
        hazard.due_on = clock.today() - timedelta(days=63)
    assert told(story, Kind.DUE_BEFORE_FOUND) == []
    wider = queries.found(story.session, story.cast.officer, (Kind.DUE_BEFORE_FOUND,), days=90)
    assert [each.doubt.rows[0].text for each in wider] == [f"{hazard.reference} {hazard.site_name}".strip()]
    assert queries.one(story.session, story.cast.officer, Kind.DUE_BEFORE_FOUND, wider[0].doubt.subject) == wider[0]
