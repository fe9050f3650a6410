"""A visit from a tablet is submitted once two inspectors and the person of the site have signed, or refused to."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core import clock as core_clock
from inspect_app.core.database import transaction
from inspect_app.inspections import service
from inspect_app.inspections.models import Inspection
from inspect_app.tablet.models import Receipt
from inspect_app.tablet.signing import INSPECTORS_SIGN, PERSON_SIGNS, missing_of
from tests.inspections.factories import GOOD, WITH_PHOTO, picture
from tests.tablet.senders import CLAIMED, PEN, Tablet, begun, key, one, signatures, tablet_of


@pytest.fixture
def visit(session: Session, clock: datetime) -> Inspection:
    assert clock.year == 2026
    return begun(session)


@pytest.fixture
def tablet(app: Flask, session: Session, visit: Inspection) -> Tablet:
    """A tablet on which all but the signatures has been given."""
    lent = tablet_of(app, session, visit.inspectors[0].user)
    lent.answer(visit.uuid, *(one(code, value) for code, value in GOOD.items()))
    for number, code in enumerate(WITH_PHOTO):
        lent.upload({"kind": "item", "visit": visit.uuid, "item": code}, picture(number))
    return lent


def signed(name: str, role: str = "inspector", **over: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a signature
    return {"role": role, "name": name, "strokes": PEN, "refused": False, "witness": "", **over}


SITE = signed("甲校长", "site_person")
REFUSED = signed("甲校长", "site_person", strokes="", refused=True, witness="乙老师")


@pytest.mark.parametrize(
    ("given", "team", "missing"),
    [
        ([], 2, [INSPECTORS_SIGN, PERSON_SIGNS]),
        ([signed("甲"), signed("乙"), SITE], 2, []),
        ([signed("甲"), signed("乙"), REFUSED], 3, []),
        ([signed("甲"), signed("甲"), SITE], 2, [INSPECTORS_SIGN]),
        ([signed("甲"), SITE], 1, []),
        ([signed("甲"), signed("乙", strokes="", refused=True), SITE], 2, [INSPECTORS_SIGN]),
        ([signed("甲"), signed("乙"), signed("丙", "witness")], 2, [PERSON_SIGNS]),
    ],
)
def test_two_inspectors_and_the_person_of_the_site_sign_or_refuse(
    given: list[dict[str, Any]], team: int, missing: list[str]
) -> None:
    assert missing_of(given, team) == missing


def test_a_submission_without_signatures_is_refused_in_words_and_may_be_sent_again_once_signed(
    session: Session, visit: Inspection, tablet: Tablet
) -> None:
    body = {"key": key(), "claimed_at": CLAIMED, "site_person": "甲校长"}
    refused = tablet.post(f"visits/{visit.uuid}/submit", body)
    assert refused.status_code == 422
    assert refused.get_json()["problems"] == {"signatures": [INSPECTORS_SIGN, PERSON_SIGNS]}
    assert not session.scalars(select(Receipt).where(Receipt.key == body["key"])).all()
    session.rollback()
    tablet.sign(visit.uuid, refused=True)
    assert tablet.post(f"visits/{visit.uuid}/submit", body).status_code == 201


def test_two_inspectors_of_one_name_do_not_hinder_each_other(
    session: Session, visit: Inspection, tablet: Tablet
) -> None:
    with transaction():
        for each in session.get_one(Inspection, visit.id).inspectors:
            each.user.name = "张伟"
    twice = [{"role": "inspector", "name": "张伟", "strokes": PEN}] * 2
    tablet.sent(f"visits/{visit.uuid}/signatures", signatures=[*twice, signatures()[2]])
    assert tablet.sent(f"visits/{visit.uuid}/submit", site_person="甲校长").status_code == 201


def test_signatures_of_two_tablets_count_together(
    app: Flask, session: Session, visit: Inspection, tablet: Tablet
) -> None:
    other = tablet_of(app, session, visit.inspectors[1].user)
    first, second, site = signatures()
    tablet.sent(f"visits/{visit.uuid}/signatures", signatures=[first, site])
    assert tablet.sent(f"visits/{visit.uuid}/submit", site_person="甲校长").status_code == 422
    other.sent(f"visits/{visit.uuid}/signatures", signatures=[second])
    assert tablet.sent(f"visits/{visit.uuid}/submit", site_person="甲校长").status_code == 201


def test_a_visit_that_was_sent_back_is_signed_anew(
    session: Session, visit: Inspection, tablet: Tablet, clock: datetime
) -> None:
    def submitted() -> int:
        return tablet.sent(f"visits/{visit.uuid}/submit", site_person="甲校长").status_code

    tablet.sign(visit.uuid)
    assert submitted() == 201
    with core_clock.set_to(clock + timedelta(hours=1)), transaction():
        service.send_back(session, SYSTEM, session.get_one(Inspection, visit.id), "照片不清")
    with core_clock.set_to(clock + timedelta(hours=2)):
        assert submitted() == 422
        tablet.sign(visit.uuid)
        assert submitted() == 201
