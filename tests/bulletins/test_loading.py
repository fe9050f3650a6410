"""The templates of bulletins: what ships is right, and every mistake of an office is named."""

import shutil
from pathlib import Path

import pytest

from inspect_app.bulletins.definition import Occasion
from inspect_app.bulletins.loading import FOLDER, read_templates, template_of, templates
from inspect_app.core.definitions import Problems
from inspect_app.core.errors import NotFound


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "bulletins"
    shutil.copytree(FOLDER, copy)
    return copy


def mistakes(folder: Path) -> str:
    problems = Problems()
    read_templates(folder, problems)
    return "\n".join(problems.found)


def test_a_month_and_a_campaign_can_be_told_of(folder: Path) -> None:
    assert mistakes(folder) == ""
    assert {each.occasion for each in templates().values()} == set(Occasion)


def test_an_unknown_template_is_not_found() -> None:
    with pytest.raises(NotFound):
        template_of("weekly")


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('code = "monthly"', 'code = "weekly"', "code 应与文件名相同"),
        ("【本期发现】条", "【本月发现】条", "没有名为“本月发现”的数字"),
        ("【本期发现】条", "25条", "“25条”是手写的数字"),
        ("各县（市、区）要对照通报", "重点危险区要对照通报", "不得公开"),
        ('matter = "【时段】', 'matter = "【发现隐患】', "matter 中不能有数字"),
        ('by = "on_time_rate"', 'by = "zeal"', "by 应为已有的数字"),
        ("most = 3", "most = 0", "须有 line、none 和 most"),
        ('{figure = "due", at_least = 3}', '{figure = "due"}', "至少写明 at_least、at_most 中的一个"),
        ('{figure = "due",', '{figure = "zeal",', "不认识的数字 zeal"),
        ('"suspended", "closing_rate"]', '"suspended"]', "列应与文书字段相同"),
        ('code = "laggards"', 'code = "idlers"', "字段一一对应"),
        ('document = "bulletin"', 'document = "circular"', "只为通报开具"),
        ('followed = "year"', 'followed = "campaign"', "只能用在专项检查后"),
        ("fresh_days = 7", "fresh_dys = 7", "不认识的字段 fresh_dys"),
        ("【县】：到期", "【线】：到期", "没有名为“线”的数字"),
    ],
)  # fmt: skip
def test_mistakes_are_named(folder: Path, before: str, after: str, sentence: str) -> None:
    path = folder / "monthly.toml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    assert sentence in mistakes(folder)
