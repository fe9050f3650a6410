from pathlib import Path

import pytest

from inspect_app.assessments.loading import FOLDER, load_schemes
from inspect_app.core.errors import DefinitionProblems


def altered(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    text = (FOLDER / "default.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "default.toml").write_text(text, "utf-8")
    with pytest.raises(DefinitionProblems) as refused:
        load_schemes(tmp_path)
    return list(refused.value.problems)


def test_the_default_scheme_carries_eighteen_points_in_one_module() -> None:
    scheme = load_schemes()["DEFAULT"]
    assert scheme.version == 2
    assert scheme.full == 18
    assert [(line.code, int(line.full)) for line in scheme.indicators] == [
        ("M2-01", 2),
        ("M2-02", 3),
        ("M2-03", 2),
        ("M2-04", 6),
        ("M2-05", 3),
        ("M2-06", 2),
    ]
    assert [band.at_least for band in scheme.grades] == [90, 80, 60, 0]


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    problems = altered(
        tmp_path,
        ("full = 6", "full = 7"),
        ("target = 1", "target = 0"),
        ("cutoff = 0.2", "cutoff = 20"),
        ('code = "M2-02"', 'code = "M2-01"'),
        ("at_least = 80", "at_least = 95"),
        ('unit = "次"', 'unite = "次"'),
    )
    text = "\n".join(problems)
    for part in (
        "合计 19",
        "target 应大于 0",
        "cutoff 应在 0 到 1 之间",
        "M2-01 重复",
        "等次界限应逐级降低",
        "缺少字段 unit",
        "不认识的字段 unite",
    ):
        assert part in text


def test_an_unknown_rule_is_a_mistake(tmp_path: Path) -> None:
    assert "kind 应为以下之一" in altered(tmp_path, ('kind = "rate"', 'kind = "magic"'))[0]


def test_a_fact_without_source_is_a_mistake() -> None:
    with pytest.raises(DefinitionProblems, match="没有名为 coverage 的数据来源"):
        load_schemes(facts={"special_inspections", "self_checks", "closed_on_time", "major_cleared", "rebounds"})


def test_the_hash_names_the_content(tmp_path: Path) -> None:
    text = (FOLDER / "default.toml").read_text("utf-8")
    (tmp_path / "default.toml").write_text(text.replace("at_least = 80", "at_least = 81"), "utf-8")
    assert load_schemes(tmp_path)["DEFAULT"].content_hash != load_schemes()["DEFAULT"].content_hash
