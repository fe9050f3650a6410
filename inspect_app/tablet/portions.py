"""Files on their way: each portion a file of its own, named by where it begins.

A portion is written beside and renamed, so half a portion is never found, and the same portion twice is one. How much
has arrived is how far portions follow each other from the beginning; the database is not asked.
"""

import io
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from inspect_app.evidence.store import NO_ROOM, Store, no_room

FOLDER = "uploads"


class Portions:
    """The portions of one upload."""

    def __init__(self, store: Store, uuid: str) -> None:
        self._store, self.folder = store, store.root / FOLDER / uuid

    def length(self) -> int:
        """Return how many bytes have arrived without a gap."""
        return sum(size for _path, size in self._chain())

    def put(self, offset: int, content: bytes) -> None:
        """Keep a portion; raises FileRefused when the disk is full."""
        self._store.check_room()
        self.folder.mkdir(parents=True, exist_ok=True)
        beside = self.folder / f"new-{secrets.token_hex(8)}"
        try:
            beside.write_bytes(content)
            beside.replace(self.folder / f"{offset:012d}")
        except OSError as error:
            if error.errno in NO_ROOM:
                raise no_room() from error
            raise
        finally:
            beside.unlink(missing_ok=True)

    def stream(self) -> io.BufferedReader:
        """Return everything that has arrived as one stream."""
        return io.BufferedReader(_Joined([path for path, _size in self._chain()]))

    def forget(self) -> None:
        """Remove the portions; doing it again changes nothing."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _chain(self) -> Iterator[tuple[Path, int]]:
        offset = 0
        while True:
            path = self.folder / f"{offset:012d}"
            try:
                size = path.stat().st_size
            except OSError:
                return
            if not size:
                return
            yield path, size
            offset += size


class _Joined(io.RawIOBase):
    """Reads files one after the other."""

    def __init__(self, paths: list[Path]) -> None:
        self._paths, self._descriptor = list(paths), -1

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer that can be written
        while True:
            if self._descriptor < 0:
                if not self._paths:
                    return 0
                self._descriptor = os.open(self._paths.pop(0), os.O_RDONLY | getattr(os, "O_BINARY", 0))
            if count := os.readv(self._descriptor, [buffer]) if hasattr(os, "readv") else self._read(buffer):
                return count
            self._leave()

    def close(self) -> None:
        self._leave()
        super().close()

    def _read(self, buffer: memoryview) -> int:
        content = os.read(self._descriptor, len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def _leave(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
