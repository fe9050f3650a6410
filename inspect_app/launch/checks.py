"""Every check of the project in one order, all of them run even when an early one fails."""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inspect_app.launch.browser import VARIABLE, ensure
from inspect_app.launch.machine import WINDOWS, run, say

NOTHING_COLLECTED = 5
POSTGRES_VARIABLE = "INSPECT_TEST_POSTGRES_URL"


@dataclass(frozen=True)
class Check:
    """A command of the environment, its name for the user, and the exit codes that mean it passed."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    passing: frozenset[int] = frozenset({0})


def run_all(pytest_arguments: Sequence[str]) -> int:
    """Run the checks, list what failed, and return 1 if anything did; arguments narrow the pytest runs."""
    browser = ensure()
    failed = []
    for check in checks(browser, pytest_arguments):
        say(f"\n━━ {check.name}：{' '.join(check.command)}")
        began = time.monotonic()
        code = run(_tool(check.command[0]), *check.command[1:], environment=check.environment)
        if code not in check.passing:
            failed.append(f"{check.name}（退出码 {code}）")
        say(f"━━ {check.name}：{'通过' if code in check.passing else '未通过'}，{time.monotonic() - began:.0f} 秒")
    say("\n全部检查通过。" if not failed else "\n未通过的检查：\n" + "\n".join(f"  - {line}" for line in failed))
    return 1 if failed else 0


def checks(browser: Path, pytest_arguments: Sequence[str]) -> list[Check]:
    """List the checks in the order in which they run."""
    environment = {VARIABLE: str(browser)}
    pytest = ("pytest", "-n", "2", *pytest_arguments)
    narrowed = frozenset({0, NOTHING_COLLECTED}) if pytest_arguments else frozenset({0})
    rows = [
        Check("代码规范", ("ruff", "check", ".")),
        Check("代码格式", ("ruff", "format", "--check", ".")),
        Check("类型", ("mypy",)),
        Check("包之间的依赖", ("lint-imports",)),
        Check("页面模板", ("djlint", "inspect_app", "--lint", "--quiet")),
        Check("测试（SQLite）", pytest, environment),
    ]
    if WINDOWS and POSTGRES_VARIABLE not in os.environ:
        say(f"这台机器没有内置的 PostgreSQL，相应测试不会运行；设置 {POSTGRES_VARIABLE} 为一个空服务器的地址即可运行。")
        return rows
    postgres = (*pytest, "-m", "database and not browser", "--database", "postgresql")
    return [*rows, Check("测试（PostgreSQL）", postgres, environment, narrowed)]


def _tool(name: str) -> Path:
    return Path(sys.executable).parent / (f"{name}.exe" if WINDOWS else name)
