"""The pack: all a visit needs and nothing of anybody else, read set-wise, small enough for a slow link."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.checklists.definition import from_json
from inspect_app.checklists.queries import published
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.evidence.models import Purpose
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from inspect_app.inspections import service
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.regions.models import Unit
from inspect_app.regions.queries import townships_of
from inspect_app.sites.models import Site
from inspect_app.tablet.pack import queries
from tests.accounts.factories import make_user, sign_in
from tests.hazards.stories import Story, stage
from tests.inspections.factories import lead_of, make_team, make_visit, submitted
from tests.scene import Photographer
from tests.sites.factories import make_site, region
from tests.tablet.senders import tablet_of

PACK = "/api/v1/pack"
EARLIER = 3
MOST_BYTES = 3 * 1024 * 1024
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def team(session: Session) -> list[User]:
    with transaction():
        return make_team(session)


@pytest.fixture
def site(session: Session) -> Site:
    with transaction():
        return make_site(session, name="晨光小学", fortification_intensity=8)


@pytest.fixture
def visit(session: Session, team: list[User], site: Site) -> Inspection:
    with transaction():
        made = make_visit(session, team=team, site=site)
        service.start(session, lead_of(made), made)
        service.answer(session, lead_of(made), made, "C03-05", {"value": "yes"}, "东楼")
    return made


@pytest.fixture
def story(session: Session) -> Story:
    with transaction():
        told = stage(session)
    return Photographer(session, told.cast, told.county, told.township)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements that are sent to the database."""
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        told.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def pack_for(client: FlaskClient, user: User) -> dict:  # type: ignore[type-arg] # JSON
    sign_in(client, user)
    answered = client.get(PACK)
    assert answered.status_code == 200, answered.get_data(as_text=True)
    told: dict = answered.get_json()  # type: ignore[type-arg] # JSON
    return told


def test_a_visit_goes_along_with_its_list_and_how_it_stands(
    client: FlaskClient, team: list[User], visit: Inspection
) -> None:
    told = pack_for(client, team[0])
    packed = told["visits"][0]
    assert (packed["reference"], packed["lists"], packed["leads"]) == (visit.reference, ["C03-1"], True)
    assert [each["name"] for each in packed["team"]] == [each.name for each in team]
    assert packed["state"]["answers"][0] | {"by": "", "at": ""} == {
        "item": "C03-05", "value": {"value": "yes"}, "note": "东楼", "immediate_measure": "", "version": 1,
        "by": "", "at": "",
    }  # fmt: skip
    assert packed["state"]["totals"]["vetoes"] == 1
    listed = told["lists"]["C03-1"]
    assert 'data-item="C03-05"' in listed["form"]
    assert [each["code"] for each in listed["definition"]["items"]][:2] == ["C03-01", "C03-02"]
    assert "整改" in listed["demands"]["C03-05"]["demand"]
    assert told["made_at"] == "2026-06-15T10:00:00+08:00"
    assert (told["today"], told["person"]["id"], told["left_out"]) == ("2026-06-15", team[0].id, 0)


