"""Notices with keys written by hand are read without a miss and without an invention."""

import pytest

from tests.workplans.notices.scoring_notices import key_of, keys, told_as_key, told_of


@pytest.mark.parametrize("name", keys())
def test_all_of_a_notice_is_read_and_nothing_else(name: str) -> None:
    key = key_of(name)
    assert told_as_key(key, told_of(name)) == key


def test_the_first_group_of_the_sixteenth_task_leads_with_a_doubt() -> None:
    task = told_of("tacheng-2024")["tasks"][15]
    doubts = {unit["text"]: unit["doubt"] for unit in task["units"]}
    assert task["lead"] == ["地区应急管理局"]
    assert "没有写这一组的角色" in doubts["地区应急管理局"]
    assert not any(doubt for text, doubt in doubts.items() if text != "地区应急管理局")


@pytest.mark.parametrize("name", keys())
def test_every_quote_stands_where_it_is_said_to_stand(name: str) -> None:
    for task in told_of(name)["tasks"]:
        for each in task["requirements"]:
            assert task["text"][each["offset"] :].startswith(each["quote"])
