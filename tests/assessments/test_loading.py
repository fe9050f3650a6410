import json
from pathlib import Path

import pytest

from inspect_app.assessments.definition import Scheme
from inspect_app.assessments.loading import FOLDER, load_schemes
from inspect_app.core.errors import DefinitionProblems
from inspect_app.core.frozen import freeze, thaw


def altered(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    text = (FOLDER / "default.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "default.toml").write_text(text, "utf-8")
    with pytest.raises(DefinitionProblems) as refused:
        load_schemes(tmp_path)
    return list(refused.value.problems)


def test_the_default_scheme_carries_a_hundred_points_in_ten_modules() -> None:
    scheme = load_schemes()["DEFAULT"]
    assert scheme.version == 4
    assert scheme.full == 100
    assert [(module.code, int(module.full)) for module in scheme.modules] == [
        ("M1", 10),
        ("M2", 18),
        ("M3", 14),
        ("M4", 12),
        ("M5", 12),
        ("M6", 10),
        ("M7", 7),
        ("M8", 10),
        ("M9", 4),
        ("M10", 3),
    ]
    assert [(line.code, int(line.full)) for line in scheme.modules[1].indicators] == [
        ("M2-01", 2),
        ("M2-02", 3),
        ("M2-03", 2),
        ("M2-04", 6),
        ("M2-05", 3),
        ("M2-06", 2),
    ]
    assert [band.at_least for band in scheme.grades] == [90, 80, 60, 0]
    assert [scheme.deductions_cap, scheme.bonuses_cap] == [10, 5]
    assert len(scheme.vetoes) == 8


def test_every_scheme_can_be_kept_and_read_back() -> None:
    for scheme in load_schemes().values():
        assert thaw(Scheme, json.loads(json.dumps(freeze(scheme)))) == scheme


def test_every_line_names_its_source_and_every_manual_one_its_proof() -> None:
    for scheme in load_schemes().values():
        assert all(line.source for line in scheme.indicators), scheme.code
        entered = [line for line in scheme.indicators if line.manual]
        assert all(line.proof for line in entered), scheme.code


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    problems = altered(
        tmp_path,
        ("full = 6\n", "full = 7\n"),
        ("target = 4 }", "target = 0 }"),
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
        load_schemes(facts={"special_inspections", "self_checks"})


def test_the_hash_names_the_content(tmp_path: Path) -> None:
    text = (FOLDER / "default.toml").read_text("utf-8")
    (tmp_path / "default.toml").write_text(text.replace("at_least = 80", "at_least = 81"), "utf-8")
    assert load_schemes(tmp_path)["DEFAULT"].content_hash != load_schemes()["DEFAULT"].content_hash
