"""Figures of what counties owe, counted by hand: five counties, two reporting dates, and what came of them.

Today is 2026-06-15: the first date (06-05) is over, the second (11-06) is not.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core import clock as house_clock
from inspect_app.core.counted import total
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.regions.queries import by_code, counties_of
from inspect_app.workplans.facts import Piece, Within, pieces_of, summed
from inspect_app.workplans.feedback import service
from inspect_app.workplans.feedback.service import Said
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.owing.service import owe
from inspect_app.workplans.owing.told import as_definition
from inspect_app.workplans.words import Part
from tests.accounts.factories import actor_of, make_user
from tests.statements import statements
from tests.workplans.owing.plans import add_task, make_plan, take

TACHENG, WUSU, EMIN, SHAWAN, TUOLI, YUMIN, HOBOKSAR = (
    "654201", "654202", "654221", "654203", "654224", "654225", "654226",
)  # fmt: skip
YEAR = Within(date(2026, 1, 1), date(2026, 12, 31))
Ratio = tuple[int, int]
pytestmark = pytest.mark.usefixtures("clock")


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 10, 0, tzinfo=house_clock.LOCAL)


def due_of(session: Session, plan: WorkPlan, code: str, number: int = 1) -> WorkDue:
    rows = select(WorkDue).where(WorkDue.plan_id == plan.id, WorkDue.number == number)
    return session.scalars(rows.where(WorkDue.region_id == by_code(session, code).id)).one()


def say(session: Session, due: WorkDue, month: int, day: int, **figures: int) -> None:
    with house_clock.set_to(at(month, day)):
        told = {name: Decimal(value) for name, value in figures.items()}
        service.report(session, SYSTEM, due, Said("已经完成", told))


def judge(session: Session, due: WorkDue, month: int, day: int, reason: str = "") -> None:
    """Accept, or with a reason send back."""
    officer = actor_of(make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6542")))
    with house_clock.set_to(at(month, day)):
        if reason:
            service.send_back(session, officer, due, reason)
        else:
            service.accept(session, officer, due)


def figures(session: Session, name: str, within: Within = YEAR) -> Mapping[str, Ratio]:
    counties = {each.id: each.code for each in counties_of(session, by_code(session, "6542").id)}
    found = summed(pieces_of(session, name, list(counties), within))
    return {counties[key]: (int(above), int(below)) for key, (above, below) in found.items()}


@pytest.fixture
def plan(session: Session) -> WorkPlan:
    """塔城市 in time and accepted; 乌苏市 late, sent back, again, accepted; 沙湾市 returned and silent since.

    额敏县 silent; 托里县 late but excused; 裕民县 waived; 和布克赛尔 in time, waiting, and ahead for the second date.
    """
    made = make_plan(session)
    add_task(session, made, [(Part.RESPONSIBLE, "@county_governments")], topic="DRILL")
    owe(session, SYSTEM, made)
    for code, day in ((TACHENG, 4), (WUSU, 6), (SHAWAN, 5), (TUOLI, 8), (HOBOKSAR, 5)):
        say(session, due_of(session, made, code), 6, day)
    judge(session, due_of(session, made, TACHENG), 6, 8)
    judge(session, due_of(session, made, WUSU), 6, 8, "没有写明数量")
    say(session, due_of(session, made, WUSU), 6, 9)
    judge(session, due_of(session, made, WUSU), 6, 10)
    judge(session, due_of(session, made, SHAWAN), 6, 8, "没有佐证")
    say(session, due_of(session, made, HOBOKSAR, 2), 6, 12)
    service.excuse(session, SYSTEM, due_of(session, made, TUOLI), "洪灾抢险")
    service.waive(session, SYSTEM, due_of(session, made, YUMIN), "机构改革")
    session.flush()
    return made


def test_reports_in_time_against_those_decided(session: Session, plan: WorkPlan) -> None:
    assert plan.dates[0].due_on == date(2026, 6, 5)
    assert figures(session, "feedback_on_time") == {
        TACHENG: (1, 1),
        WUSU: (0, 1),
        SHAWAN: (0, 1),
        EMIN: (0, 1),
        TUOLI: (1, 1),
        HOBOKSAR: (2, 2),
    }


def test_what_is_completed_against_what_is_owed_by_now(session: Session, plan: WorkPlan) -> None:
    assert len(plan.dates) == 2
    assert figures(session, "tasks_completed") == {
        TACHENG: (1, 1),
        WUSU: (1, 1),
        SHAWAN: (0, 1),
        EMIN: (0, 1),
        TUOLI: (0, 1),
        HOBOKSAR: (0, 1),
    }


def test_what_was_sent_back_against_what_was_reported(session: Session, plan: WorkPlan) -> None:
    assert plan.dates
    assert figures(session, "returned_rate") == {
        TACHENG: (0, 1),
        WUSU: (1, 2),
        SHAWAN: (1, 1),
        TUOLI: (0, 1),
        HOBOKSAR: (0, 2),
    }


def test_a_past_period_knows_nothing_of_what_came_after_it(session: Session, plan: WorkPlan) -> None:
    assert plan.dates
    until_the_ninth = Within(date(2026, 1, 1), date(2026, 6, 9))
    assert figures(session, "tasks_completed", until_the_ninth)[WUSU] == (0, 1)
    assert figures(session, "tasks_completed", until_the_ninth)[TACHENG] == (1, 1)
    assert figures(session, "feedback_on_time", Within(date(2026, 7, 1), date(2026, 12, 31))) == {HOBOKSAR: (1, 1)}
    assert figures(session, "feedback_on_time", Within(date(2025, 1, 1), date(2025, 12, 31))) == {}


def test_topics_are_told_apart(session: Session, plan: WorkPlan) -> None:
    assert plan.tasks[0].topic == "DRILL"
    assert figures(session, "feedback_on_time.DRILL") == figures(session, "feedback_on_time")
    assert figures(session, "tasks_completed.PLAN") == {}


def test_rows_add_up_to_the_figures_and_name_the_thing(session: Session, plan: WorkPlan) -> None:
    keys = [each.id for each in counties_of(session, plan.region_id)]
    for name in ("feedback_on_time", "tasks_completed", "returned_rate"):
        pieces = pieces_of(session, name, keys, YEAR)
        for part, place in (("numerator", 0), ("denominator", 1)):
            shown = total(piece.side(part) for piece in pieces)
            assert shown == sum(each[place] for each in summed(pieces).values())
    (row,) = [piece.row for piece in pieces_of(session, "feedback_on_time", keys, YEAR) if _is(session, piece, EMIN)]
    assert (row.reference, str(row.note)) == (due_of(session, plan, EMIN).reference, "2026-06-05 到期，逾期未报")


def _is(session: Session, piece: Piece, code: str) -> bool:
    return piece.region_id == by_code(session, code).id


def test_departments_and_a_countys_own_plan_count_for_no_county(session: Session) -> None:
    plan = make_plan(session, members=["教育局"])
    plan.region = by_code(session, WUSU)
    session.flush()
    add_task(session, plan, [(Part.RESPONSIBLE, "@members"), (Part.LEAD, "@county_governments")])
    owe(session, SYSTEM, plan)
    assert figures(session, "feedback_on_time") == {}
    neighbours = dict.fromkeys((TACHENG, SHAWAN, EMIN, TUOLI, YUMIN, HOBOKSAR), (0, 0))
    assert figures(session, "own_plans") == {WUSU: (1, 0)} | neighbours


def test_a_plan_of_another_year_is_none_of_this_one(session: Session) -> None:
    plan = make_plan(session)
    plan.region, plan.year = by_code(session, WUSU), 2025
    session.flush()
    assert figures(session, "own_plans") == {}


def proof(session: Session, due: WorkDue) -> None:
    session.add(
        Evidence(
            uuid=due.reference, subject_kind="work_due", subject_id=due.id, purpose=Purpose.PROOF, size=1,
            county_id=due.region_id, region_id=due.region_id, sha256="0" * 64, media_type="application/pdf",
            original_name="预算.pdf", uploaded_at=house_clock.now(), uploaded_by_id=None,
        )
    )  # fmt: skip
    session.flush()


def test_inclusions_need_acceptance_and_evidence(session: Session) -> None:
    plan = make_plan(session, days=())
    take(session, plan, as_definition(library().obligations["TC-02a"]), library_code="TC-02a")
    owe(session, SYSTEM, plan)
    for code, done in ((WUSU, 2), (SHAWAN, 3), (EMIN, 3)):
        say(session, due_of(session, plan, code), 6, 1, done=done, whole=3)
    for code in (WUSU, SHAWAN):
        judge(session, due_of(session, plan, code), 6, 2)
        if code == WUSU:
            proof(session, due_of(session, plan, code))
    found = figures(session, "inclusions")
    assert {code: found[code] for code in (WUSU, SHAWAN, EMIN, TUOLI)} == {
        WUSU: (2, 0),
        SHAWAN: (0, 0),
        EMIN: (0, 0),
        TUOLI: (0, 0),
    }


def test_monthly_reports_count_points_in_time(session: Session) -> None:
    plan = make_plan(session, days=())
    monthly = as_definition(library().obligations["LT-05d"]) | {"responsible": ["@county_governments"]}
    take(session, plan, monthly, library_code="LT-05d")
    owe(session, SYSTEM, plan)
    say(session, due_of(session, plan, WUSU, 3), 3, 31, done=9, whole=10)
    say(session, due_of(session, plan, WUSU, 4), 5, 4, done=10, whole=10)
    say(session, due_of(session, plan, EMIN, 3), 3, 30)
    found = figures(session, "monthly_reports")
    assert found[WUSU] == (9, 30)  # March 9 of 10, April late, May missing: ten points each
    assert found[EMIN] == (1, 3)  # without figures each month is one report


def test_the_number_of_queries_does_not_grow_with_counties(session: Session, plan: WorkPlan) -> None:
    keys = [each.id for each in counties_of(session, plan.region_id)]
    for name in ("feedback_on_time", "tasks_completed", "returned_rate", "inclusions", "monthly_reports", "own_plans"):
        costs = []
        for some in (keys[:1], keys):
            session.expire_all()
            with statements() as seen:
                pieces_of(session, name, some, YEAR)
            costs.append(len(seen))
        assert costs[0] == costs[1] or costs[1] <= costs[0] + 1, (name, costs)
