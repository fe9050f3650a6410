"""The command line before anything is installed."""

import os
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT


def start(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "inspect_app", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "参数有误"),
        (("serve",), "serve"),
        (("demo", "--port", "70000"), "1 到 65535"),
        (("demo", "--port", "八千"), "1 到 65535"),
        (("demo", "--fast"), "--fast"),
    ],
)
def test_bad_arguments_end_in_a_sentence_and_exit_2_whatever_the_locale(arguments: tuple[str, ...], said: str) -> None:
    answer = start(*arguments)
    assert answer.returncode == 2
    assert said in answer.stderr.decode("utf-8")
    assert len(answer.stderr.decode("utf-8").splitlines()) == 1


@pytest.mark.parametrize("arguments", [("--help",), ("demo", "--help"), ("test", "--help")])
def test_help_is_given_in_chinese_whatever_the_locale(arguments: tuple[str, ...]) -> None:
    answer = start(*arguments)
    assert answer.returncode == 0
    assert "端口" in answer.stdout.decode("utf-8")
