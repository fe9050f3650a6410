from pathlib import Path

import pytest

from inspect_app.launch import browser
from inspect_app.launch.machine import LaunchError


@pytest.fixture
def chromium(tmp_path: Path) -> Path:
    path = tmp_path / "chromium"
    path.touch()
    return path


@pytest.fixture(autouse=True)
def _no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(browser.VARIABLE, raising=False)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(browser, "PLACES", ())
    monkeypatch.setattr(browser, "_driver_runs", lambda: True)


def test_the_variable_names_the_browser(monkeypatch: pytest.MonkeyPatch, chromium: Path) -> None:
    monkeypatch.setenv(browser.VARIABLE, str(chromium))
    assert browser.find() == chromium


def test_a_variable_that_names_no_file_is_refused_rather_than_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(browser.VARIABLE, "/nowhere/chromium")
    with pytest.raises(LaunchError, match="/nowhere/chromium"):
        browser.find()


def test_a_browser_on_the_path_is_found(monkeypatch: pytest.MonkeyPatch, chromium: Path) -> None:
    monkeypatch.setattr("shutil.which", {"google-chrome": str(chromium)}.get)
    assert browser.find() == chromium


def test_a_missing_browser_is_installed(monkeypatch: pytest.MonkeyPatch, chromium: Path) -> None:
    def install(packages: tuple[str, ...], _why: str) -> None:
        assert "chromium" in packages
        monkeypatch.setattr("shutil.which", {"chromium": str(chromium)}.get)

    monkeypatch.setattr(browser, "install_packages", install)
    assert browser.ensure() == chromium


def test_where_no_browser_can_be_had_the_mend_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_packages: tuple[str, ...], _why: str) -> None:
        raise LaunchError("没有 apt-get")

    monkeypatch.setattr(browser, "install_packages", refuse)
    with pytest.raises(LaunchError, match="CHROMIUM="):
        browser.ensure()


def test_a_driver_that_still_does_not_run_is_not_passed_over(monkeypatch: pytest.MonkeyPatch, chromium: Path) -> None:
    monkeypatch.setenv(browser.VARIABLE, str(chromium))
    monkeypatch.setattr(browser, "_driver_runs", lambda: False)
    monkeypatch.setattr(browser, "install_packages", lambda _packages, _why: None)
    with pytest.raises(LaunchError, match="没有可用的浏览器"):
        browser.ensure()
