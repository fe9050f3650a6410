"""Packages import downwards, pure modules reach nothing but pure modules, and starting up loads nothing heavy."""

import subprocess
import sys
from functools import lru_cache

import grimp
import pytest
from importlinter.cli import lint_imports

from tests.architecture.sources import ROOT, ours

PURE = {"lifecycle", "rules", "scoring", "recognise"}
FIRST_READ = ("inspect_app", "inspect_app.__main__")
LAUNCH = "inspect_app.launch"
THERE_AFTER_INSTALLING = {"waitress", "wsgi"}
HEAVY = ("pandas", "numpy", "plotly", "openpyxl", "python_calamine", "alembic")


@lru_cache
def graph(*, at_run_time: bool = False) -> grimp.ImportGraph:
    return grimp.build_graph(
        "inspect_app", include_external_packages=True, exclude_type_checking_imports=at_run_time, cache_dir=None
    )


def third_parties(module: str, *, at_run_time: bool = False) -> set[str]:
    found = graph(at_run_time=at_run_time).find_modules_directly_imported_by(module)
    return {name for name in found if not name.startswith("inspect_app") and name not in sys.stdlib_module_names}


def test_every_import_contract_of_the_project_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert outcome == 0, capsys.readouterr().out


@pytest.mark.parametrize("module", [source.name for source in ours() if source.stem in PURE])
def test_a_pure_module_reaches_only_the_standard_library(module: str) -> None:
    reached = {module, *graph().find_upstream_modules(module)}
    own = {name for name in reached if name.startswith("inspect_app")}
    impure = {name: sorted(libraries) for name in own if (libraries := third_parties(name))}
    assert not impure


@pytest.mark.parametrize("module", [*FIRST_READ, *(source.name for source in ours() if source.name.startswith(LAUNCH))])
def test_what_runs_before_anything_is_installed_needs_only_the_standard_library(module: str) -> None:
    assert not third_parties(module, at_run_time=True) - THERE_AFTER_INSTALLING
    inside = {name for name in graph().find_modules_directly_imported_by(module) if name.startswith("inspect_app")}
    assert all(name.startswith(LAUNCH) for name in inside - {"inspect_app.factory"})


def test_importing_the_package_loads_no_third_party() -> None:
    code = "import sys, inspect_app; print('flask' in sys.modules, 'sqlalchemy' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "False"]


def test_starting_the_application_loads_neither_data_frames_nor_spreadsheet_libraries() -> None:
    code = f"import sys; from inspect_app import factory; print([name for name in {HEAVY} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
