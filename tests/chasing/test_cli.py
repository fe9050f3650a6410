"""Commands print what is due and draw samples that come out the same again."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from inspect_app.chasing.listings import Wish, list_hazard
from inspect_app.chasing.models import LookBackSample, LookBackTask
from inspect_app.core.database import transaction
from tests.chasing.days import day
from tests.chasing.factories import closed, late, on
from tests.hazards.stories import Story

TODAY = date(2026, 6, 15)


def run(app: Flask, *args: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["chasing", *args])
    return answer.exit_code, answer.output


def as_json(app: Flask, *args: str) -> Any:  # noqa: ANN401 - JSON
    code, output = run(app, *args, "--json")
    assert code == 0, output
    return json.loads(output)


@pytest.fixture
def hazards(story: Story) -> dict[str, str]:
    with transaction():
        urged = late(story, TODAY - timedelta(days=4))
        listed = late(story, TODAY + timedelta(days=4))
        list_hazard(story.session, story.cast.leader, listed, Wish("county", "鉴定为危楼", day("12-1")))
        done = closed(story, day("5-6"))
        return {"urged": urged.reference, "listed": listed.reference, "closed": done.reference}


def test_what_is_due_is_printed_with_its_days(app: Flask, hazards: dict[str, str]) -> None:
    as_json(app, "look-back", "--seed", "种子", "--from", "2026-05-01", "--to", "2026-05-31")
    told = as_json(app, "due")
    assert told["as_of"] == "2026-06-15"
    assert {rung["code"]: rung["count"] for rung in told["rungs"]} == {
        "reminder": 0, "urging_letter": 1, "interview": 0, "circular": 0, "listing": 0,
    }  # fmt: skip
    assert told["rungs"][1]["hazards"] == [
        {
            "reference": hazards["urged"], "county": "654202", "state": "rectifying", "due_on": "2026-06-11",
            "overdue_days": 4, "falls_on": "2026-06-15",
        }
    ]  # fmt: skip
    assert told["listings"] == [
        {
            "hazard": hazards["listed"], "level": "县级",
            "awaited": [{"what": "report", "by": "2026-06-18", "late": False},
                        {"what": "publish", "by": "2026-06-23", "late": False}],
        }
    ]  # fmt: skip
    assert told["look_backs"] == [{"hazard": hazards["closed"], "after_days": 30, "due_on": "2026-06-05"}]


def test_another_region_has_nothing(app: Flask, hazards: dict[str, str]) -> None:
    assert hazards
    told = as_json(app, "due", "--region", "654221")
    assert [rung["count"] for rung in told["rungs"]] == [0] * 5
    assert (told["listings"], told["look_backs"]) == ([], [])
    assert len(as_json(app, "due", "--region", "6542")["listings"]) == 1


def test_as_text_it_says_the_same(app: Flask, hazards: dict[str, str]) -> None:
    code, output = run(app, "due")
    assert code == 0
    assert f"{hazards['urged']}　超期 4 天" in output
    assert f"县级挂牌 {hazards['listed']}：报备 2026-06-18 前" in output


def test_the_same_seed_gives_the_same_sample(app: Flask, story: Story, hazards: dict[str, str]) -> None:
    arguments = ("look-back", "--seed", "种子", "--from", "2026-05-01", "--to", "2026-05-31")
    first = as_json(app, *arguments)
    assert [each["region"] for each in first["samples"]] == ["6542"]
    assert first["samples"][0]["pool"] == [hazards["closed"]]
    assert [task["due_on"] for task in first["samples"][0]["tasks"]] == ["2026-06-05", "2026-08-04", "2026-11-02"]
    assert as_json(app, *arguments) == first
    assert story.session.scalar(select(func.count()).select_from(LookBackSample)) == 1


def test_by_default_the_last_thirty_days_are_drawn_from(app: Flask, hazards: dict[str, str]) -> None:
    code, output = run(app, "look-back", "--seed", "种子")
    assert code == 2
    assert "没有销号的隐患可抽" in output
    with on(day("6-5")):
        code, output = run(app, "look-back", "--seed", "种子", "--region", "654202")
        assert code == 0
        assert hazards["closed"] in output


def test_a_sample_is_replayed_and_tampering_shows(app: Flask, story: Story, hazards: dict[str, str]) -> None:
    assert hazards
    made = as_json(app, "look-back", "--seed", "s", "--from", "2026-05-01", "--to", "2026-05-31")
    reference = made["samples"][0]["reference"]
    assert as_json(app, "replay", reference)["same"] is True
    assert run(app, "replay", reference) == (0, "复演一致。\n")
    with transaction():
        story.session.execute(delete(LookBackTask))
    code, output = run(app, "replay", reference)
    assert code == 1
    assert "结果与现有的回头看任务不同" in output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("due", "--region", "999999"), "没有代码为“999999”的区划"),
        (("look-back", "--as", "nobody"), "没有登录名为“nobody”的账号"),
        (("replay", "HT-X"), "没有找到"),
        (("look-back", "--from", "2026-06-02", "--to", "2026-06-01", "--region", "6542"), "起止日期应先后有序"),
    ],
)
@pytest.mark.usefixtures("story")
def test_a_mistake_is_one_sentence(app: Flask, arguments: tuple[str, ...], said: str) -> None:
    code, output = run(app, *arguments)
    assert code == 2
    assert said in output
