"""Environments of their own for peers that are no dependency of ours: what they need is installed when measured."""

import json
import subprocess
import sysconfig
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import Spent

ROOT = Path(__file__).parents[2]


def environment(folder: Path, *requirements: str) -> Path:
    """Make an environment with a peer in it, to which our own libraries and modules are lent; return its Python."""
    venv.create(folder, with_pip=True, symlinks=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=True)
    own = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    lent = [sysconfig.get_path("purelib"), str(ROOT)]
    (Path(own) / "lent.pth").write_text("\n".join(lent) + "\n", "utf-8")
    return python


class Worker:
    """A process that does a piece of work whenever it is asked, and tells what it took."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.peak_mb = 0.0

    def __call__(self) -> Spent:
        """Let it work once."""
        answer = self._ask()
        self.peak_mb = answer["peak_mb"] - answer["idle_mb"]
        return Spent(answer["clock"], answer["processor"])

    def _ask(self) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def worker(python: str | Path, module: str, arguments: Sequence[str]) -> Iterator[Worker]:
    """Start a process on a module that works when it reads a line."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    command = [str(python), "-m", module, *arguments]
    with subprocess.Popen(command, text=True, cwd=ROOT, **pipes) as process:  # type: ignore[call-overload]
        yield Worker(process)
        process.stdin.close()
