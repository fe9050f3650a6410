"""The application behind the servers that offices run, and clients that break off."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

THREADS = ("--worker-class", "gthread", "--threads", "4", "--workers", "2")
SERVERS = {
    "gunicorn": ("gunicorn", *THREADS, "--bind", "127.0.0.1:{port}", "wsgi:app"),
    "waitress": ("waitress", "--listen=127.0.0.1:{port}", "--threads=4", "wsgi:app"),
}
PATIENCE = 60
SECRET = "only-for-tests-" * 3


@contextmanager
def served(server: str, url: str, data: Path) -> Iterator[int]:
    """Serve the application from a database and a data folder; gives the port."""
    port = free_port()
    command = [sys.executable, "-m", *(part.format(port=port) for part in SERVERS[server])]
    settings = {"FLASK_DATA_DIR": str(data), "FLASK_SQLALCHEMY_DATABASE_URI": url, "FLASK_SECRET_KEY": SECRET}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=quiet, stderr=quiet)
    try:
        await_answer(port)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def await_answer(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/api/v1/handshake")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    msg = "the server does not answer"
    raise RuntimeError(msg)


def broken_off(port: int, head: str, body: bytes, share: float) -> bytes:
    """Send a request whose body ends before its announced length, as when a link goes down; returns what came back."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as link:
        link.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[: int(len(body) * share)])
        link.shutdown(socket.SHUT_WR)
        return drained(link)


def unheard(port: int, head: str, body: bytes) -> None:
    """Send a whole request and hang up before the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as link:
        link.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        time.sleep(0.05)


def drained(link: socket.socket) -> bytes:
    told = b""
    try:
        while piece := link.recv(65536):
            told += piece
    except OSError:
        pass
    return told
