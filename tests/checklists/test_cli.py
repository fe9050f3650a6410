"""flask definitions check."""

import json
from pathlib import Path

import pytest
from flask import Flask

from inspect_app.checklists import cli
from inspect_app.checklists.loading import load_library
from inspect_app.core.definitions import Problems


def report(app: Flask) -> tuple[int, dict[str, object]]:
    result = app.test_cli_runner().invoke(args=["definitions", "check", "--json"])
    return result.exit_code, json.loads(result.output)


def test_sound_definitions_are_counted(app: Flask) -> None:
    code, told = report(app)
    assert code == 0
    assert told["checklists"] == {code: len(each.items) for code, each in load_library().checklists.items()}
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


def test_a_package_above_adds_its_own_kind(app: Flask) -> None:
    def schemes(problems: Problems) -> list[str]:
        problems.note("default.toml", "", "坏了")
        return ["DEFAULT"]

    app.extensions[cli.EXTENSION] = {"schemes": schemes}
    code, told = report(app)
    assert (code, told["schemes"], told["problems"]) == (1, ["DEFAULT"], ["default.toml: 整个文件: 坏了"])
