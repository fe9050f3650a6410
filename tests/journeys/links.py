"""What stands between a tablet and its server in the field: slow lines that break, proxies with limits, portals."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.journeys.conftest import HOST

PIECE = 2048
HOP = {"connection", "keep-alive", "transfer-encoding", "host", "content-length"}
PORTAL = "<h1>欢迎上网，请先认证</h1>".encode()


class Line:
    """A line of `rate` bytes a second either way (None: as fast as it goes) that breaks after `breaks_after` bytes up.

    `sent` counts the bytes that went up, `broken` how often it broke.
    """

    def __init__(self, server: str) -> None:
        self.target = (HOST, urlsplit(server).port or 80)
        self.rate: int | None = None
        self.breaks_after: int | None = None
        self.sent = self.broken = 0
        self._since = 0
        self._ways = {True: threading.Lock(), False: threading.Lock()}
        self._listening = socket.create_server((HOST, 0))
        self._open = list[socket.socket]()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """Return where the near end is."""
        return f"http://{HOST}:{self._listening.getsockname()[1]}"

    def close(self) -> None:
        """Take the line down."""
        self._listening.close()
        for each in self._open:
            _end(each)

    def _accept(self) -> None:
        while True:
            try:
                near, _where = self._listening.accept()
                far = socket.create_connection(self.target)
            except OSError:
                return
            self._open += [near, far]
            for source, sink, up in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._carry, args=(source, sink), kwargs={"up": up}, daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, *, up: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE):
                self._pace(len(piece), up=up)
                sink.sendall(piece)
                if up and self._breaks(len(piece)):
                    break
        _end(source)
        _end(sink)

    def _pace(self, size: int, *, up: bool) -> None:
        """Let one piece through at a time in each direction, whatever the number of connections."""
        with self._ways[up]:
            if self.rate:
                time.sleep(size / self.rate)

    def _breaks(self, size: int) -> bool:
        self.sent += size
        self._since += size
        if not self.breaks_after or self._since < self.breaks_after:
            return False
        self._since, self.broken = 0, self.broken + 1
        return True


class Gate(ThreadingHTTPServer):
    """A proxy on the way: it refuses bodies over `limit` bytes; as a `portal` it answers everything itself.

    `portal` is None, or the status that the portal answers with: 200 with a page, 302 to one. `refused` and `answered`
    count what it did.
    """

    daemon_threads = True

    def __init__(self, server: str, limit: int) -> None:
        super().__init__((HOST, 0), _Passing)
        self.target, self.limit = urlsplit(server), limit
        self.portal: int | None = None
        self.refused = self.answered = self.largest = 0

    @property
    def address(self) -> str:
        """Return where to reach it."""
        return f"http://{HOST}:{self.server_port}"


class _Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Gate

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.server.portal is not None:
            self.server.answered += 1
            self._tell(self.server.portal, {"Content-Type": "text/html", "Location": "/portal"}, PORTAL)
            return
        self.server.largest = max(self.server.largest, len(body))
        if len(body) > self.server.limit:
            self.server.refused += 1
            self._tell(413, {"Content-Type": "text/html"}, b"<h1>413 Request Entity Too Large</h1>")
            return
        there = HTTPConnection(HOST, self.server.target.port, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        there.request(self.command, self.path, body or None, {**headers, "Host": self.headers["Host"]})
        answer = there.getresponse()
        told = answer.read()
        self._tell(answer.status, [pair for pair in answer.getheaders() if pair[0].lower() not in HOP], told)
        there.close()

    do_GET = do_POST = do_PATCH = do_HEAD = _pass  # noqa: N815 - the names are the library's

    def _tell(self, status: int, headers: dict[str, str] | list[tuple[str, str]], body: bytes) -> None:
        with contextlib.suppress(OSError):
            self.send_response(status)
            for name, value in headers.items() if isinstance(headers, dict) else headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        del format, args


@contextmanager
def line_to(server: str) -> Iterator[Line]:
    """Lay a line to a server."""
    line = Line(server)
    try:
        yield line
    finally:
        line.close()


@contextmanager
def gate_to(server: str, limit: int = 1024 * 1024) -> Iterator[Gate]:
    """Put a proxy before a server."""
    gate = Gate(server, limit)
    thread = threading.Thread(target=gate.serve_forever)
    thread.start()
    try:
        yield gate
    finally:
        gate.shutdown()
        thread.join()
        gate.server_close()


def _end(link: socket.socket) -> None:
    with contextlib.suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)
    link.close()
