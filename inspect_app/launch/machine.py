"""The machine below us: telling the user what happens, running commands, and installing system packages."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = os.name == "nt"


class LaunchError(Exception):
    """Why we cannot go on, as a sentence that tells how to mend it."""


def say(sentence: str) -> None:
    """Tell the user, at once even through a pipe."""
    print(sentence, flush=True)


def speak_utf8() -> None:
    """Print Chinese whatever the locale says, here and in every process we start."""
    os.environ["PYTHONUTF8"] = "1"
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def run(*command: str | Path, environment: Mapping[str, str] | None = None) -> int:
    """Run a command in the project folder with its output shown; return its exit code."""
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, env={**os.environ, **(environment or {})}, check=False
    ).returncode


def answers(*command: str | Path) -> bool:
    """Tell whether a command runs and succeeds, showing nothing."""
    try:
        done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def install_packages(packages: Sequence[str], why: str) -> None:
    """Install Debian packages, printing each command first; raises LaunchError where that is not possible."""
    by_hand = f"apt-get install {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise LaunchError(
            f"{why}，而这台机器没有 apt-get。请自行安装（Debian 系统上的软件包名：{' '.join(packages)}），然后重试。"
        )
    prefix = _as_root()
    if prefix is None:
        raise LaunchError(f"{why}。请以管理员身份执行：{by_hand}，然后重试。")
    say(f"{why}，正在安装系统软件包……")
    quiet = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q")
    _show_and_run(*prefix, *quiet, "update")
    if _show_and_run(*prefix, *quiet, "install", "-y", "--no-install-recommends", *packages) != 0:
        raise LaunchError(f"系统软件包没有装上。请检查网络或软件源，手工执行：{by_hand}，然后重试。")


def _as_root() -> tuple[str, ...] | None:
    if not WINDOWS and os.geteuid() == 0:
        return ()
    return ("sudo",) if shutil.which("sudo") else None


def _show_and_run(*command: str) -> int:
    say("  $ " + " ".join(command))
    return run(*command)
