from pathlib import Path

import pytest

from inspect_app.launch import checks

BROWSER = Path("/usr/bin/chromium")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the tools that ran; every one that starts with "py" fails."""
    names: list[str] = []

    def run(tool: Path, *_arguments: str, environment: object = None) -> int:
        assert environment is not None
        names.append(tool.stem)
        return 1 if tool.stem == "pytest" else 0

    monkeypatch.setattr(checks, "ensure", lambda: BROWSER)
    monkeypatch.setattr(checks, "run", run)
    return names


def test_every_check_runs_though_one_fails_and_failures_are_listed(
    ran: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert checks.run_all([]) == 1
    assert ran == ["ruff", "ruff", "mypy", "lint-imports", "djlint", "pytest", "pytest"]
    assert capsys.readouterr().out.rstrip().split("\n")[-2:] == [
        "  - 测试（SQLite）（退出码 1）",
        "  - 测试（PostgreSQL）（退出码 1）",
    ]


def test_the_suite_runs_on_both_databases_with_the_browser_named() -> None:
    sqlite, postgres = checks.checks(BROWSER, [])[-2:]
    assert "postgresql" not in sqlite.command
    assert postgres.command[-2:] == ("--database", "postgresql")
    assert sqlite.environment == {"CHROMIUM": str(BROWSER)}


def test_nothing_collected_passes_only_where_arguments_narrowed_the_run() -> None:
    assert checks.NOTHING_COLLECTED not in checks.checks(BROWSER, [])[-1].passing
    assert checks.NOTHING_COLLECTED in checks.checks(BROWSER, ["tests/law"])[-1].passing


def test_arguments_reach_pytest_as_given() -> None:
    assert checks.checks(BROWSER, ["-k", "x"])[-2].command == ("pytest", "-n", "2", "-k", "x")
