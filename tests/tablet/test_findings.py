"""What tablets bring beside the lists: hazards, new objects, rechecks."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from inspect_app.evidence.models import Evidence
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from inspect_app.inspections.models import Inspection
from inspect_app.sites.models import Site
from inspect_app.tablet import proposals
from inspect_app.tablet.models import Receipt
from inspect_app.tablet.receipts import Sender
from tests.accounts.factories import actor_of, make_user, sign_in
from tests.hazards.stories import stage
from tests.inspections.factories import make_team, make_visit, picture
from tests.scene import Photographer
from tests.sites.factories import SHAWAN, make_site, region
from tests.tablet.senders import CLAIMED, Tablet, key, tablet_of


def test_a_hazard_outside_the_list_enters_the_inventory_once(
    session: Session, visit: Inspection, tablet: Tablet
) -> None:
    site = visit.site.uuid
    body = {"key": key(), "claimed_at": CLAIMED, "site": site, "text": "围墙倾斜", "immediate_measure": "拉警戒线"}
    first, again = tablet.post("hazards", body), tablet.post("hazards", body)
    assert (first.status_code, again.status_code) == (201, 200)
    made = session.scalars(select(Hazard)).one()
    assert made.reference == first.get_json()["result"]["reference"] == again.get_json()["result"]["reference"]
    assert (made.description, made.interim_control, made.site_id) == ("围墙倾斜", "拉警戒线", visit.site_id)
    assert made.found_on is not None
    assert made.found_on.isoformat() == "2026-06-15"


def test_a_photo_follows_the_hazard_that_was_sent_under_a_key(
    session: Session, visit: Inspection, tablet: Tablet
) -> None:
    sent = key()
    tablet.post("hazards", {"key": sent, "claimed_at": CLAIMED, "visit": visit.uuid, "text": "围墙倾斜"})
    told = tablet.upload({"kind": "hazard", "hazard": sent}, picture()).get_json()
    made = session.scalars(select(Hazard)).one()
    assert told["receipt"]["result"]["hazard"] == made.reference
    file = session.scalars(select(Evidence)).one()
    assert (file.subject_kind, file.subject_id, file.purpose.value) == ("hazard", made.id, "before")
    assert visit.reference in made.remark


def test_a_photo_whose_hazard_has_not_arrived_waits_for_it(visit: Inspection, tablet: Tablet) -> None:
    sent, upload = key(), key()
    early = tablet.upload({"kind": "hazard", "hazard": sent}, picture(), upload)
    assert early.status_code == 409
    tablet.post("hazards", {"key": sent, "claimed_at": CLAIMED, "visit": visit.uuid, "text": "围墙倾斜"})
    assert tablet.upload({"kind": "hazard", "hazard": sent}, picture(), upload).get_json()["done"]


def test_a_clock_that_is_ahead_does_not_find_hazards_tomorrow(
    session: Session, visit: Inspection, tablet: Tablet
) -> None:
    body = {"key": key(), "claimed_at": "2026-06-18T09:00:00+08:00", "site": visit.site.uuid, "text": "围墙倾斜"}
    tablet.post("hazards", body, Device_Clock="2026-06-18T10:00:00+08:00")
    found = session.scalars(select(Hazard.found_on)).one()
    assert str(found) == "2026-06-15"


def test_nobody_registers_hazards_at_objects_of_another_county(app: Flask, session: Session, visit: Inspection) -> None:
    site = visit.site.uuid
    with transaction():
        stranger = make_team(session, SHAWAN, 1)[0]
    other = tablet_of(app, session, stranger)
    assert other.sent("hazards", site=site, text="x").status_code == 404
    assert other.sent("hazards", visit=visit.uuid, text="x").status_code == 404
    assert other.sent("hazards", region="654202100", text="x").status_code == 403
    assert not session.scalars(select(Hazard)).all()


@pytest.mark.parametrize(
    "extra",
    [{"state": "closed"}, {"reference": "YH-1"}, {"found_by_id": 1}, {"county_id": 1}, {"grade": "none"}, {"text": " "},
     {"due_on": "2026-02-30"}, {"place": {"longitude": 200, "latitude": 1}}],
)  # fmt: skip
def test_what_a_hazard_does_not_take_is_refused(
    session: Session, visit: Inspection, tablet: Tablet, extra: dict[str, object]
) -> None:
    answered = tablet.sent("hazards", **{"site": visit.site.uuid, "text": "围墙倾斜", **extra})
    assert answered.status_code == 422
    assert not session.scalars(select(Hazard)).all()


def test_an_inspector_proposes_an_object_and_the_clerk_registers_it(
    session: Session, visit: Inspection, tablet: Tablet
) -> None:
    assert visit.uuid
    place = {"longitude": 84.67, "latitude": 44.43}
    told = tablet.sent("sites", name="湖滨中学", category="C03", region="654202100", place=place).get_json()
    assert told["result"]["outcome"] == "proposed"
    assert not session.scalars(select(Site).where(Site.name == "湖滨中学")).all()
    with transaction():
        clerk = actor_of(make_user(session, Role.COUNTY_CLERK, region(session)))
        neighbour = actor_of(make_user(session, Role.COUNTY_CLERK, region(session, SHAWAN)))
    assert not proposals.waiting(session, neighbour)
    assert [row.number for row in proposals.waiting(session, clerk)] == [told["number"]]
    session.rollback()
    with transaction():
        proposals.accept(session, Sender(clerk), told["number"])
    made = session.scalars(select(Site).where(Site.name == "湖滨中学")).one()
    assert (str(made.longitude), made.coordinate_system) == ("84.6700000", "WGS-84")
    assert not proposals.waiting(session, clerk)


def test_whoever_keeps_the_register_registers_at_once(app: Flask, session: Session, clock: datetime) -> None:
    del clock
    with transaction():
        clerk = make_user(session, Role.COUNTY_CLERK, region(session))
    told = tablet_of(app, session, clerk).sent("sites", name="湖滨中学", category="C03", region="654202100").get_json()
    assert told["result"]["outcome"] == "registered"
    assert session.scalars(select(Site.reference).where(Site.name == "湖滨中学")).one() == told["result"]["reference"]


@pytest.mark.parametrize(
    ("over", "status"),
    [({"category": "C99"}, 422), ({"region": "99"}, 404), ({"region": SHAWAN}, 403), ({"active": False}, 422)],
)
def test_an_object_that_cannot_be_is_refused(
    visit: Inspection, tablet: Tablet, over: dict[str, object], status: int
) -> None:
    assert visit.uuid
    sent = {"name": "湖滨中学", "category": "C03", "region": "654202100", **over}
    assert tablet.sent("sites", **sent).status_code == status


@pytest.fixture
def done(session: Session, clock: datetime) -> tuple[str, list[User]]:
    """A hazard reported as put right at a site that two inspectors visit."""
    assert clock.year == 2026
    with transaction():
        told = stage(session)
        story = Photographer(session, told.cast, told.county, told.township)
        site = make_site(session)
        team = make_team(session)
        make_visit(session, site=site, team=team)
        hazard = story.reach(State.DONE, site_id=site.id)
        return hazard.reference, team


def test_a_recheck_passes_with_the_team_of_the_visit(
    app: Flask, session: Session, done: tuple[str, list[User]]
) -> None:
    reference, team = done
    tablet = tablet_of(app, session, team[0])
    alone = tablet.sent("rechecks", hazard=reference, passed=True, opinion="已修复", recheckers=[team[0].id])
    assert (alone.status_code, alone.get_json()["code"]) == (409, "step_refused")
    assert tablet.upload({"kind": "recheck", "hazard": reference}, picture(90)).get_json()["done"]
    told = tablet.sent("rechecks", hazard=reference, passed=True, opinion="已修复")
    assert told.status_code == 201, told.get_data(as_text=True)
    hazard = session.scalars(select(Hazard).where(Hazard.reference == reference)).one()
    assert hazard.state in {State.CLOSURE_PENDING, State.ACCEPTANCE}


def test_a_second_verdict_is_kept_aside(app: Flask, session: Session, done: tuple[str, list[User]]) -> None:
    reference, team = done
    one, other = (tablet_of(app, session, user) for user in team)
    assert one.sent("rechecks", hazard=reference, passed=False, opinion="未修复").status_code == 201
    late = other.sent("rechecks", hazard=reference, passed=True, opinion="已修复").get_json()
    assert (late["status"], late["result"]["outcome"]) == (202, "stranded")
    row = session.scalars(select(Receipt).where(Receipt.kind == "stranded")).one()
    assert row.result["content"]["opinion"] == "已修复"


def test_a_photo_for_a_recheck_that_comes_too_late_is_kept_beside_the_hazard(
    app: Flask, client: FlaskClient, session: Session, done: tuple[str, list[User]]
) -> None:
    reference, team = done
    first, other = (tablet_of(app, session, user) for user in team)
    assert first.sent("rechecks", hazard=reference, passed=False, opinion="未修复").status_code == 201
    told = other.upload({"kind": "recheck", "hazard": reference}, picture(91)).get_json()
    assert (told["done"], told["receipt"]["result"]["outcome"]) == (True, "stranded")
    other.sent("rechecks", hazard=reference, passed=True, opinion="南墙已加固")
    sign_in(client, session.get_one(User, team[0].id))
    session.rollback()
    file = told["receipt"]["result"]["file"]
    for address in (f"/hazards/{reference}", "/inspections/aside"):
        page = client.get(address).get_data(as_text=True)
        assert "南墙已加固" in page
        assert f"/files/{file}" in page
    kept = session.scalars(select(Evidence).where(Evidence.uuid == file)).one()
    assert (kept.subject_kind, kept.purpose) == ("hazard_aside", "recheck")


def test_a_hazard_of_another_county_is_not_rechecked(
    app: Flask, session: Session, done: tuple[str, list[User]]
) -> None:
    with transaction():
        stranger = make_team(session, SHAWAN, 1)[0]
    answered = tablet_of(app, session, stranger).sent("rechecks", hazard=done[0], passed=True, opinion="好")
    assert answered.status_code == 404
