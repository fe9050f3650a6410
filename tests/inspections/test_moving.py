"""Moving an open visit to a newer version: what stays, what is set aside, and that nothing is lost."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.checklists.definition import Checklist
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.questions import Number, Rule, YesNo
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Stale, StepRefused
from inspect_app.inspections import queries, service
from inspect_app.inspections.lifecycle import INSPECTION_LIFE
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.moving.queries import newer_of, set_aside_of
from inspect_app.inspections.moving.rules import Fate, asked, compare
from inspect_app.inspections.moving.service import move
from tests.accounts.factories import actor_of, make_user, sign_in
from tests.inspections.factories import fill, lead_of, make_visit, submitted
from tests.inspections.lists import altered, publish
from tests.sites.factories import region

pytestmark = pytest.mark.usefixtures("clock")
C03 = load_library().checklists["C03"]
GIVEN = {"C03-05": {"value": "yes"}, "C03-07": {"value": "no"}, "C03-11": {"value": "no"}}


def second() -> Checklist:
    """C03 with a reworded item, one with other points, one left out."""
    changes: dict[str, dict[str, Any]] = {"C03-05": {"text": "是否有 D 级危房仍在使用？"}, "C03-07": {"veto": True}}
    return altered(C03, changes, ("C03-11",))


@pytest.fixture
def visit(session: Session) -> Inspection:
    """A visit under way at version 1 with three answers, while version 2 is published."""
    with transaction():
        made = make_visit(session)
        service.start(session, lead_of(made), made)
        for code, value in GIVEN.items():
            service.answer(session, lead_of(made), made, code, value, note=f"{code} 的备注")
        publish(session, second())
    return made


def test_another_way_of_judging_is_the_same_question() -> None:
    item = C03.item("C03-13")
    number = item.parts[0].question
    assert isinstance(number, Number)
    question = replace(number, rules=(Rule(at_most=item.weight),), maximum=item.weight)
    same = replace(item, weight=item.weight + 1, guidance="", parts=(replace(item.parts[0], question=question),))
    assert asked(same) == asked(item)


def test_other_words_or_another_form_of_answer_are_another_question() -> None:
    item = C03.item("C03-05")
    other = replace(item.parts[0], question=YesNo("no"), na_allowed=not item.parts[0].na_allowed)
    assert asked(replace(item, text=item.text + "？")) != asked(item)
    assert asked(replace(item, parts=(other,))) != asked(item)


def test_a_comparison_names_what_is_new_gone_and_different() -> None:
    found = compare(C03, second(), GIVEN)
    assert [item.code for item in found.differences.removed] == ["C03-11"]
    assert {change.item for change in found.differences.changed} == {"C03-01", "C03-05", "C03-07"}
    assert [item.code for item in compare(second(), C03, ()).differences.added] == ["C03-11"]
    assert found.fates == {"C03-05": Fate.CHANGED, "C03-07": Fate.KEPT, "C03-11": Fate.GONE}


def test_only_an_open_visit_is_offered_a_newer_version(visit: Inspection, session: Session) -> None:
    assert [each.name for each in newer_of(session, visit)] == ["C03-2"]
    with transaction():
        fresh = make_visit(session, team=[each.user for each in visit.inspectors])
        assert not newer_of(session, fresh)
        service.void(session, SYSTEM, session.get_one(Inspection, visit.id), "改期")
    assert not newer_of(session, visit)


def test_answers_are_kept_or_set_aside_and_all_of_it_is_on_record(visit: Inspection, session: Session) -> None:
    with transaction():
        moved = session.get_one(Inspection, visit.id)
        move(session, lead_of(moved), moved, ["C03-2"], moved.version)
    left = queries.answers_of(session, moved)
    assert {code: row.value for code, row in left.items()} == {"C03-07": {"value": "no"}}
    assert [sheet.checklist_version.number for sheet in moved.sheets] == [2]
    assert [(each.item, each.fate, each.list, each.note) for each in set_aside_of(moved)] == [
        ("C03-05", Fate.CHANGED, "C03-1", "C03-05 的备注"),
        ("C03-11", Fate.GONE, "C03-1", "C03-11 的备注"),
    ]
    assert set_aside_of(moved)[0].said == "回答“是”。"
    event = moved.events[-1]
    assert (event.action, event.source, event.target) == ("move", "under_way", "under_way")
    assert event.facts["lists"] == {"C03": ["C03-1", "C03-2"]}
    assert event.facts["answers"][1] == {"item": "C03-07", "fate": "kept"}
    assert INSPECTION_LIFE.replay(moved.events) == moved.state
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "inspection.move")).one()
    assert entry.changes["C03-05"][0]["value"] == {"value": "yes"}


def test_a_page_drawn_before_a_third_version_moves_nothing(visit: Inspection, session: Session) -> None:
    with transaction():
        publish(session, replace(second(), version=3))
    with pytest.raises(Stale), transaction():
        move(session, SYSTEM, session.get_one(Inspection, visit.id), ["C03-2"])
    with pytest.raises(Stale), transaction():
        move(session, SYSTEM, session.get_one(Inspection, visit.id), ["C03-3"], version=1)
    assert len(queries.answers_of(session, visit)) == 3


def test_only_the_leader_and_who_directs_the_visit_may_move_it(visit: Inspection, session: Session) -> None:
    with transaction():
        head = actor_of(make_user(session, Role.COUNTY_HEAD, region(session)))
        clerk = actor_of(make_user(session, Role.COUNTY_CLERK, region(session)))
    for actor in (actor_of(visit.inspectors[1].user), clerk):
        with pytest.raises(Forbidden), transaction():
            move(session, actor, session.get_one(Inspection, visit.id), ["C03-2"])
    with transaction():
        move(session, head, session.get_one(Inspection, visit.id), ["C03-2"])
    assert session.get_one(Inspection, visit.id).sheets[0].checklist_version.number == 2


def test_what_was_submitted_once_stays_with_its_version(session: Session) -> None:
    with transaction():
        sent = submitted(session)
        service.send_back(session, SYSTEM, sent, "补充照片")
        publish(session, second())
        assert not newer_of(session, sent)
    with pytest.raises((StepRefused, Stale)), transaction():
        move(session, SYSTEM, session.get_one(Inspection, sent.id), [])
    assert session.get_one(Inspection, sent.id).sheets[0].checklist_version.number == 1


def test_an_answer_to_the_old_question_is_not_taken_for_one_to_the_new(visit: Inspection, session: Session) -> None:
    old, new = asked(C03.item("C03-05")), asked(second().item("C03-05"))
    with transaction():
        moved = session.get_one(Inspection, visit.id)
        move(session, lead_of(moved), moved, ["C03-2"])
    again, lead = session.get_one(Inspection, visit.id), lead_of(visit)
    with pytest.raises(Conflict, match="新版"), transaction():
        service.answer(session, lead, again, "C03-05", {"value": "no"}, asked=old)
    with transaction():
        assert service.answer(session, lead, again, "C03-05", {"value": "no"}, asked=new).version == 1


def test_the_pages_tell_of_the_newer_version_and_lead_through_the_step(
    client: FlaskClient, visit: Inspection, session: Session
) -> None:
    sign_in(client, visit.inspectors[0].user)
    address = f"/inspections/{visit.reference}"
    for page in (address, f"{address}/fill"):
        assert "C03 已有第 2 版，本次检查仍按第 1 版" in client.get(page).get_data(as_text=True)
    shown = client.get(f"{address}/move").get_data(as_text=True)
    assert "保留 1 项，另存 2 项" in shown
    assert "是否有 D 级危房仍在使用？" in shown
    version = session.get_one(Inspection, visit.id).version
    assert client.post(f"{address}/move", data={"version": version, "lists": ["C03-9"]}).status_code == 409
    assert client.post(f"{address}/move", data={"version": version, "lists": ["C03-2"]}).status_code == 302
    after = client.get(address).get_data(as_text=True)
    assert "本次检查仍按第 1 版" not in after
    assert "改用新版检查表" in after
    assert "C03-11 的备注" in after
    assert "检查项已取消，另存备查" in after
    assert client.get(f"{address}/move").status_code == 302


def test_another_inspector_of_the_team_is_not_offered_the_step(client: FlaskClient, visit: Inspection) -> None:
    sign_in(client, visit.inspectors[1].user)
    page = client.get(f"/inspections/{visit.reference}").get_data(as_text=True)
    assert "C03 已有第 2 版" in page
    assert f"/inspections/{visit.reference}/move" not in page
    assert client.get(f"/inspections/{visit.reference}/move").status_code == 403


def test_a_file_of_an_item_that_is_gone_does_not_break_the_page(client: FlaskClient, session: Session) -> None:
    with transaction():
        made = make_visit(session)
        fill(session, made)
        publish(session, altered(C03, {}, ("C03-09",)))
        move(session, SYSTEM, made, ["C03-2"])
        lead = made.inspectors[0].user
    sign_in(client, lead)
    assert client.get(f"/inspections/{made.reference}/fill").status_code == 200
    assert "C03-09.jpg" in client.get(f"/inspections/{made.reference}").get_data(as_text=True)


def test_the_move_of_a_planned_visit_needs_no_answers(session: Session) -> None:
    with transaction():
        made = make_visit(session, planned_on=date(2026, 7, 1))
        publish(session, second())
        move(session, SYSTEM, made, ["C03-2"])
    assert made.events[-1].facts["answers"] == []
    assert made.state == "planned"
