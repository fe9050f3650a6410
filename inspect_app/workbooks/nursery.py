"""Where reading processes come from: forked off a mother that has loaded everything and never saw a file.

Starting an interpreter takes several times longer than reading a county's month. Where processes cannot be forked, each
file has an interpreter of its own. Either way the process knows no settings and no secrets.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Lock, Timer
from typing import IO, cast

import inspect_app
from inspect_app.workbooks.limits import Limits

FORKS = hasattr(os, "fork") and hasattr(socket, "send_fds")
NOWHERE = subprocess.DEVNULL
INHERITED = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH", "TMPDIR")


@contextmanager
def reading(path: Path, limits: Limits) -> Iterator[IO[bytes]]:
    """Begin to read a file: the stream of the answer, which ends at the latest when `limits.seconds` are over."""
    begin = _forked if FORKS else _started
    with begin(str(path), asdict(limits), limits.seconds) as stream:
        yield stream


@contextmanager
def _forked(path: str, bounds: dict[str, float], seconds: float) -> Iterator[IO[bytes]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        MOTHER.ask(json.dumps([path, bounds]).encode(), theirs)
        theirs.close()
        with _alarm(seconds, lambda: ours.shutdown(socket.SHUT_RDWR)), ours.makefile("rb") as stream:
            yield stream


@contextmanager
def _started(path: str, bounds: dict[str, float], seconds: float) -> Iterator[IO[bytes]]:
    command = [sys.executable, "-P", "-m", "inspect_app.workbooks.child", path, json.dumps(bounds)]
    with subprocess.Popen(  # noqa: S603 - our own module, the file only as an argument
        command, stdin=NOWHERE, stdout=subprocess.PIPE, stderr=NOWHERE, env=environment()
    ) as child:
        try:
            with _alarm(seconds, child.kill):
                yield cast("IO[bytes]", child.stdout)
        finally:
            child.kill()


@contextmanager
def _alarm(seconds: float, ring: Callable[[], None]) -> Iterator[None]:
    watch = Timer(seconds, ring)
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


class Mother:
    """The process that children are forked off: one for each process that reads, started with its first file."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def ask(self, request: bytes, answer: socket.socket) -> None:
        """Have a child forked that answers on this socket."""
        with self._lock:
            try:
                socket.send_fds(self._at_hand(), [request], [answer.fileno()])
            except OSError:
                self.dismiss()
                socket.send_fds(self._at_hand(), [request], [answer.fileno()])

    def dismiss(self) -> None:
        """Let the mother end, if this process has one."""
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            self._process.wait()
        self._control = self._process = None

    def _at_hand(self) -> socket.socket:
        if self._control is None or self._owner != os.getpid():
            self._control = self._begin()
        return self._control

    def _begin(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-P", "-m", "inspect_app.workbooks.mother", str(theirs.fileno())]
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command, stdin=NOWHERE, stdout=NOWHERE, stderr=NOWHERE, env=environment(), pass_fds=[theirs.fileno()]
            )
        self._owner = os.getpid()
        return ours


MOTHER = Mother()
atexit.register(MOTHER.dismiss)


def environment() -> dict[str, str]:
    """Return no settings and no secrets: only what an interpreter needs to start and to find this package."""
    root = str(Path(inspect_app.__file__).parent.parent)
    return {"PYTHONPATH": root, **{name: os.environ[name] for name in INHERITED if name in os.environ}}
