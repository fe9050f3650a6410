"""The file of clocks names all its mistakes at once; what a notice leaves open stays open."""

from pathlib import Path

from inspect_app.core.definitions import Problems
from inspect_app.quakes.loading import FILE, check_definitions, definitions, read_definitions
from inspect_app.quakes.words import FaultKind, ReportKind

WRONG = """
version = 1
[[clocks]]
code = "first"
title = "初报"
text = "文字"
kind = "first"
starts = "quake"
[[clocks.rules]]
region = "62x"
level = "prefecture"
obligation = "ZY-99"
[[clocks.rules]]
region = "6207"
level = "prefecture"
owed_by = ["地震局"]
minutes = { key = "m", settings = [{ region = "6207", value = 0 }] }
[[clocks.rules]]
region = "6207"
level = "prefecture"
owed_by = ["地震局"]
extra = 1
[penalties]
late = -1
"""


def test_the_shipped_file_is_free_of_mistakes() -> None:
    problems = Problems()
    assert "first" in check_definitions(problems)
    assert problems.found == []


def test_every_mistake_is_named(tmp_path: Path) -> None:
    path = tmp_path / "clocks.toml"
    path.write_text(WRONG, "utf-8")
    problems = Problems()
    read_definitions(path, problems)
    told = "\n".join(problems.found)
    for part in ("62x", "ZY-99", "owed_by 不能为空", "大于 0 的整数", "只能有一条", "extra", "罚分不能小于 0"):
        assert part in told


def test_a_file_that_is_not_there_is_one_mistake(tmp_path: Path) -> None:
    problems = Problems()
    assert read_definitions(tmp_path / "none.toml", problems).clocks == {}
    assert len(problems.found) == 1


def test_penalties_are_those_of_the_domain_reference() -> None:
    told = {kind.value: str(definitions().penalty(kind)) for kind in FaultKind}
    assert told == {"late": "0.5", "omitted": "1.5", "wrong": "1", "concealed": "2", "false": "2", "chaotic": "0"}


def test_proposals_stand_only_where_a_place_takes_them() -> None:
    for clock in definitions().clocks.values():
        for rule in clock.rules:
            taken = [number for _role, number in rule.asked.measure.numbers if number.proposal and number.settings]
            assert rule.proposals or not taken, (clock.code, rule.region)


def test_clocks_of_one_place_have_one_first_report() -> None:
    kinds = [each.kind for each in definitions().clocks.values()]
    assert kinds.count(ReportKind.FIRST) == kinds.count(ReportKind.FINAL) == 1
    assert FILE.name == "clocks.toml"
