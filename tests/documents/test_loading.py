"""The definitions of documents: what ships is right, and every mistake of an office is named."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from inspect_app.core.definitions import Problems
from inspect_app.documents.kinds import KINDS, Family
from inspect_app.documents.loading import FOLDER, library, read_library, register


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "documents"
    shutil.copytree(FOLDER, copy)
    return copy


def mistakes(folder: Path) -> str:
    problems = Problems()
    read_library(folder, problems, register())
    return "\n".join(problems.found)


def change(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / f"{name}.toml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_all_kinds_ship_with_a_template(folder: Path) -> None:
    assert mistakes(folder) == ""
    assert library().kinds.keys() == KINDS.keys()
    assert {kind.family for kind in library().kinds.values()} == set(Family)


def test_the_titles_of_the_five_bodies_are_there() -> None:
    assert library().issuers.keys() == {"6207", "3715", "6542", "2101", "640302"}


@pytest.mark.parametrize(
    ("name", "before", "after", "sentence"),
    [
        ("circular", 'code = "circular"', 'code = "novel"', "code 应为已有的文书种类之一"),
        ("circular", "{number}号", "{numbr}号", "number 只能用"),
        ("circular", '"hazard", "campaign"', '"horse"', "subjects 应为"),
        ("circular", 'basis = "LAW-FZJZ"', 'basis = "LAW-XYZ"', "依据 LAW-XYZ 不在登记册中"),
        ("circular", 'code = "scope"', 'code = "addressee"', "字段编号重复"),
        ("circular", 'code = "scope"', 'code = "number"', "字段编号不能用"),
        ("circular", 'code = "scope"', 'code = "Scope 1"', "只能用小写字母"),
        ("circular", ', kind = "rows"', "", "rows 字段须有 columns"),
        ("circular", 'family = "letter"', 'family = "poem"', "family 应为以下之一"),
        ("circular", 'series = "抗震办"', 'seris = "抗震办"', "不认识的字段 seris"),
        ("closure_form", 'role = "leader"', 'role = "king"', "role 应为以下之一"),
        ("recheck_opinion", '"rectification_order"', '"love_letter"', "after 中有不认识的文书"),
        ("issuers", 'region = "3715"', 'region = "6207"', "地区或简称重复"),
        ("issuers", 'court = "塔城市人民法院"', "", "诉讼法院"),
    ],
)
def test_every_mistake_is_named_with_its_file(folder: Path, name: str, before: str, after: str, sentence: str) -> None:
    change(folder, name, before, after)
    found = mistakes(folder)
    assert sentence in found
    assert f"{name}.toml" in found


def test_a_missing_template_is_named(folder: Path) -> None:
    (folder / "circular.docx").unlink()
    (folder / "circular.toml").unlink()
    found = mistakes(folder)
    assert "circular.docx: 整个文件: 缺少模板" in found
    assert "circular.toml: 整个文件: 缺少这种文书的定义" in found


def test_templates_are_listed_and_written_on_demand(app: Flask, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    order = ["documents", "templates", "--only", "circular", "--folder", str(tmp_path)]
    assert "将写入" in runner.invoke(args=order).output
    assert not (tmp_path / "circular.docx").exists()
    assert "已写入" in runner.invoke(args=[*order, "--write"]).output
    assert (tmp_path / "circular.docx").read_bytes().startswith(b"PK")
    assert runner.invoke(args=["documents", "templates", "--only", "novel"]).exit_code == 1


def test_the_fonts_in_use_are_told(app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["documents", "fonts"]).output
    assert "正文（仿宋）：" in told
    assert all(line.partition("：")[2] for line in told.splitlines())
