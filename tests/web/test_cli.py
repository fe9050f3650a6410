from pathlib import Path

import pytest
from flask import Flask

from inspect_app.web import translations


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    monkeypatch.setattr(translations, "ENGLISH", file)
    return file


def test_an_update_lists_what_is_not_translated_and_keeps_what_is(app: Flask, english: Path) -> None:
    run = app.test_cli_runner().invoke
    assert "没有找到" in run(args=["translations", "update"]).output
    english.write_text(
        english.read_text("utf-8").replace('msgid "没有找到"\nmsgstr ""', 'msgid "没有找到"\nmsgstr "Not found"'),
        "utf-8",
    )
    again = run(args=["translations", "update"]).output
    assert "没有找到" not in again.splitlines()
    assert "请先登录" in again.splitlines()


def test_an_update_without_changes_writes_the_same_file(app: Flask, english: Path) -> None:
    run = app.test_cli_runner().invoke
    run(args=["translations", "update"])
    first = english.read_bytes()
    run(args=["translations", "update"])
    assert english.read_bytes() == first


def test_a_compiled_catalogue_lies_beside_its_source(app: Flask, english: Path) -> None:
    run = app.test_cli_runner().invoke
    run(args=["translations", "update"])
    assert run(args=["translations", "compile"]).exit_code == 0
    assert english.with_suffix(".mo").exists()
