"""The environment beside the package: `.venv`, filled from a hashed lock, renewed when the lock changes."""

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from inspect_app.launch.machine import ROOT, WINDOWS, LaunchError, answers, install_packages, run, say

FOLDER = ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = FOLDER / "installed-locks"
LOCKS = {"run": ("run",), "dev": ("dev", "run")}  # a lock, and the locks it satisfies
MEND = (
    "依赖没有装全。请检查网络；需要代理时设置 HTTPS_PROXY，使用内网镜像时设置 PIP_INDEX_URL，"
    "离线安装时把 wheel 文件放进一个文件夹并设置 PIP_NO_INDEX=1 和 PIP_FIND_LINKS=该文件夹，然后重试。"
)


def is_inside() -> bool:
    """Tell whether this process already runs in the environment."""
    return Path(sys.prefix).resolve() == FOLDER.resolve()


def prepare(lock: str) -> None:
    """Make the environment where it is missing and install a lock ("run" or "dev") unless a stamp says it is there."""
    if not answers(PYTHON, "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"):
        _make()
    if _fingerprint(lock) in _stamps():
        return
    say("正在准备运行环境：按锁定的版本安装依赖，第一次需要几分钟……")
    pip = (PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes")
    if run(*pip, "-r", _file(lock)) != 0:
        raise LaunchError(MEND)
    STAMP.write_text("".join(f"{_fingerprint(name)}\n" for name in LOCKS[lock]), encoding="ascii")
    say("运行环境已就绪。")


def go_on_inside(arguments: list[str]) -> NoReturn:
    """Start over inside the environment with the same arguments."""
    command = [str(PYTHON), "-m", "inspect_app", *arguments]
    os.chdir(ROOT)
    if WINDOWS:
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)  # noqa: S606 - our own interpreter, no shell


def _make() -> None:
    say(f"正在建立运行环境：{FOLDER}")
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        install_packages([f"{version}-venv"], "这台机器的 Python 缺少 venv 组件")
    if run(sys.executable, "-m", "venv", "--clear", FOLDER) != 0:
        raise LaunchError(f"运行环境没有建成。请确认磁盘有空间、文件夹 {ROOT} 可写，删除 .venv 后重试。")


def _file(lock: str) -> Path:
    return ROOT / "requirements" / f"{lock}.txt"


def _fingerprint(lock: str) -> str:
    return hashlib.sha256(_file(lock).read_bytes()).hexdigest()


def _stamps() -> set[str]:
    return set(STAMP.read_text(encoding="ascii").split()) if STAMP.exists() else set()
