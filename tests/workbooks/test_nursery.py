"""Reading processes: forked or started, they know nothing, end in time and leave nothing behind."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from inspect_app.core.errors import FileRefused
from inspect_app.workbooks import nursery
from inspect_app.workbooks.limits import DEFAULT
from inspect_app.workbooks.nursery import Mother, environment
from inspect_app.workbooks.read import read_workbook
from tests.workbooks import hostile

WITH_PROCESSES = pytest.mark.skipif(not nursery.FORKS, reason="processes are forked on POSIX only")


@pytest.fixture
def mother(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mother]:
    own = Mother()
    monkeypatch.setattr(nursery, "MOTHER", own)
    yield own
    own.dismiss()


@pytest.fixture(params=[pytest.param(True, marks=WITH_PROCESSES, id="forked"), pytest.param(False, id="started")])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nursery, "FORKS", request.param)


@pytest.mark.usefixtures("either_way")
def test_a_file_is_read_either_way(tmp_path: Path) -> None:
    book = read_workbook(hostile.stored(tmp_path, "甲,乙\n1,2\n".encode()))
    assert [list(column) for column in book.sheets[0].columns] == [["甲", "1"], ["乙", "2"]]


@pytest.mark.usefixtures("either_way")
def test_what_the_reader_does_not_expect_makes_a_broken_file(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(hostile.stored(tmp_path, b"1,2\n"), limits=replace(DEFAULT, text_chars="not a number"))  # type: ignore[arg-type]
    assert refusal.value.file_code == "E_CORRUPT"


@pytest.mark.usefixtures("either_way")
def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(hostile.stored(tmp_path, hostile.plain()), limits=replace(DEFAULT, seconds=0.001))
    assert refusal.value.file_code == "E_LIMIT"


@WITH_PROCESSES
def test_one_mother_serves_many_files_and_another_follows_when_she_is_killed(tmp_path: Path, mother: Mother) -> None:
    file = hostile.stored(tmp_path, b"1,2\n")
    read_workbook(file)
    first = mother._process
    read_workbook(file)
    assert first
    assert mother._process is first
    first.kill()
    first.wait()
    assert read_workbook(file).sheets[0].height == 1
    assert mother._process is not first


@WITH_PROCESSES
def test_children_that_ended_are_not_kept_as_zombies(tmp_path: Path, mother: Mother) -> None:
    file = hostile.stored(tmp_path, b"1,2\n")
    for _ in range(3):
        read_workbook(file)
    assert mother._process
    children = Path(f"/proc/{mother._process.pid}/task/{mother._process.pid}/children")
    until = time.monotonic() + 10
    while children.exists() and children.read_text() and time.monotonic() < until:
        time.sleep(0.01)
    assert not children.exists() or not children.read_text()


@WITH_PROCESSES
def test_a_mother_ends_when_she_is_dismissed(tmp_path: Path, mother: Mother) -> None:
    read_workbook(hostile.stored(tmp_path, b"1,2\n"))
    process = mother._process
    assert process
    mother.dismiss()
    assert process.returncode == 0


def test_the_reader_is_told_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_SECRET_KEY", "not for children")
    assert not [name for name in environment() if name.startswith(("FLASK", "DATABASE"))]
    assert "PATH" in environment() or "PATH" not in os.environ
