"""What changed while a tablet was away: lists, teams, people, visits. Nothing that was typed is lost."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from inspect_app.evidence.models import Evidence
from inspect_app.inspections import service
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.inspections.moving.queries import newer_of
from inspect_app.inspections.moving.rules import asked
from inspect_app.inspections.moving.service import move
from inspect_app.inspections.queries import checklists_of
from inspect_app.tablet.models import Receipt
from tests.inspections.factories import GOOD, WITH_PHOTO, make_team, picture
from tests.inspections.lists import altered, publish
from tests.sites.factories import SHAWAN, region
from tests.tablet.senders import Tablet, begun, one, tablet_of

ITEM = "C03-05"


@pytest.fixture
def visit(session: Session, clock: datetime) -> Inspection:
    assert clock.year == 2026
    return begun(session)


@pytest.fixture
def tablets(app: Flask, session: Session, visit: Inspection) -> list[Tablet]:
    """The tablets of the two inspectors, the leading one first."""
    people = [each.user for each in visit.inspectors]
    return [tablet_of(app, session, user) for user in people]


def stored(session: Session) -> dict[str, Answer]:
    session.rollback()
    return {row.item_code: row for row in session.scalars(select(Answer))}


def outcomes(receipts: list[dict[str, object]]) -> list[object]:
    return [each["result"]["outcome"] for each in receipts]  # type: ignore[index]


def complete(visit: Inspection, tablet: Tablet) -> None:
    """Answer everything, send the photos that are asked for, and sign."""
    tablet.answer(visit.uuid, *(one(code, value) for code, value in GOOD.items()))
    for number, code in enumerate(WITH_PHOTO):
        about = {"kind": "item", "visit": visit.uuid, "item": code}
        assert tablet.upload(about, picture(number)).get_json()["done"]
    assert tablet.sign(visit.uuid).status_code == 201


def test_a_new_version_of_the_list_keeps_what_is_asked_as_before(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    items = {item.code: item for item in checklists_of(session.get_one(Inspection, visit.id))[0].items}
    old = {code: asked(items[code]) for code in (ITEM, "C03-12")}
    before = items[ITEM].text
    with transaction():
        found = session.get_one(Inspection, visit.id)
        publish(session, altered(checklists_of(found)[0], {ITEM: {"text": "有 D 级危房吗？"}}))
        move(session, SYSTEM, found, [each.name for each in newer_of(session, found)])
    told = tablets[0].answer(
        visit.uuid, one(ITEM, {"value": "no"}, asked=old[ITEM]), one("C03-12", {"value": "9"}, asked=old["C03-12"])
    )
    assert outcomes(told) == ["needs_you", "kept"]
    result = told[0]["result"]
    assert (result["question_then"], result["question_now"]) == (before, "有 D 级危房吗？")
    assert result["content"]["value"] == {"value": "no"}
    assert list(stored(session)) == ["C03-12"]


def test_a_list_published_meanwhile_changes_nothing_for_a_visit_under_way(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    found = session.get_one(Inspection, visit.id)
    content = checklists_of(found)[0]
    digest = asked(next(item for item in content.items if item.code == ITEM))
    with transaction():
        publish(session, altered(content, {ITEM: {"text": "有 D 级危房吗？"}}))
    assert outcomes(tablets[0].answer(visit.uuid, one(ITEM, {"value": "no"}, asked=digest))) == ["kept"]
    session.rollback()
    assert session.get_one(Inspection, visit.id).sheets[0].checklist_version.number == 1


def voided(session: Session, visit: Inspection) -> None:
    service.void(session, SYSTEM, session.get_one(Inspection, visit.id), "改为下月检查")


def taken_away(session: Session, visit: Inspection) -> None:
    others = [user.id for user in make_team(session)]
    service.reassign(session, SYSTEM, session.get_one(Inspection, visit.id), others)


def moved_away(session: Session, visit: Inspection) -> None:
    for each in session.get_one(Inspection, visit.id).inspectors:
        user = session.get_one(User, each.user_id)
        user.view_region_id = user.capture_region_id = region(session, SHAWAN).id


@pytest.mark.parametrize(("happen", "why"), [(voided, "voided"), (taken_away, "reassigned"), (moved_away, "moved")])
def test_what_comes_too_late_is_kept_where_the_office_finds_it(
    session: Session,
    visit: Inspection,
    tablets: list[Tablet],
    happen: Callable[[Session, Inspection], None],
    why: str,
) -> None:
    tablets[0].answer(visit.uuid, one("C03-12", {"value": "9"}))
    with transaction():
        happen(session, visit)
    told = tablets[0].answer(visit.uuid, one(ITEM, {"value": "no"}, note="很急"))
    assert outcomes(told) == ["stranded"]
    assert (told[0]["status"], told[0]["result"]["why"]) == (202, why)
    row = session.scalars(select(Receipt).where(Receipt.kind == "stranded")).one()
    assert (row.inspection_id, row.result["content"]["note"]) == (visit.id, "很急")
    assert list(stored(session)) == ["C03-12"]
    about = {"kind": "item", "visit": visit.uuid, "item": "C03-08"}
    sent = tablets[0].upload(about, picture(7)).get_json()
    assert (sent["done"], sent["receipt"]["result"]["outcome"]) == (True, "stranded")
    assert session.scalars(select(Evidence.item)).one() == "stranded:C03-08"
    submitted = tablets[0].sent(f"visits/{visit.uuid}/submit", site_person="甲校长")
    assert submitted.get_json()["result"]["outcome"] == "stranded"


def test_a_visit_that_somebody_else_submitted_keeps_what_differs_aside(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    complete(visit, tablets[0])
    tablets[0].sent(f"visits/{visit.uuid}/submit", site_person="甲校长")
    told = tablets[1].answer(visit.uuid, one(ITEM, GOOD[ITEM]), one("C03-12", {"value": "3"}))
    assert outcomes(told) == ["kept", "stranded"]
    assert told[1]["result"]["why"] == "done"
    assert stored(session)["C03-12"].value == GOOD["C03-12"]


def test_a_visit_of_another_county_does_not_exist(app: Flask, session: Session, visit: Inspection) -> None:
    with transaction():
        stranger = make_team(session, SHAWAN, 1)[0]
    tablet = tablet_of(app, session, stranger)
    for path, body in (("start", {}), ("submit", {"site_person": "甲"})):
        assert tablet.sent(f"visits/{visit.uuid}/{path}", **body).status_code == 404
    answered = tablet.post(f"visits/{visit.uuid}/answers", {"answers": [one(ITEM, {"value": "no"})]})
    assert answered.status_code == 404
    assert not session.scalars(select(Receipt)).all()


def test_a_colleagues_visit_is_not_answered(app: Flask, session: Session, visit: Inspection) -> None:
    with transaction():
        colleague = make_team(session, size=1)[0]
    answered = tablet_of(app, session, colleague).post(
        f"visits/{visit.uuid}/answers", {"answers": [one(ITEM, {"value": "no"})]}
    )
    assert answered.status_code == 403
    assert not stored(session)
