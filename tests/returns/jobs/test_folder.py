import os
import time
from pathlib import Path

import pytest

from inspect_app.returns.jobs import folder as module
from inspect_app.returns.jobs.folder import SILENT_SECONDS, Folder, Progress


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder.of(tmp_path, "a")
    made.make()
    return made


def grow_old(folder: Folder, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(folder.path / "alive", (then, then))


def test_progress_is_told_and_read(folder: Folder) -> None:
    assert folder.progress() == Progress("waiting", 0)
    folder.say(Progress("writing", 70))
    assert folder.progress() == Progress("writing", 70)


@pytest.mark.parametrize("text", ["", "[", "[1, 2, 3]"])
def test_a_note_that_cannot_be_read_tells_nothing(folder: Folder, text: str) -> None:
    (folder.path / "progress.json").write_text(text)
    assert folder.progress() == Progress("waiting", 0)


def test_a_job_is_silent_when_no_sign_of_life_has_come_for_a_while(folder: Folder) -> None:
    assert not folder.is_silent()
    grow_old(folder, SILENT_SECONDS + 1)
    assert folder.is_silent()
    folder.make()
    assert not folder.is_silent()


def test_work_gives_signs_of_life(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.01)
    grow_old(folder, SILENT_SECONDS + 1)
    with folder.beating():
        until = time.monotonic() + 5
        while folder.is_silent() and time.monotonic() < until:
            time.sleep(0.01)
    assert not folder.is_silent()


def test_a_wish_to_stop_is_heard_and_forgotten_when_begun_anew(folder: Folder) -> None:
    assert not folder.is_asked_to_stop()
    folder.ask_to_stop()
    assert folder.is_asked_to_stop()
    folder.make()
    assert not folder.is_asked_to_stop()


def test_nothing_is_left_behind(folder: Folder) -> None:
    folder.say(Progress("writing", 1))
    folder.remove()
    assert not folder.path.exists()
    assert folder.is_silent()
    folder.ask_to_stop()
    assert not folder.path.exists()
