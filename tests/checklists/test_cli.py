"""flask definitions check."""

import json
from pathlib import Path

import pytest
from flask import Flask

from inspect_app.checklists import cli
from inspect_app.checklists.loading import FOLDER, load_library
from inspect_app.core.definitions import Problems


def report(app: Flask) -> tuple[int, dict[str, object]]:
    result = app.test_cli_runner().invoke(args=["definitions", "check", "--json"])
    return result.exit_code, json.loads(result.output)


def test_sound_definitions_are_counted(app: Flask) -> None:
    code, told = report(app)
    assert code == 0
    assert told["checklists"] == {code: len(each.items) for code, each in load_library().checklists.items()}
    assert told["totals"] == {"checklists": 21, "items": 236}
    assert told["problems"] == []
    assert {"schemes", "registers"} <= told.keys()


def test_mistakes_are_named_and_end_in_exit_1(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bases.toml").write_text("", "utf-8")
    (tmp_path / "C03.toml").write_text('code = "C04"\n', "utf-8")
    monkeypatch.setattr(cli, "FOLDER", tmp_path)
    code, told = report(app)
    assert code == 1
    assert any("C04" in str(problem) for problem in told["problems"])  # type: ignore[attr-defined]
    spoken = app.test_cli_runner().invoke(args=["definitions", "check"])
    assert spoken.exit_code == 1
    assert "个问题" in spoken.output


def test_items_that_cite_a_lapsed_basis_are_a_warning_only(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in FOLDER.glob("*.toml"):
        text = file.read_text("utf-8")
        (tmp_path / file.name).write_text(text.replace('basis = "LAW-KSAQ"', 'basis = "REG-591"'), "utf-8")
    monkeypatch.setattr(cli, "FOLDER", tmp_path)
    code, told = report(app)
    assert code == 0
    assert [(each["item"], each["basis"]) for each in told["lapsed"]] == [("C09-02", "REG-591"), ("C09-09", "REG-591")]  # type: ignore[attr-defined]
    spoken = app.test_cli_runner().invoke(args=["definitions", "check"]).output
    assert "21 张检查表 236 项" in spoken
    assert "C09-02：《危险化学品安全管理条例》第十条（自 2026-04-30 后已失效，由《" in spoken


def test_nothing_cites_a_lapsed_basis_today(app: Flask) -> None:
    assert report(app)[1]["lapsed"] == []
    assert "没有检查项引用已失效的依据" in app.test_cli_runner().invoke(args=["definitions", "check"]).output


def test_a_package_above_adds_its_own_kind(app: Flask) -> None:
    def schemes(problems: Problems) -> list[str]:
        problems.note("default.toml", "", "坏了")
        return ["DEFAULT"]

    app.extensions[cli.EXTENSION] = {"schemes": schemes}
    code, told = report(app)
    assert (code, told["schemes"], told["problems"]) == (1, ["DEFAULT"], ["default.toml: 整个文件: 坏了"])


def test_the_lists_kept_are_told_with_state_and_owner(app: Flask) -> None:
    told = json.loads(app.test_cli_runner().invoke(args=["checklists", "list", "--json"]).output)
    row = next(each for each in told if each["code"] == "C03")
    assert (row["number"], row["state"], row["owner"], row["items"]) == (1, "已发布", "系统自带", 16)
    assert "C03　1　已发布　系统自带" in app.test_cli_runner().invoke(args=["checklists", "list", "--all"]).output


def test_a_version_is_told_with_its_items(app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["checklists", "show", "C03"]).output
    assert told.startswith("C03 第 1 版（已发布）")
    assert told.count("C03-") == 16
    kept = json.loads(
        app.test_cli_runner().invoke(args=["checklists", "show", "C03", "--number", "1", "--json"]).output
    )
    assert kept["code"] == "C03"
    assert app.test_cli_runner().invoke(args=["checklists", "show", "C99"]).exit_code == 2
