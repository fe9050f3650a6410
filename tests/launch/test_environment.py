from pathlib import Path

import pytest

from inspect_app.launch import environment
from inspect_app.launch.machine import LaunchError


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Commands that would have been run, in an empty project with two locks."""
    run: list[str] = []
    (tmp_path / "requirements").mkdir()
    (tmp_path / ".venv").mkdir()
    for name in ("run", "dev"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(name)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "installed-locks")
    monkeypatch.setattr(environment, "answers", lambda *_command: True)
    monkeypatch.setattr(environment, "run", lambda *command: note(command, run))
    return run


def note(command: tuple[object, ...], notes: list[str]) -> int:
    notes.append(" ".join(str(part) for part in command))
    return 0


def test_a_lock_is_installed_with_its_hashes_once(commands: list[str]) -> None:
    environment.prepare("run")
    environment.prepare("run")
    assert len(commands) == 1
    assert "--require-hashes" in commands[0]


def test_the_development_lock_brings_the_other_with_it(commands: list[str]) -> None:
    environment.prepare("dev")
    environment.prepare("run")
    assert len(commands) == 1


def test_the_demo_does_not_stand_in_for_the_development_lock(commands: list[str]) -> None:
    environment.prepare("run")
    environment.prepare("dev")
    assert len(commands) == 2


def test_a_changed_lock_is_installed_again(commands: list[str], tmp_path: Path) -> None:
    environment.prepare("run")
    (tmp_path / "requirements" / "run.txt").write_text("changed")
    environment.prepare("run")
    assert len(commands) == 2


@pytest.mark.usefixtures("commands")
def test_a_failed_installation_is_told_and_tried_again_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "run", lambda *_command: 1)
    with pytest.raises(LaunchError, match="PIP_INDEX_URL"):
        environment.prepare("run")
    assert not environment.STAMP.exists()


def test_a_broken_environment_is_made_anew(monkeypatch: pytest.MonkeyPatch, commands: list[str]) -> None:
    monkeypatch.setattr(environment, "answers", lambda *_command: False)
    environment.prepare("run")
    assert "-m venv --clear" in commands[0]


@pytest.mark.usefixtures("commands")
def test_a_python_without_its_venv_part_gets_it_from_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(environment, "answers", lambda *_command: False)
    monkeypatch.setattr(environment, "install_packages", lambda packages, _why: asked.extend(packages))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else object())
    environment.prepare("run")
    assert asked[0].startswith("python3.")
    assert asked[0].endswith("-venv")
