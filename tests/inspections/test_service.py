"""The life of a visit through its service."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale, StepRefused
from inspect_app.evidence.service import evidence_of
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.summary import verify
from inspect_app.inspections import queries, service
from inspect_app.inspections.lifecycle import INSPECTION_LIFE
from inspect_app.inspections.results import lines_of
from tests.accounts.factories import actor_of, make_user
from tests.inspections.factories import fill, lead_of, make_team, make_visit, submitted
from tests.sites.factories import SHAWAN, make_site, region

pytestmark = pytest.mark.usefixtures("clock")


def hazards(session: Session) -> list[Hazard]:
    return list(session.scalars(select(Hazard).order_by(Hazard.item_code)))


def test_a_visit_gets_a_reference_of_county_year_and_kind(session: Session) -> None:
    visit = make_visit(session)
    assert visit.reference == "JC-654202-2026-SPECIAL-0001"
    assert [each.position for each in visit.inspectors] == [0, 1]
    assert visit.sheets[0].checklist_version.code == "C03"


def test_one_inspector_is_refused(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        make_visit(session, team=make_team(session, size=1))
    assert refused.value.problems == {"inspector_ids": ("检查人员不得少于两名，并应出示有效证件。",)}


def test_the_same_inspector_twice_is_one(session: Session) -> None:
    user = make_team(session, size=1)[0]
    with pytest.raises(Invalid):
        make_visit(session, team=[user, user])


def test_an_inspector_without_credential_is_refused(session: Session) -> None:
    team = [*make_team(session, size=1), make_user(session, Role.INSPECTOR, region(session), credential_number=None)]
    with pytest.raises(Invalid, match="检查证号"):
        make_visit(session, team=team)


def test_an_inspector_of_another_county_is_refused(session: Session) -> None:
    with pytest.raises(Invalid, match="不能检查这个对象"):
        make_visit(session, team=[*make_team(session), *make_team(session, SHAWAN, 1)])


def test_a_clerk_is_no_inspector(session: Session) -> None:
    clerk = make_user(session, Role.COUNTY_CLERK, region(session))
    with pytest.raises(Invalid, match="不能检查这个对象"):
        make_visit(session, team=[*make_team(session), clerk])


def test_a_county_head_plans_in_the_own_county_only(session: Session) -> None:
    site, team = make_site(session), make_team(session)
    plan = {"site": site, "kind": "special", "planned_on": clock.today(), "checklist_codes": ["C03"]}
    head = actor_of(make_user(session, Role.COUNTY_HEAD, region(session)))
    assert service.plan(session, head, inspector_ids=[user.id for user in team], **plan).state == "planned"  # type: ignore[arg-type]
    stranger = actor_of(make_user(session, Role.COUNTY_HEAD, region(session, SHAWAN)))
    with pytest.raises(Forbidden):
        service.plan(session, stranger, inspector_ids=[user.id for user in team], **plan)  # type: ignore[arg-type]


def test_an_unpublished_list_is_refused(session: Session) -> None:
    with pytest.raises(NotFound, match="C99"):
        make_visit(session, checklist_codes=["C99"])


def test_only_its_inspectors_start_a_visit(session: Session) -> None:
    visit = make_visit(session)
    other = actor_of(make_team(session, size=1)[0])
    with pytest.raises(Forbidden):
        service.start(session, other, visit)
    service.start(session, lead_of(visit), visit)
    assert (visit.state, visit.started_at) == ("under_way", clock.now())


def test_submitting_lists_everything_that_is_open(session: Session) -> None:
    visit = fill(session, make_visit(session), C03_05={}, C03_01={"numerator": "5", "denominator": "4"})
    with pytest.raises(service.Unfinished) as refused:
        service.submit(session, lead_of(visit), visit, site_person="甲校长")
    assert refused.value.items == ("C03-01", "C03-05")
    assert refused.value.missing[1] == "C03-05：尚未作答。"
    assert "不能大于" in refused.value.missing[0]
    assert visit.state == "under_way"
    assert not hazards(session)


def test_submitting_without_anybody_of_the_site_is_refused(session: Session) -> None:
    visit = fill(session, make_visit(session))
    with pytest.raises(StepRefused, match="被检单位现场负责人"):
        service.submit(session, lead_of(visit), visit, site_person=" ")


def test_a_submitted_visit_is_scored_with_its_lines(session: Session) -> None:
    visit = submitted(session)
    sheet = visit.sheets[0]
    lines = {line.item.code: line for line in lines_of(sheet)}
    assert lines["C03-11"].points == Decimal(0)
    assert lines["C03-03"].points is None
    weights = sum(line.item.weight for line in lines.values() if line.points is not None)
    earned = sum(line.points for line in lines.values() if line.points is not None)
    assert sheet.score == round(100 * earned / weights, 4)
    assert (sheet.vetoed, sheet.conclusion) == (False, "qualified")
    assert visit.submitted_on == clock.today()


def test_failed_items_become_hazards_with_their_due_dates(session: Session) -> None:
    visit = submitted(session, C03_05={"value": "yes"}, C03_09={"value": "no"})
    today = clock.today()
    made = {each.item_code: each for each in hazards(session)}
    assert set(made) == {"C03-05", "C03-09", "C03-11"}
    assert [str(made[code].grade) for code in ("C03-05", "C03-09", "C03-11")] == ["major", "general", "general"]
    assert made["C03-05"].due_on == today + timedelta(days=1)
    assert made["C03-09"].due_on == today + timedelta(days=1)
    assert made["C03-11"].due_on == today + timedelta(days=30)
    assert made["C03-05"].requirement.startswith("先停用；立即")
    assert visit.sheets[0].vetoed


def test_a_hazard_knows_where_it_comes_from_and_who_answers_for_it(session: Session) -> None:
    visit = submitted(session)
    found = hazards(session)[0]
    assert (found.origin, found.origin_reference, found.item_code) == ("inspection", visit.reference, "C03-11")
    assert found.reference == "YH-654202-2026-C03-0001"
    assert found.responsible_unit_name == "晨光小学"
    assert found.responsible_person == "甲校长"
    assert (found.county_id, found.region_id) == (visit.county_id, visit.region_id)
    assert "《中华人民共和国防震减灾法》第四十六条（2009-05-01 起施行" in found.basis
    assert found.state == "registered"
    assert not verify(session)


def test_photos_of_a_failed_item_show_the_state_before(session: Session) -> None:
    visit = submitted(session, C03_09={"value": "no"})
    found = next(each for each in hazards(session) if each.item_code == "C03-09")
    before = evidence_of(session, "hazard", found.id, "before")
    assert len(before) == 1
    assert before[0].sha256 == queries.files_of(session, visit)["C03-09"][0].sha256


def test_failed_advice_becomes_a_note_and_no_hazard(session: Session) -> None:
    visit = submitted(session)
    assert [note.item_code for note in visit.notes] == ["C03-16"]
    assert "C03-16" not in [each.item_code for each in hazards(session)]


def test_submitting_twice_is_submitting_once(session: Session) -> None:
    visit = fill(session, make_visit(session))
    actor, version = lead_of(visit), visit.version
    service.submit(session, actor, visit, site_person="甲校长", version=version)
    again = service.submit(session, actor, visit, site_person="甲校长", version=version)
    assert again is visit
    assert len(hazards(session)) == 1
    assert len(visit.notes) == 1
    assert [event.action for event in visit.events] == ["start", "submit"]


def test_another_inspector_submitting_an_old_page_is_told_so(session: Session) -> None:
    visit = fill(session, make_visit(session))
    version = visit.version
    service.submit(session, lead_of(visit), visit, site_person="甲校长", version=version)
    with pytest.raises(Stale):
        service.submit(session, actor_of(visit.inspectors[1].user), visit, site_person="甲校长", version=version)


def test_after_a_return_hazards_are_not_made_twice(session: Session) -> None:
    visit = submitted(session)
    reviewer = actor_of(make_user(session, Role.COUNTY_HEAD, region(session)))
    service.send_back(session, reviewer, visit, "C03-14 与现场不符")
    service.answer(session, lead_of(visit), visit, "C03-09", {"value": "no"}, version=1)
    service.answer(session, lead_of(visit), visit, "C03-16", {"na": True}, version=1)
    service.answer(session, lead_of(visit), visit, "C03-16", {"value": "yes"}, version=2)
    with pytest.raises(service.Unfinished):
        service.submit(session, lead_of(visit), visit, site_person="甲校长")
    service.answer(session, lead_of(visit), visit, "C03-16", {"value": "no"}, version=3)
    service.submit(session, lead_of(visit), visit, site_person="甲校长")
    assert [each.item_code for each in hazards(session)] == ["C03-09", "C03-11"]
    assert len(visit.notes) == 1
    assert INSPECTION_LIFE.replay(visit.events) == "submitted"


def test_an_inspector_of_the_visit_never_reviews_it(session: Session) -> None:
    officers = [make_user(session, Role.PREFECTURE_OFFICER, region(session, "654200")) for _ in range(2)]
    visit = submitted(session, make_visit(session, team=officers))
    with pytest.raises(Forbidden):
        service.review(session, actor_of(officers[1]), visit)
    third = actor_of(make_user(session, Role.PREFECTURE_OFFICER, region(session, "654200")))
    assert service.review(session, third, visit, "属实").state == "reviewed"


def test_a_head_of_another_county_never_reviews(session: Session) -> None:
    visit = submitted(session)
    with pytest.raises(Forbidden):
        service.review(session, actor_of(make_user(session, Role.COUNTY_HEAD, region(session, SHAWAN))), visit)


def test_a_return_needs_a_reason(session: Session) -> None:
    visit = submitted(session)
    head = actor_of(make_user(session, Role.COUNTY_HEAD, region(session)))
    with pytest.raises(StepRefused, match="原因"):
        service.send_back(session, head, visit, "  ")


def test_a_planned_visit_is_voided_with_a_reason_and_a_submitted_one_is_not(session: Session) -> None:
    head = actor_of(make_user(session, Role.COUNTY_HEAD, region(session)))
    assert service.void(session, head, make_visit(session), "道路中断").state == "voided"
    visit = submitted(session, make_visit(session, site=make_site(session, name="第二小学")))
    service.send_back(session, head, visit, "重填")
    with pytest.raises(StepRefused, match="不能作废"):
        service.void(session, head, visit, "不要了")


def test_every_change_is_on_the_trail(session: Session) -> None:
    submitted(session)
    session.flush()
    actions = dict(session.execute(select(AuditEntry.action, func.count()).group_by(AuditEntry.action)).tuples().all())
    assert actions["inspection.plan"] == actions["inspection.start"] == actions["inspection.submit"] == 1
    assert actions["inspection.answer"] == 16
    assert actions["inspection.attach"] == 3


def test_a_visit_is_planned_for_a_day_to_come(session: Session) -> None:
    with pytest.raises(Invalid):
        make_visit(session, planned_on=date(2026, 6, 14))


def test_an_answer_given_again_changes_nothing(session: Session) -> None:
    visit = make_visit(session)
    service.start(session, lead_of(visit), visit)
    first = service.answer(session, lead_of(visit), visit, "C03-05", {"value": "no"})
    again = service.answer(session, lead_of(visit), visit, "C03-05", {"value": "no"}, version=0)
    assert first is again
    assert again.version == 1


def test_an_answer_given_meanwhile_is_not_overwritten(session: Session) -> None:
    visit = make_visit(session)
    service.start(session, lead_of(visit), visit)
    service.answer(session, lead_of(visit), visit, "C03-05", {"value": "no"})
    other = actor_of(visit.inspectors[1].user)
    with pytest.raises(service.AnswerConflict) as conflict:
        service.answer(session, other, visit, "C03-05", {"value": "yes"}, version=0)
    assert conflict.value.stored.value == {"value": "no"}
    taken = service.answer(session, other, visit, "C03-05", {"value": "yes"}, version=1)
    assert (taken.version, taken.answered_by_id) == (2, other.id)


def test_a_version_from_nowhere_is_refused(session: Session) -> None:
    visit = make_visit(session)
    service.start(session, lead_of(visit), visit)
    with pytest.raises(Conflict):
        service.answer(session, lead_of(visit), visit, "C03-05", {"value": "no"}, version=7)


def test_nothing_is_answered_before_the_start_or_after_the_submission(session: Session) -> None:
    visit = make_visit(session)
    with pytest.raises(StepRefused):
        service.answer(session, lead_of(visit), visit, "C03-05", {"value": "no"})
    submitted(session, visit)
    with pytest.raises(StepRefused):
        service.answer(session, lead_of(visit), visit, "C03-05", {"value": "yes"}, version=1)
    kept = service.answer(session, lead_of(visit), visit, "C03-05", {"value": "no"}, version=0)
    assert kept.version == 1


def test_an_item_of_another_list_is_not_found(session: Session) -> None:
    visit = make_visit(session)
    service.start(session, lead_of(visit), visit)
    with pytest.raises(NotFound):
        service.answer(session, lead_of(visit), visit, "C18-01", {"value": []})


def test_a_visit_of_another_county_is_not_found(session: Session) -> None:
    visit = make_visit(session)
    stranger = actor_of(make_team(session, SHAWAN, 1)[0])
    with pytest.raises(NotFound):
        queries.by_reference(session, stranger, visit.reference)
