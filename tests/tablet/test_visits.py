"""Visits from tablets: the same twice is once, two tablets lose nothing, and what comes too late is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.core import clock as core_clock
from inspect_app.core.database import transaction
from inspect_app.hazards.models import Hazard
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.tablet import disagreements
from inspect_app.tablet.models import Device, Disagreement, Receipt
from tests.inspections.factories import GOOD, WITH_PHOTO, make_visit, picture
from tests.tablet.senders import CLAIMED, PEN, Tablet, begun, key, one, tablet_of

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


def test_answers_are_kept_each_with_a_receipt_of_its_own(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    told = tablets[0].answer(visit.uuid, *(one(code, value) for code, value in GOOD.items()))
    assert set(outcomes(told)) == {"kept"}
    assert len({each["number"] for each in told}) == len(GOOD)
    assert {code: row.value for code, row in stored(session).items()} == GOOD


def test_the_same_answers_again_are_answered_the_same(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    sent = [one(ITEM, {"value": "no"}), one("C03-12", {"value": "9"})]
    first, again = tablets[0].answer(visit.uuid, *sent), tablets[0].answer(visit.uuid, *reversed(sent))
    assert [each["again"] for each in again] == [True, True]
    assert [each["number"] for each in again] == [each["number"] for each in reversed(first)]
    assert {row.version for row in stored(session).values()} == {1}


def test_a_key_with_other_content_is_refused_and_changes_nothing(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    sent = one(ITEM, {"value": "no"})
    tablets[0].answer(visit.uuid, sent)
    told = tablets[0].answer(visit.uuid, {**sent, "value": {"value": "yes"}})
    assert (told[0]["status"], told[0]["result"]["code"]) == (409, "conflict")
    assert stored(session)[ITEM].value == {"value": "no"}


def test_another_person_cannot_use_the_key_of_somebody_elses_answer(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    sent = one(ITEM, {"value": "no"})
    tablets[0].answer(visit.uuid, sent)
    told = tablets[1].answer(visit.uuid, sent)
    assert (told[0]["status"], told[0]["result"]["code"], told[0]["number"]) == (403, "forbidden", None)
    assert stored(session)[ITEM].version == 1


@pytest.mark.parametrize("order", list(permutations([0, 1])))
@pytest.mark.parametrize("same_item", [True, False])
def test_two_tablets_lose_nothing_in_any_order(
    session: Session, visit: Inspection, tablets: list[Tablet], order: tuple[int, int], *, same_item: bool
) -> None:
    sent = {
        0: one(ITEM, {"value": "no"}),
        1: one(ITEM if same_item else "C03-12", {"value": "yes" if same_item else "9"}),
    }
    told = [tablets[each].answer(visit.uuid, sent[each])[0] for each in order]
    kept = stored(session)
    if not same_item:
        assert outcomes(told) == ["kept", "kept"]
        assert {code: row.value for code, row in kept.items()} == {ITEM: {"value": "no"}, "C03-12": {"value": "9"}}
        return
    assert outcomes(told) == ["kept", "disagreement"]
    assert kept[ITEM].value == sent[order[0]]["value"]
    row = session.scalars(select(Disagreement)).one()
    assert row.stored["content"]["value"] == sent[order[0]]["value"]
    assert row.offered["content"]["value"] == sent[order[1]]["value"]
    assert {row.stored["by"], row.offered["by"]} == {each.user.name for each in visit.inspectors}


def test_answers_that_do_not_contradict_each_other_become_one(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    tablets[0].answer(visit.uuid, one(ITEM, {"value": "no"}))
    told = tablets[1].answer(visit.uuid, one(ITEM, {"value": "no"}, note="北楼已拆"))
    assert outcomes(told) == ["merged"]
    assert (stored(session)[ITEM].value, stored(session)[ITEM].note) == ({"value": "no"}, "北楼已拆")


def test_a_later_word_of_the_same_hand_replaces_its_own(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    tablets[0].answer(visit.uuid, one(ITEM, {"value": "no"}))
    told = tablets[0].answer(visit.uuid, one(ITEM, {"value": "yes"}))
    assert outcomes(told) == ["kept"]
    assert stored(session)[ITEM].value == {"value": "yes"}


def test_an_answer_given_in_view_of_the_stored_one_replaces_it(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    tablets[0].answer(visit.uuid, one(ITEM, {"value": "no"}))
    assert outcomes(tablets[1].answer(visit.uuid, one(ITEM, {"value": "yes"}, version=1))) == ["kept"]
    assert stored(session)[ITEM].value == {"value": "yes"}


def test_a_contradiction_sent_again_in_another_parcel_is_one_contradiction(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    tablets[0].answer(visit.uuid, one(ITEM, {"value": "no"}))
    for _sending in range(2):
        tablets[1].answer(visit.uuid, one(ITEM, {"value": "yes"}))
    assert session.scalar(select(func.count()).select_from(Disagreement)) == 1


def test_one_bad_answer_does_not_hold_up_the_others(session: Session, visit: Inspection, tablets: list[Tablet]) -> None:
    told = tablets[0].answer(
        visit.uuid, one(ITEM, {"value": {"a": 1}}), one("C99-01", {"value": "no"}), one("C03-12", {"value": "9"})
    )
    assert outcomes(told) == ["refused", "refused", "kept"]
    assert [each["status"] for each in told] == [422, 404, 200]
    assert list(stored(session)) == ["C03-12"]


def test_submission_waits_for_the_choice_of_the_lead_inspector(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    complete(visit, tablets[0])
    tablets[1].answer(visit.uuid, one(ITEM, {"value": "yes"}))
    refused = tablets[0].sent(f"visits/{visit.uuid}/submit", site_person="甲校长")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "step_refused")
    row = session.scalars(select(Disagreement)).one()
    from tests.inspections.factories import lead_of

    with transaction():
        disagreements.choose(session, lead_of(visit), session.get_one(Inspection, visit.id), row.id, "offered")
    assert stored(session)[ITEM].value == {"value": "yes"}
    done = tablets[0].sent(f"visits/{visit.uuid}/submit", site_person="甲校长")
    assert (done.status_code, done.get_json()["result"]["state"]) == (201, "submitted")


def complete(visit: Inspection, tablet: Tablet) -> None:
    """Answer everything, send the photos that are asked for, and sign."""
    tablet.answer(visit.uuid, *(one(code, value) for code, value in GOOD.items()))
    for number, code in enumerate(WITH_PHOTO):
        about = {"kind": "item", "visit": visit.uuid, "item": code}
        assert tablet.upload(about, picture(number)).get_json()["done"]
    assert tablet.sign(visit.uuid).status_code == 201


def test_a_submission_whose_answer_was_lost_is_answered_again(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    complete(visit, tablets[0])
    body = {"key": key(), "claimed_at": CLAIMED, "site_person": "甲校长"}
    first = tablets[0].post(f"visits/{visit.uuid}/submit", body)
    again = tablets[0].post(f"visits/{visit.uuid}/submit", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.get_json() == {**first.get_json(), "again": True}
    assert session.scalar(select(func.count()).select_from(Hazard)) == len(first.get_json()["result"]["hazards"])


def test_an_unfinished_visit_leaves_no_receipt_and_may_be_submitted_with_the_same_key(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    body = {"key": key(), "claimed_at": CLAIMED, "site_person": "甲校长"}
    tablets[0].sign(visit.uuid)
    refused = tablets[0].post(f"visits/{visit.uuid}/submit", body)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "unfinished")
    assert not session.scalars(select(Receipt).where(Receipt.key == body["key"])).all()
    complete(visit, tablets[0])
    assert tablets[0].post(f"visits/{visit.uuid}/submit", body).status_code == 201


def test_two_tablets_begin_a_visit_once(app: Flask, session: Session, clock: datetime) -> None:
    del clock
    with transaction():
        planned = make_visit(session)
    for each in planned.inspectors:
        started = tablet_of(app, session, each.user).sent(f"visits/{planned.uuid}/start")
        assert (started.status_code, started.get_json()["result"]["state"]) == (201, "under_way")


def test_answers_before_the_beginning_may_be_sent_again_after_it(app: Flask, session: Session, clock: datetime) -> None:
    del clock
    with transaction():
        planned = make_visit(session)
    tablet, sent = tablet_of(app, session, planned.inspectors[0].user), one(ITEM, {"value": "no"})
    assert outcomes(tablet.answer(planned.uuid, sent)) == ["refused"]
    tablet.sent(f"visits/{planned.uuid}/start")
    assert outcomes(tablet.answer(planned.uuid, sent)) == ["kept"]


def test_80_answers_sent_five_times_at_once_are_80_answers(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    codes = list(GOOD)
    sent = [one(codes[n % len(codes)], GOOD[codes[n % len(codes)]]) for n in range(80)]
    jobs = [each for each in sent for _copy in range(5)]
    uuid, app = visit.uuid, tablets[0].client.application
    session.rollback()

    def send(each: dict[str, object]) -> tuple[object, object]:
        answered = Tablet(FlaskClient(app, app.response_class), tablets[0].token, tablets[0].uuid)
        told = answered.client.post(
            f"/api/v1/visits/{uuid}/answers", json={"answers": [each]}, headers=answered.headers(), buffered=True
        ).get_json()["receipts"][0]
        return told["key"], told["number"]

    with ThreadPoolExecutor(5) as pool:
        told = list(pool.map(send, jobs))
    numbers = {number for _key, number in told}
    assert None not in numbers
    assert len(numbers) == 80
    assert len(set(told)) == 80
    assert session.scalar(select(func.count()).select_from(Receipt)) == 80
    assert {row.version for row in stored(session).values()} == {1}


@pytest.mark.parametrize(
    ("skew", "marked"),
    [(timedelta(days=3), True), (timedelta(days=-3), True), (timedelta(days=365), True), (timedelta(days=-365), True),
     (timedelta(seconds=200), False), (timedelta(hours=2), True)],
)  # fmt: skip
def test_the_clock_of_the_server_decides_and_the_offset_is_recorded(
    session: Session, visit: Inspection, tablets: list[Tablet], skew: timedelta, *, marked: bool
) -> None:
    now = core_clock.now()
    wrong = (now + skew).isoformat()
    sent = {**one(ITEM, {"value": "no"}), "claimed_at": wrong}
    told = (
        tablets[0].post(f"visits/{visit.uuid}/answers", {"answers": [sent]}, Device_Clock=wrong).get_json()["receipts"]
    )
    assert outcomes(told) == ["kept"]
    assert (told[0]["offset_seconds"], told[0]["clock_is_off"]) == (round(skew.total_seconds()), marked)
    assert stored(session)[ITEM].answered_at == now
    assert session.scalars(select(Device).where(Device.uuid == tablets[0].uuid)).one().offset_seconds == round(
        skew.total_seconds()
    )


def test_a_wrong_zone_shifts_nothing(session: Session, visit: Inspection, tablets: list[Tablet]) -> None:
    sent = {**one(ITEM, {"value": "no"}), "claimed_at": "2026-06-15T07:30:00+06:00"}
    tablets[0].post(f"visits/{visit.uuid}/answers", {"answers": [sent]}, Device_Clock="2026-06-15T08:00:00+06:00")
    row = session.scalars(select(Receipt)).one()
    assert (row.offset_seconds, row.claimed_at) == (0, datetime.fromisoformat("2026-06-15T09:30:00+08:00"))


def test_signatures_are_kept_with_the_fingerprint_of_what_was_signed(visit: Inspection, tablets: list[Tablet]) -> None:
    tablets[0].answer(visit.uuid, one(ITEM, {"value": "no"}))
    signatures = [
        {"role": "inspector", "name": "测试1号", "strokes": PEN},
        {"role": "site_person", "name": "甲校长", "refused": True, "witness": "乙老师"},
    ]
    told = tablets[0].sent(f"visits/{visit.uuid}/signatures", signatures=signatures).get_json()["result"]
    assert [each["refused"] for each in told["signatures"]] == [False, True]
    tablets[0].answer(visit.uuid, one(ITEM, {"value": "yes"}))
    later = tablets[0].sent(f"visits/{visit.uuid}/signatures", signatures=signatures).get_json()["result"]
    assert later["answers_sha256"] != told["answers_sha256"]


@pytest.mark.parametrize(
    "signature",
    [
        {"role": "inspector", "name": "测试1号"},
        {"role": "site_person", "name": "甲校长", "refused": True},
        {"role": "inspector", "name": "测试1号", "strokes": "M1 1L2 2"},
        {"role": "inspector", "name": "测试1号", "strokes": "<svg/>"},
        {"role": "mayor", "name": "测试1号", "strokes": PEN},
    ],
)
def test_a_signature_that_is_none_is_refused_in_words(
    visit: Inspection, tablets: list[Tablet], signature: dict[str, object]
) -> None:
    answered = tablets[0].sent(f"visits/{visit.uuid}/signatures", signatures=[signature])
    assert answered.status_code == 422


def test_a_thousand_queued_answers_arrive_in_their_order(
    session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    codes = [code for code in GOOD if GOOD[code].get("value") in {"yes", "no"}]
    queue = [one(codes[n % len(codes)], {"value": "yes" if n % 2 else "no"}, note=f"第 {n} 次") for n in range(1000)]
    told = [
        receipt
        for first in range(0, 1000, 100)
        for receipt in tablets[0].answer(visit.uuid, *queue[first : first + 100])
    ]
    assert set(outcomes(told)) == {"kept"}
    assert len({each["number"] for each in told}) == 1000
    last = {each["item"]: each["note"] for each in queue}
    assert {code: row.note for code, row in stored(session).items()} == last
