"""Ways to make the inventory look better than the county is: each is refused with its sentence, or found afterwards.

Numbers of documents and what is printed belong to tests/documents.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from inspect_app.access.permissions import Role
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import Forbidden
from inspect_app.evidence.likeness import BITS
from inspect_app.evidence.models import Purpose
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.service import take_step
from inspect_app.hazards.words import Grade, MeasureType, State
from inspect_app.regions.models import Unit
from tests.accounts.factories import actor_of, make_user
from tests.hazards.cheating import Cheat, refused
from tests.hazards.stories import Story

TODAY = date(2026, 6, 15)
LIKENESS = f"{(1 << 100) - 1:0{BITS // 4}x}"
ALIKE = f"{(1 << 103) - 1:0{BITS // 4}x}"
NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)


def done(story: Story, hazard: Hazard, **facts: Any) -> Hazard:  # noqa: ANN401 - facts
    """Report without the photos that the story would take."""
    return take_step(story.session, story.cast.clerk, hazard, "report_done", {**story.facts("report_done"), **facts})


def shoot(story: Story, hazard: Hazard, purpose: Purpose = Purpose.AFTER, **known: Any) -> None:  # noqa: ANN401 - columns
    made = story.photograph(hazard, purpose, known.pop("digest", ""))
    for name, value in known.items():
        setattr(made, name, value)
    story.session.flush()


# --- the photo ---------------------------------------------------------------------------------------------------


def no_photo(story: Story, hazard: Hazard) -> None:
    shoot(story, hazard, Purpose.BEFORE)
    done(story, hazard)


def same_photo(story: Story, hazard: Hazard) -> None:
    shoot(story, hazard, Purpose.BEFORE, digest="a" * 64)
    shoot(story, hazard, digest="a" * 64)
    done(story, hazard)


def one_same_photo_among_others(story: Story, hazard: Hazard) -> None:
    shoot(story, hazard, Purpose.BEFORE, digest="a" * 64)
    shoot(story, hazard)
    shoot(story, hazard, digest="a" * 64)
    done(story, hazard)


def shrunk_photo(story: Story, hazard: Hazard) -> None:
    shoot(story, hazard, Purpose.BEFORE, perceptual_hash=LIKENESS)
    shoot(story, hazard, perceptual_hash=ALIKE)
    done(story, hazard)


def photo_from_before_the_finding(story: Story, hazard: Hazard) -> None:
    shoot(story, hazard, taken_at=NOON - timedelta(days=1))
    done(story, hazard)


def photo_from_before_the_photo_of_before(story: Story, hazard: Hazard) -> None:
    shoot(story, hazard, Purpose.BEFORE, taken_at=NOON)
    shoot(story, hazard, taken_at=NOON - timedelta(hours=1))
    done(story, hazard)


def photo_from_before_the_notice(story: Story, hazard: Hazard) -> None:
    shoot(story, hazard, taken_at=clock.now() - timedelta(hours=1))
    done(story, hazard)


def photo_from_elsewhere(story: Story, hazard: Hazard) -> None:
    hazard.longitude, hazard.latitude = Decimal("84.7130000"), Decimal("44.4340000")
    shoot(story, hazard, longitude=Decimal("84.7230000"), latitude=Decimal("44.4340000"))
    done(story, hazard)


def blank_explanation(story: Story, hazard: Hazard) -> None:
    hazard.longitude, hazard.latitude = Decimal("84.7130000"), Decimal("44.4340000")
    shoot(story, hazard, longitude=Decimal("84.7230000"), latitude=Decimal("44.4340000"))
    done(story, hazard, photo_explanation="   ")


@pytest.mark.parametrize(
    ("cheat", "sentence"),
    [
        (no_photo, "缺整改后照片"),
        (same_photo, "同一张"),
        (one_same_photo_among_others, "同一张"),
        (shrunk_photo, "几乎一样"),
        (photo_from_before_the_finding, "不能作为佐证"),
        (photo_from_before_the_photo_of_before, "不能作为佐证"),
        (photo_from_before_the_notice, "拍摄于交办之前"),
        (photo_from_elsewhere, "拍摄地点离检查对象太远"),
        (blank_explanation, "拍摄地点离检查对象太远"),
    ],
)
def test_a_photo_that_proves_nothing(story: Story, cheat: Cheat, sentence: str) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
    refused(story, hazard, cheat, sentence)


def test_a_photo_from_elsewhere_is_taken_when_it_is_explained(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
        hazard.longitude, hazard.latitude = Decimal("84.7130000"), Decimal("44.4340000")
        shoot(story, hazard, longitude=Decimal("84.7230000"), latitude=Decimal("44.4340000"))
        done(story, hazard, photo_explanation="学校已整体迁到新校区，照片为新校区。")
    assert (hazard.state, hazard.photo_explanation[:2]) == (State.DONE, "学校")


def test_the_old_photo_after_a_failed_recheck(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECHECKING)
    with clock.set_to(clock.now() + timedelta(days=1)):
        with transaction():
            story.take(hazard, "fail_recheck")
        refused(story, hazard, done, "还没有新的整改后照片")


# --- the way of treatment ----------------------------------------------------------------------------------------


def moved_without_saying_how(story: Story, hazard: Hazard) -> None:
    story.photograph(hazard, Purpose.PROOF)
    story.take(hazard, "report_done", measure_type=MeasureType.RELOCATION)


def moved_without_proof(story: Story, hazard: Hazard) -> None:
    story.take(hazard, "report_done", measure_type=MeasureType.RELOCATION, vacated_by="emptied")


def monitored(story: Story, hazard: Hazard) -> None:
    story.take(hazard, "report_done", measure_type=MeasureType.MONITORING)


@pytest.mark.parametrize(
    ("cheat", "sentence"),
    [
        (moved_without_saying_how, "腾空"),
        (moved_without_proof, "上传证明材料"),
        (monitored, "监测预警不等于消除"),
    ],
)
def test_a_treatment_without_its_own_proof(story: Story, cheat: Cheat, sentence: str) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
    refused(story, hazard, cheat, sentence)


def experts_instead_of_a_test(story: Story, hazard: Hazard) -> None:
    story.take(hazard, "pass_acceptance", acceptance_paper="experts")


def accepted_by_the_rectifier(story: Story, hazard: Hazard) -> None:
    story.take(hazard, "pass_acceptance", accepted_by_unit="晨光小学")


@pytest.mark.parametrize(
    ("cheat", "sentence"), [(experts_instead_of_a_test, "检测报告"), (accepted_by_the_rectifier, "不能是责任单位自己")]
)
def test_works_accepted_the_easy_way(story: Story, cheat: Cheat, sentence: str) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
        story.take(hazard, "report_done", measure_type=MeasureType.ENGINEERING)
        story.take(hazard, "start_recheck")
        story.take(hazard, "pass_to_acceptance")
    refused(story, hazard, cheat, sentence)


def test_works_accepted_without_uploading_the_paper(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
        story.take(hazard, "report_done", measure_type=MeasureType.ENGINEERING)
        story.take(hazard, "start_recheck")
        story.take(hazard, "pass_to_acceptance")
        facts = story.facts("pass_acceptance")
        take_step(story.session, story.cast.officer, hazard, "pass_acceptance", facts)
    refused(story, hazard, lambda story, hazard: story.take(hazard, "close"), "工程治理须附")


# --- recheck and closure -----------------------------------------------------------------------------------------


def test_people_of_the_rectifying_unit_recheck_it(story: Story) -> None:
    with transaction():
        own, other = (Unit(region_id=story.county.id, name=name) for name in ("乌苏市教育局", "乌苏市地震局"))
        story.session.add_all((own, other))
        story.session.flush()
        colleague = actor_of(make_user(story.session, Role.INSPECTOR, story.county, unit_id=own.id))
        make_user(story.session, Role.INSPECTOR, story.county, unit_id=other.id)
        hazard = story.reach(State.RECHECKING)
        hazard.done_by_unit_id = own.id
    people = [story.cast.officer.id, colleague.id]
    refused(story, hazard, lambda story, hazard: story.take(hazard, "pass_recheck", recheckers=people), "整改单位")


def test_where_one_unit_does_everything_other_people_of_it_recheck(story: Story) -> None:
    with transaction():
        own = Unit(region_id=story.county.id, name="乌苏市教育局")
        story.session.add(own)
        story.session.flush()
        colleague = actor_of(make_user(story.session, Role.INSPECTOR, story.county, unit_id=own.id))
        hazard = story.reach(State.RECHECKING)
        hazard.done_by_unit_id = own.id
        story.take(hazard, "pass_recheck", recheckers=[story.cast.officer.id, colleague.id])
    assert hazard.state == State.CLOSURE_PENDING


def recheck_alone(story: Story, hazard: Hazard) -> None:
    story.take(hazard, "pass_recheck", recheckers=[story.cast.officer.id])


def recheck_by_others_names(story: Story, hazard: Hazard) -> None:
    story.take(hazard, "pass_recheck", recheckers=[story.cast.head.id, story.cast.second.id])


def recheck_with_the_rectifier(story: Story, hazard: Hazard) -> None:
    hazard.done_by_id = story.cast.second.id
    story.take(hazard, "pass_recheck")


@pytest.mark.parametrize(
    ("cheat", "sentence"),
    [
        (recheck_alone, "两名以上"),
        (recheck_by_others_names, "本人登记"),
        (recheck_with_the_rectifier, "不能参加复查"),
    ],
)
def test_a_recheck_by_the_wrong_people(story: Story, cheat: Cheat, sentence: str) -> None:
    with transaction():
        hazard = story.reach(State.RECHECKING)
    refused(story, hazard, cheat, sentence)


def test_a_major_one_rechecked_on_paper(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING, major=True)
        story.take(hazard, "report_done")
        story.take(hazard, "start_recheck")

    def on_paper(story: Story, hazard: Hazard) -> None:
        take_step(story.session, story.cast.officer, hazard, "pass_to_acceptance", story.facts("pass_to_acceptance"))

    refused(story, hazard, on_paper, "不能代替现场核查")


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"listed": True, "listed_level": "prefecture"}, "先摘牌"),
        ({"fund_amount": Decimal(30)}, "资金凭证"),
        ({"measure_type": MeasureType.RELOCATION}, "避让搬迁须附"),
        ({"recheck_result": "不合格"}, "没有合格的复查结论"),
        ({"grade": Grade.MAJOR}, "验收意见"),
    ],
)
def test_a_closure_that_lacks_something(story: Story, columns: Mapping[str, object], sentence: str) -> None:
    with transaction():
        hazard = story.reach(State.CLOSURE_PENDING)
        for name, value in columns.items():
            setattr(hazard, name, value)
    refused(story, hazard, lambda story, hazard: story.take(hazard, "close"), sentence)


def test_a_whole_closed_before_its_parts(story: Story) -> None:
    with transaction():
        hazard = story.take(story.reach(State.RECTIFYING), "split")
        for action in ("report_done", "start_recheck", "pass_recheck"):
            story.take(hazard, action)
    refused(story, hazard, lambda story, hazard: story.take(hazard, "close"), "子隐患没有办结")


@pytest.mark.parametrize("action", ["transfer", "merge", "unfounded"])
def test_a_whole_put_aside_before_its_parts(story: Story, action: str) -> None:
    with transaction():
        hazard = story.take(story.reach(State.ACCEPTED), "split")
    refused(story, hazard, lambda story, hazard: story.take(hazard, action), "子隐患没有办结")


@pytest.mark.parametrize("action", ["close", "report_done", "pass_recheck"])
def test_closing_what_is_only_watched(story: Story, action: str) -> None:
    with transaction():
        hazard = story.reach(State.SUSPENDED)
    refused(story, hazard, lambda story, hazard: story.take(hazard, action), "没有这个操作")


def test_a_county_closes_its_own(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.CLOSURE_PENDING)
    refused(
        story, hazard, lambda story, hazard: story.take(hazard, "close", actor=story.cast.head), "没有权限", Forbidden
    )
