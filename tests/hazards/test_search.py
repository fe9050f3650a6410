import json
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import db, transaction
from inspect_app.hazards import search, text_index
from inspect_app.hazards.bulk import register_many
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.queries import count, page
from inspect_app.hazards.service import update
from tests.hazards.stories import Story

EARLIER = date(2026, 6, 6)
WORDS = ("构造柱钢筋外露", "构造柱配筋，钢筋不外露", "女儿墙无锚固，DN50 管线外露", "应急通道堆放 100% 杂物")


def fill(story: Story) -> None:
    with transaction():
        drafts = [story.draft(description=each) for each in WORDS * 2]
        register_many(story.session, story.cast.clerk, drafts, batch_id=None)
        story.register(story.draft(description="围墙倾斜", site_name="松涛中学", location="东围墙"))


def found(story: Story, words: str, **over: str) -> list[str]:
    wanted = HazardFilter(text=words, **over)  # type: ignore[arg-type]
    rows = page(story.session, story.cast.officer, wanted).rows
    assert count(story.session, story.cast.officer, wanted).number == len(rows)
    return sorted({row.description for row in rows})


CASES = [
    ("构造柱钢筋", [WORDS[0]]),
    ("构造柱", sorted(WORDS[:2])),
    ("外露", sorted(WORDS[:3])),
    ("dn50 管", [WORDS[2]]),
    ("DN50", [WORDS[2]]),
    ("100%", [WORDS[3]]),
    ('杂物"', []),
    ("松涛中学", ["围墙倾斜"]),
    ("东围墙", ["围墙倾斜"]),
    ("YH-654202-2026-C03-0009", ["围墙倾斜"]),
    ("yh-654202-2026-c03-0009", ["围墙倾斜"]),
    ("C03-0009", ["围墙倾斜"]),
    ("YH-654221", []),
]


def matters(words: str) -> bool:
    """PostgreSQL tells upper from lower case, SQLite does not where letters are Latin."""
    return words == "dn50 管" and db.engine.dialect.name == "postgresql"


@pytest.mark.parametrize("by", ["urgency", "found"])
@pytest.mark.parametrize(("words", "expected"), CASES)
def test_the_index_finds_what_reading_the_rows_finds(story: Story, words: str, expected: list[str], by: str) -> None:
    fill(story)
    assert found(story, words, by=by) == ([] if matters(words) else expected)
    with transaction():
        text_index.remove(story.session.connection())
    assert not text_index.is_built(story.session.connection())
    assert found(story, words, by=by) == ([] if matters(words) else expected)


def test_words_that_many_rows_say_are_met_in_the_order_of_the_list(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(story)
    monkeypatch.setattr(search, "FEW", 1)
    assert found(story, "构造柱钢筋") == [WORDS[0]]
    rows = page(story.session, story.cast.officer, HazardFilter(text="构造柱"), size=3)
    more = page(story.session, story.cast.officer, HazardFilter(text="构造柱"), rows.after, size=3)
    assert len({row.id for row in (*rows.rows, *more.rows)}) == 4


def test_the_index_follows_a_changed_description(story: Story) -> None:
    fill(story)
    with transaction():
        hazard = story.register(story.draft(description="吊顶悬挂物未加固"))
        update(story.session, story.cast.officer, hazard, {"description": "避难场所标识缺失"}, hazard.version)
    assert found(story, "吊顶悬挂物") == []
    assert found(story, "避难场所标识") == ["避难场所标识缺失"]


def test_rows_that_the_index_has_not_taken_in_are_found(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(story)
    monkeypatch.setattr("inspect_app.hazards.service.take_in_new", lambda _connection: None)
    with transaction():
        hazard = story.register(story.draft(description="吊顶悬挂物未加固"))
    assert found(story, "吊顶悬挂物") == ["吊顶悬挂物未加固"]
    assert found(story, "构造柱钢筋") == [WORDS[0]]
    with transaction():
        hazard.description = "吊顶悬挂物已经松动"
    assert found(story, "吊顶悬挂物") == ["吊顶悬挂物已经松动"]


def test_people_find_words_in_their_region_only(story: Story) -> None:
    fill(story)
    wanted = HazardFilter(text="构造柱钢筋")
    assert page(story.session, SYSTEM, wanted).rows
    assert not page(story.session, story.cast.other_clerk, wanted).rows
    assert count(story.session, story.cast.other_clerk, wanted).number == 0


def skip_without_trigrams(story: Story) -> None:
    connection = story.session.connection()
    if connection.dialect.name == "postgresql" and not text_index.offers_trigrams(connection):
        pytest.skip("this PostgreSQL server comes without pg_trgm")


def test_every_seeded_database_has_the_index(story: Story) -> None:
    skip_without_trigrams(story)
    assert text_index.is_built(story.session.connection())


def test_the_index_is_made_again_over_the_rows_that_are_there(story: Story) -> None:
    fill(story)
    skip_without_trigrams(story)
    with transaction():
        text_index.remove(story.session.connection())
        assert text_index.build(story.session.connection())
    assert found(story, "构造柱钢筋") == [WORDS[0]]


def test_a_database_that_cannot_have_the_index_goes_on_without(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_index, "statements", lambda _dialect: ("SELECT 1", "CREATE NONSENSE"))
    with transaction():
        assert not text_index.build(story.session.connection())
        assert story.session.scalar(text("SELECT 1")) == 1


def test_words_and_other_conditions_hold_together(story: Story) -> None:
    fill(story)
    with transaction():
        story.register(story.draft(description=WORDS[0], found_on=EARLIER))
    wanted = HazardFilter(text="构造柱钢筋", found_to=EARLIER)
    assert len(page(story.session, story.cast.officer, wanted).rows) == 1


def test_a_command_tells_of_the_index_and_makes_it_anew(app: Flask, story: Story) -> None:
    with transaction():
        text_index.remove(story.session.connection())
    runner = app.test_cli_runner()
    assert "flask hazards search-index --rebuild" in runner.invoke(args=["hazards", "search-index"]).output
    skip_without_trigrams(story)
    answer = runner.invoke(args=["hazards", "search-index", "--rebuild", "--json"]).output
    assert json.loads(answer) == {"built": True}
