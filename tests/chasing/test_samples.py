"""Samples are drawn once from what was closed, kept whole, and come out the same again."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from inspect_app.chasing import samples
from inspect_app.chasing.models import LookBackSample, LookBackTask
from inspect_app.chasing.samples import Period, draw_sample, pool_of, replay
from inspect_app.core.database import transaction
from inspect_app.core.errors import Forbidden, Invalid, NotFound
from inspect_app.hazards.models import Hazard
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from tests.chasing.days import day
from tests.chasing.factories import closed
from tests.hazards.stories import Story

MAY = Period(day("5-1"), day("5-31"))


def prefecture(session: Session) -> Region:
    return by_code(session, "6542")


@pytest.fixture
def pool(story: Story) -> list[str]:
    """Twelve general hazards and two major ones closed in May, one in April."""
    with transaction():
        general = [closed(story, day("5-6") + timedelta(days=number)).reference for number in range(12)]
        major = [closed(story, day("5-20"), major=True).reference for _ in range(2)]
        closed(story, day("4-30"))
        return general + major


def draw(story: Story, seed: str = "种子", **over: Any) -> LookBackSample:  # noqa: ANN401 - region or period
    region, period = over.get("region") or prefecture(story.session), over.get("period") or MAY
    return draw_sample(story.session, over.get("actor") or story.cast.officer, region, period, seed)


def chosen(session: Session, sample: LookBackSample) -> set[str]:
    rows = select(Hazard.reference).join(LookBackTask).where(LookBackTask.sample_id == sample.id)
    return set(session.scalars(rows))


def test_the_pool_is_what_was_closed_in_the_period(story: Story, pool: list[str]) -> None:
    assert [each.reference for each in pool_of(story.session, prefecture(story.session), MAY)] == sorted(pool)
    assert pool_of(story.session, by_code(story.session, "654221"), MAY) == []


def test_all_major_and_a_tenth_of_the_rest_each_three_times(story: Story, pool: list[str]) -> None:
    with transaction():
        sample = draw(story)
        taken = chosen(story.session, sample)
        assert set(pool[12:]) < taken
        assert len(taken) == 4
        tasks = story.session.scalars(select(LookBackTask).order_by(LookBackTask.id)).all()
        assert [task.after_days for task in tasks] == [30, 90, 180] * 4


def test_look_backs_fall_on_working_days_after_closure(story: Story, pool: list[str]) -> None:
    with transaction():
        draw(story)
        rows = select(LookBackTask.due_on).join(Hazard).where(Hazard.reference == pool[12])
        days = list(story.session.scalars(rows.order_by(LookBackTask.after_days)))
    assert days == [day("6-22"), day("8-18"), day("11-16")]  # closed 20 May; 19 June is a holiday, 14 and 15 rest


def test_the_same_again_gives_what_is_kept(story: Story, pool: list[str]) -> None:
    with transaction():
        first = draw(story)
        assert draw(story).id == first.id
        assert len(first.pool) == len(pool)


@pytest.mark.usefixtures("pool")
def test_nobody_tries_seeds_until_the_result_pleases(story: Story) -> None:
    with transaction():
        draw(story)
        with pytest.raises(Invalid):
            draw(story, "另一个种子")
        with pytest.raises(Invalid):
            draw(story, "另一个种子", region=story.county)
        later = draw(story, "另一个种子", period=Period(day("4-1"), day("5-31")))
        assert len(later.pool) == 1


@pytest.mark.usefixtures("pool")
def test_a_seed_is_made_when_none_is_given(story: Story) -> None:
    with transaction():
        assert len(draw(story, " ").seed) == 16


@pytest.mark.usefixtures("pool")
def test_a_sample_comes_out_the_same_again(story: Story) -> None:
    with transaction():
        sample = draw(story)
        assert replay(story.session, sample) == []
        assert samples.chasing_share(sample) == Decimal("0.1")


@pytest.mark.usefixtures("pool")
def test_a_task_that_was_taken_away_shows(story: Story) -> None:
    with transaction():
        sample = draw(story)
        task = story.session.scalars(select(LookBackTask)).first()
        story.session.execute(
            LookBackTask.__table__.delete().where(LookBackTask.hazard_id == task.hazard_id)  # type: ignore[union-attr,attr-defined]
        )
        assert any("结果与现有的回头看任务不同" in str(each) for each in replay(story.session, sample))


@pytest.mark.usefixtures("pool")
def test_the_database_refuses_to_change_a_sample(story: Story) -> None:
    with transaction():
        draw(story)
    with pytest.raises(DatabaseError), transaction():
        story.session.execute(update(LookBackSample).values(seed="改过的种子"))


@pytest.mark.usefixtures("pool")
def test_a_pool_that_was_altered_shows(story: Story) -> None:
    with transaction():
        sample = draw(story)
        altered = LookBackSample(
            reference="HT-X", region_id=sample.region_id, start=sample.start, end=sample.end, seed=sample.seed,
            rules=sample.rules, pool=sample.pool[1:], pool_hash=sample.pool_hash, drawn_at=sample.drawn_at,
        )  # fmt: skip
        assert any("校验码不符" in str(each) for each in replay(story.session, altered))


@pytest.mark.usefixtures("pool")
@pytest.mark.parametrize("who", ["head", "clerk", "inspector", "leader", "other_clerk"])
def test_only_an_officer_draws(story: Story, who: str) -> None:
    with transaction(), pytest.raises(Forbidden):
        draw(story, actor=getattr(story.cast, who))


def test_an_officer_draws_in_the_own_region_only(story: Story) -> None:
    with transaction(), pytest.raises(Forbidden):
        draw(story, region=by_code(story.session, "6543"))


@pytest.mark.parametrize(
    ("period", "seed", "field"),
    [
        (Period(day("5-2"), day("5-1")), "s", "end"),
        (Period(day("6-1"), day("6-16")), "s", "end"),
        (MAY, "s" * 65, "seed"),
        (MAY, "s", ""),
    ],
)
def test_an_unfit_draw_is_refused(story: Story, period: Period, seed: str, field: str) -> None:
    with transaction(), pytest.raises(Invalid) as raised:
        draw(story, seed, period=period)
    assert set(raised.value.problems) == {field}


@pytest.mark.usefixtures("pool")
def test_samples_of_other_regions_are_not_found(story: Story) -> None:
    with transaction():
        sample = draw(story)
    assert samples.by_reference(story.session, story.cast.leader, sample.reference).id == sample.id
    assert [each.id for each in samples.latest(story.session, story.cast.officer)] == [sample.id]
    with pytest.raises(NotFound):
        samples.by_reference(story.session, story.cast.other_clerk, sample.reference)
