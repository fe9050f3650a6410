"""B10: the list of hazards under gunicorn with 2 workers and 16 clients, against the same page drawn from memory."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

from tests.benchmarks.applications import template
from tests.benchmarks.b5_list import stocked
from tests.benchmarks.measuring import RUNS, Result
from tests.benchmarks.served import COOKIE, HOME, URL

GOAL, TAIL = 2.0, 3.0
CLIENTS, WORKERS, REQUESTS, PATIENCE = 16, 2, 40, 60
PORTS = {"ours": 8471, "from_memory": 8472}


def measure(rows: int = 1_000_000) -> Result:
    """Let 16 clients ask 40 times each, of both in turn; an answer that is none ends the run."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template("sqlite", home))
        url = stack.enter_context(source.copy())
        client = stack.enter_context(stocked(partial(_again, url), home, rows))
        cookie = client.get_cookie("session")
        assert cookie is not None
        known = {URL: url, HOME: str(home / "data"), COOKIE: cookie.value}
        for name, port in PORTS.items():
            stack.enter_context(_served(name, port, known))
        rounds = [{name: _asked(port, cookie.value) for name, port in PORTS.items()} for _run in range(RUNS + 1)][1:]
    ours, reference = ([_quantile(each[name], 95) for each in rounds] for name in PORTS)
    ratio = statistics.median(mine / theirs for mine, theirs in zip(ours, reference, strict=True))
    tail = statistics.median(_quantile(each["ours"], 99) / _quantile(each["ours"], 50) for each in rounds)
    note = f"{rows} hazards; seconds are p95 of {CLIENTS} clients; p99 is {tail:.2f} times p50 (goal {TAIL})"
    mine, theirs = (round(statistics.median(each), 4) for each in (ours, reference))
    held = ratio <= GOAL and tail <= TAIL
    return Result("B10", mine, theirs, round(ratio, 2), GOAL, 0.0, held, 0.0, 0.0, 0.0, note)


@contextmanager
def _again(url: str) -> Iterator[str]:
    """Give a database that outlives the application that filled it."""
    yield url


@contextmanager
def _served(name: str, port: int, known: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([*command, f"tests.benchmarks.served:{name}()"], env={**os.environ, **known}, **quiet)  # type: ignore[call-overload]
    try:
        _wait(port)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            _ask(HTTPConnection("127.0.0.1", port, timeout=PATIENCE), "")
        except OSError:
            time.sleep(0.2)
        else:
            return
    msg = "the server does not answer"
    raise RuntimeError(msg)


def _asked(port: int, cookie: str) -> list[float]:
    """Return how long each answer took, over all clients."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = pool.map(lambda _number: _client(port, cookie), range(CLIENTS))
        return sorted(seconds for each in found for seconds in each)


def _client(port: int, cookie: str) -> list[float]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    took = []
    for _number in range(REQUESTS):
        began = time.perf_counter()
        assert _ask(connection, cookie) == 200
        took.append(time.perf_counter() - began)
    connection.close()
    return took


def _ask(connection: HTTPConnection, cookie: str) -> int:
    connection.request("GET", "/hazards", headers={"Cookie": f"session={cookie}"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _quantile(took: list[float], percent: int) -> float:
    return took[min(len(took) * percent // 100, len(took) - 1)]
