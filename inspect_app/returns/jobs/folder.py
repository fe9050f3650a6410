"""The folder of a job beside the data: the file sent, how far the work has come, signs of life, the wish to stop.

Not in the database, because the one writer of SQLite is the job itself.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from inspect_app.core import clock

BEAT_SECONDS = 1.0
SILENT_SECONDS = 15.0


class Progress(NamedTuple):
    """What is being done, a key of `work.PHASES`, and how much of the whole is behind."""

    phase: str
    percent: int


BEGINNING = Progress("waiting", 0)


@dataclass(frozen=True)
class Folder:
    """The folder of one job."""

    path: Path

    @classmethod
    def of(cls, data: Path, uuid: str) -> "Folder":
        """Return where a job has its folder."""
        return cls(data / "jobs" / uuid)

    @property
    def upload(self) -> Path:
        """Where the file that was sent lies."""
        return self.path / "upload"

    @property
    def log(self) -> Path:
        """Where the process writes what goes wrong."""
        return self.path / "worker.log"

    def make(self) -> None:
        """Make the folder; whoever makes it is the first sign of life."""
        self.path.mkdir(parents=True, exist_ok=True)
        (self.path / "stop").unlink(missing_ok=True)
        self._alive.touch()

    def remove(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.path, ignore_errors=True)

    def say(self, progress: Progress) -> None:
        """Note how far the work has come; a reader finds the note before or this one, never half of it."""
        fresh = self.path / "progress.new"
        fresh.write_text(json.dumps(progress), "utf-8")
        fresh.replace(self.path / "progress.json")

    def progress(self) -> Progress:
        """Return how far the work has come."""
        try:
            phase, percent = json.loads((self.path / "progress.json").read_text("utf-8"))
            return Progress(phase, percent)
        except (OSError, ValueError):
            return BEGINNING

    def ask_to_stop(self) -> None:
        """Ask the process to end without a result."""
        if self.path.is_dir():
            (self.path / "stop").touch()

    def is_asked_to_stop(self) -> bool:
        """Tell whether somebody asked."""
        return (self.path / "stop").exists()

    def is_silent(self) -> bool:
        """Tell whether no sign of life has come for a while."""
        try:
            return clock.now().timestamp() - self._alive.stat().st_mtime > SILENT_SECONDS
        except OSError:
            return True

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Give signs of life as long as the work goes on."""
        ended = Event()
        thread = Thread(target=self._beat, args=(ended,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    @property
    def _alive(self) -> Path:
        return self.path / "alive"

    def _beat(self, ended: Event) -> None:
        while not ended.wait(BEAT_SECONDS):
            self._alive.touch()
