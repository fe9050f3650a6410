"""Bytes in the data folder under their hash: written beside, synced, then renamed, so half a file is never found."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from inspect_app.core.database import db
from inspect_app.core.errors import FileRefused
from inspect_app.evidence.rules import HEAD_BYTES

PIECE = 1024 * 1024
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True)
class Received:
    """A file that has arrived but is not kept yet."""

    path: Path
    sha256: str
    size: int
    head: bytes


@dataclass(frozen=True)
class Store:
    """Files under `root`; uploads are refused when less than `reserve` bytes would stay free for the database."""

    root: Path
    reserve: int

    def path_of(self, digest: str) -> Path:
        """Where the bytes with this SHA-256 lie, or would lie."""
        return self.root / "files" / digest[:2] / digest[2:4] / digest

    def thumbnail_of(self, digest: str) -> Path:
        """Where the small picture of these bytes is cached."""
        return self.root / "thumbnails" / digest[:2] / digest[2:4] / f"{digest}.jpg"

    def check_room(self) -> None:
        """Raise FileRefused while no more may be stored."""
        if shutil.disk_usage(self.root).free < self.reserve:
            raise no_room()

    @contextmanager
    def incoming(self, stream: BinaryIO, limit: int) -> Iterator[Received]:
        """Take a stream in, hashing it; what is not kept inside the block is gone after it."""
        self.check_room()
        folder = self.root / "files" / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / secrets.token_hex(16)
        try:
            yield _write(stream, path, limit)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise no_room() from error
            raise
        finally:
            path.unlink(missing_ok=True)

    def keep(self, received: Received) -> Path:
        """Put received bytes in their place; the same bytes again replace themselves, which heals a damaged copy."""
        target = self.path_of(received.sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        received.path.replace(target)
        for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
            _sync_folder(folder)
        return target

    def is_whole(self, digest: str) -> bool:
        """Tell whether the bytes are there and unaltered."""
        try:
            with self.path_of(digest).open("rb") as file:
                return file_digest(file, "sha256").hexdigest() == digest
        except OSError:
            return False


_stores: WeakKeyDictionary[Engine, Store] = WeakKeyDictionary()


def use(store: Store) -> None:
    """Say where the files of the present application lie (each database has its own folder)."""
    _stores[db.engine] = store


def current() -> Store:
    """Return the store of the present application."""
    return _stores[db.engine]


def _write(stream: BinaryIO, path: Path, limit: int) -> Received:
    digest, size, head = sha256(), 0, b""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > limit:
                raise FileRefused(
                    "E_TOO_BIG", "文件超过 %(limit)s MB，没有保存。请压缩后再上传。", limit=limit // PIECE
                )
            head = head or piece[:HEAD_BYTES]
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return Received(path, digest.hexdigest(), size, head)


def no_room() -> FileRefused:
    """Return the refusal of a file for which there is no room."""
    return FileRefused("E_TOO_BIG", "服务器存储空间不足，文件没有保存。请联系系统管理员清理磁盘后再上传。")


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
