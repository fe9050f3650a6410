"""The definition that ships with the system says what the reference proposes; mistakes are all named."""

from pathlib import Path

import pytest

from inspect_app.chasing.definition import Colour, Days
from inspect_app.chasing.loading import FILE, chasing, check_definitions, read_definition
from inspect_app.core.definitions import Problems


def test_the_ladder_is_the_proposed_one() -> None:
    rungs = [(rung.code, rung.after_days, rung.days, rung.colour) for rung in chasing().rungs]
    assert rungs == [
        ("reminder", 1, Days.NATURAL, Colour.YELLOW),
        ("urging_letter", 3, Days.NATURAL, Colour.YELLOW),
        ("interview", 7, Days.NATURAL, Colour.RED),
        ("circular", 15, Days.NATURAL, Colour.RED),
        ("listing", 30, Days.NATURAL, Colour.RED),
    ]


def test_only_the_last_rung_lists() -> None:
    assert [rung.lists for rung in chasing().rungs] == [False, False, False, False, True]


def test_listing_and_looking_back_keep_the_proposed_days() -> None:
    listing, look_back = chasing().listing, chasing().look_back
    assert (listing.longest_days, listing.report_working_days, listing.publish_working_days) == (365, 3, 5)
    assert (str(look_back.share), look_back.after_days) == ("0.10", (30, 90, 180))


def test_whoever_waits_for_a_check_is_not_chased() -> None:
    assert not chasing().chased_states & {"done", "rechecking", "acceptance", "closure_pending", "suspended", "closed"}


def test_a_rank_tells_the_order_and_unknown_rungs_have_none() -> None:
    assert (chasing().rank("reminder"), chasing().rank("listing"), chasing().rank("gone")) == (1, 5, 0)
    assert chasing().rung("gone") is None


def test_checking_names_the_rungs() -> None:
    problems = Problems()
    assert check_definitions(problems) == ["reminder", "urging_letter", "interview", "circular", "listing"]
    assert problems.found == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("after_days = 3\n", "after_days = 9\n", "interview 的天数应多于 urging_letter"),
        ("after_days = 1\n", "after_days = 0\n", "时限当天还不算逾期"),
        ('colour = "red"\npermission = "list_hazard"', 'colour = "blue"\npermission = "list_hazard"', "blue 表示临期"),
        ('code = "circular"', 'code = "interview"', "interview 出现了 2 次"),
        ('"draft", ', '"suspended", ', "suspended 不会逾期"),
        ("share = 0.10", "share = 10", "share 应在 0 至 1 之间"),
        ("[30, 90, 180]", "[90, 30]", "after_days 应从小到大"),
        ('["draft"', '["drift"', "chased_states"),
        ("early_days = 7", "early_days = -1", "early_days 不能小于 0"),
        ("report_working_days = 3", "report_working_days = 0", "report_working_days 不能小于 1"),
        ('permission = "list_hazard"', 'permission = "anybody"', "permission"),
        ("lists = true", "listed = true", "不认识的字段 listed"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    path = tmp_path / "chasing.toml"
    path.write_text(text.replace(old, new), "utf-8")
    problems = Problems()
    read_definition(path, problems)
    assert any(said in problem for problem in problems.found), problems.found


def test_an_absent_file_is_one_mistake(tmp_path: Path) -> None:
    problems = Problems()
    read_definition(tmp_path / "none.toml", problems)
    assert problems.found == ["none.toml: 整个文件: 文件不存在"]


def test_a_ladder_without_rungs_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "chasing.toml"
    path.write_text('code = "CHASING"\nversion = 1\n', "utf-8")
    problems = Problems()
    read_definition(path, problems)
    assert any("至少要有一级督办" in problem for problem in problems.found)
