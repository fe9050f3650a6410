"""A mail server and a receiver of webhooks that live in a thread and keep what they are given."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


@dataclass
class Post:
    """What a server was given, and how it behaves: `refuse` are commands it answers with 550."""

    port: int = 0
    refuse: tuple[str, ...] = ()
    hang_up_after_text: bool = False
    hang_up_after_letter: bool = False
    letters: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0


@dataclass
class Parcels:
    """What a receiver was given: headers and body of each request, and what it answers; None hangs up."""

    port: int = 0
    status: int | None = 200
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


class _Clerk(socketserver.StreamRequestHandler):
    """Speaks SMTP as far as a sender needs it."""

    post: Post

    def handle(self) -> None:
        self.post.connections += 1
        self.to = ""
        self.say("220 test")
        while (line := self.rfile.readline().decode().strip()) and self.answered(line):
            pass

    def answered(self, line: str) -> bool:
        """Answer a command; False hangs up."""
        verb = line.split(maxsplit=1)[0].upper()
        if verb in self.post.refuse:
            self.say("550 no")
        elif verb == "DATA":
            return self.took()
        else:
            self.to = line.partition("<")[2].partition(">")[0] if verb == "RCPT" else self.to
            self.say("221 bye" if verb == "QUIT" else "250 ok")
        return verb != "QUIT"

    def took(self) -> bool:
        self.say("354 go on")
        text = "".join(line.decode() for line in iter(self.rfile.readline, b".\r\n"))
        if self.post.hang_up_after_text:
            return False
        self.post.letters.append((self.to, text))
        self.say("250 queued")
        return not self.post.hang_up_after_letter

    def say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


def _parcel_handler(parcels: Parcels) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            parcels.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            if parcels.status is not None:
                self.send_response(parcels.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's signature
            del format, args

    return Handler


@contextmanager
def mail_server() -> Iterator[Post]:
    post = Post()
    handler = type("Handler", (_Clerk,), {"post": post})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        post.port = server.server_address[1]
        yield from _served(server, post)


@contextmanager
def receiver() -> Iterator[Parcels]:
    parcels = Parcels()
    with HTTPServer(("127.0.0.1", 0), _parcel_handler(parcels)) as server:
        parcels.port = server.server_port
        yield from _served(server, parcels)


def _served(server: socketserver.BaseServer, kept: T) -> Iterator[T]:
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        thread.join()