def test_the_pack_says_how_much_its_limits_left_out(
    client: FlaskClient, session: Session, team: list[User], visit: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        make_visit(session, team=team)
        for name in ("松涛中学", "杨柳小学"):
            session.add(Unit(name=name, region_id=visit.region_id))
    monkeypatch.setattr(queries, "MOST_VISITS", 1)
    monkeypatch.setattr(queries, "MOST_UNITS", 1)
    told = pack_for(client, team[0])
    known = session.scalar(select(func.count()).select_from(Unit)) or 0
    assert (len(told["visits"]), told["left_out"]) == (1, 1)
    assert (len(told["units"]), told["units_left_out"]) == (1, known - 1)


def test_a_device_gets_the_pack_of_its_person(
    app: Flask, session: Session, team: list[User], visit: Inspection
) -> None:
    told = tablet_of(app, session, team[1]).get("pack").get_json()
    assert [each["reference"] for each in told["visits"]] == [visit.reference]
    assert not told["visits"][0]["leads"]


def test_what_is_unknown_of_a_site_is_said(client: FlaskClient, team: list[User], visit: Inspection) -> None:
    assert visit.state == "under_way"
    facts = pack_for(client, team[0])["visits"][0]["site"]["facts"]
    assert (facts["设防烈度"], facts["设防类别"], facts["层数"]) == ("8 度", "未知", "未知")


def test_nobody_elses_visit_and_no_visit_that_is_over_goes_along(
    client: FlaskClient, session: Session, team: list[User], visit: Inspection
) -> None:
    with transaction():
        make_visit(session)
        done = submitted(session, make_visit(session, team=team))
    told = pack_for(client, team[0])
    assert done.state == "submitted"
    assert [each["reference"] for each in told["visits"]] == [visit.reference]


def test_who_moved_to_another_county_packs_nothing_of_the_old_one(
    client: FlaskClient, session: Session, team: list[User], visit: Inspection
) -> None:
    with transaction():
        person = session.get_one(User, team[0].id)
        person.view_region_id = person.capture_region_id = region(session, "654221").id
    told = pack_for(client, team[0])
    assert visit.reference not in json.dumps(told)
    assert {each["code"][:6] for each in told["regions"]} == {"654221"}


def test_earlier_findings_go_along_and_a_self_check_does_not(
    client: FlaskClient, session: Session, team: list[User], site: Site, visit: Inspection
) -> None:
    with transaction():
        before = submitted(session, make_visit(session, site=site), C03_05={"value": "yes"})
        own = submitted(session, make_visit(session, site=site, kind="self_check"), C03_05={"value": "yes"})
    packed = pack_for(client, team[0])["visits"][0]
    assert visit.site_id == site.id
    assert [each["reference"] for each in packed["earlier"]] == [before.reference]
    assert {each["reference"] for each in packed["findings"]} == {before.reference}
    assert ["回答“是”。"] in [each["why"] for each in packed["findings"] if each["item"] == "C03-05"]
    assert own.reference not in json.dumps(packed["earlier"] + packed["findings"])


def test_open_hazards_of_the_site_go_along_and_their_photos_on_request(
    client: FlaskClient, team: list[User], visit: Inspection, story: Story
) -> None:
    with transaction():
        held = story.reach(State.RECTIFYING, site_id=visit.site_id)
        closed = story.reach(State.CLOSED, site_id=visit.site_id)
        photo = story.photograph(held, Purpose.BEFORE)
    packed = pack_for(client, team[0])["visits"][0]
    assert [each["reference"] for each in packed["hazards"]] == [held.reference]
    assert packed["hazards"][0]["photos"] == [{"uuid": photo.uuid, "purpose": "before", "on": "2026-06-15"}]
    assert closed.reference not in json.dumps(packed)
    pictures = client.get(f"{PACK}/visits/{visit.uuid}/photos").get_json()["photos"]
    assert list(pictures) == [photo.uuid]
    assert pictures[photo.uuid].startswith("data:image/jpeg;base64,/9j/")


def test_a_photo_that_is_damaged_is_told_as_missing(
    client: FlaskClient, team: list[User], visit: Inspection, story: Story
) -> None:
    with transaction():
        held = story.reach(State.RECTIFYING, site_id=visit.site_id)
        lost = Story.photograph(story, held, Purpose.BEFORE)
    sign_in(client, team[0])
    assert client.get(f"{PACK}/visits/{visit.uuid}/photos").get_json() == {"photos": {lost.uuid: None}}


def test_the_photos_of_anybody_elses_visit_are_not_there(
    client: FlaskClient, session: Session, visit: Inspection
) -> None:
    with transaction():
        other = make_user(session, Role.INSPECTOR, region(session))
    sign_in(client, other)
    assert client.get(f"{PACK}/visits/{visit.uuid}/photos").status_code == 404


def test_who_reported_a_hazard_as_put_right_is_not_offered_its_recheck(
    client: FlaskClient, session: Session, team: list[User], visit: Inspection, story: Story
) -> None:
    with transaction():
        done = story.reach(State.DONE, site_id=visit.site_id)
    assert pack_for(client, team[0])["visits"][0]["hazards"][0]["recheck"]
    with transaction():
        session.get_one(Hazard, done.id).done_by_id = team[0].id
    assert not client.get(PACK).get_json()["visits"][0]["hazards"][0]["recheck"]


def test_a_pack_of_thirty_visits_is_small_and_asks_no_more_than_one_of_three(
    client: FlaskClient, session: Session, story: Story
) -> None:
    team = _busy(session, story, 3)
    sign_in(client, team[0])
    client.get(PACK)
    with counted() as few:
        assert len(client.get(PACK).get_json()["visits"]) == 3
    with transaction():
        _visits(session, story, [session.get_one(User, each.id) for each in team], 27)
    with counted() as many:
        answered = client.get(PACK)
    assert len(answered.get_json()["visits"]) == 30
    assert len(many) == len(few)
    assert len(answered.get_json()["lists"]) >= 18
    assert len(answered.data) < MOST_BYTES, f"{len(answered.data)} bytes"


def _busy(session: Session, story: Story, number: int) -> list[User]:
    with transaction():
        team = make_team(session)
        _visits(session, story, team, number)
    return team


def _visits(session: Session, story: Story, team: list[User], number: int) -> None:
    """Plan visits, each with a list of its own and a note to every item, at sites with an open hazard."""
    names = [each.code for each in published(session)]
    township = townships_of(session, story.county.id)[0]
    for index in range(number):
        site = make_site(session, township.code, name=f"第 {index} 小学")
        if index < EARLIER:
            submitted(session, make_visit(session, site=site), C03_05={"value": "yes"})
        story.register(story.draft(site_id=site.id))
        visit = make_visit(session, site=site, team=team, checklist_codes=[names[index % len(names)]])
        service.start(session, lead_of(visit), visit)
        note = {"value": {"value": "no"}, "note": "查看了现场，另附说明，见第 3 页。", "answered_at": clock.now()}
        items = from_json(visit.sheets[0].checklist_version.content).items
        session.add_all(Answer(inspection_id=visit.id, item_code=item.code, **note) for item in items)
