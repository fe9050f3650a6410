from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from inspect_app.core import clock


@pytest.fixture
def run(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def test_making_says_what_to_do_next(run: FlaskCliRunner) -> None:
    told = run.invoke(args=["tls", "make", "--host", "10.20.30.40", "--office", "乌苏市"])
    assert told.exit_code == 0
    for words in ("乌苏市 内网根证书", "指纹", "server.crt;", "https://10.20.30.40/tablet/install", "authority.key"):
        assert words in told.output


def test_a_wrong_host_is_one_sentence(run: FlaskCliRunner) -> None:
    told = run.invoke(args=["tls", "make", "--host", "https://x"])
    assert (told.exit_code, told.output.count("\n")) == (2, 1)
    assert "不带 https://" in told.output


def test_showing_tells_what_is_missing_and_what_lapses(run: FlaskCliRunner) -> None:
    assert run.invoke(args=["tls", "show"]).exit_code == 1
    run.invoke(args=["tls", "make", "--host", "10.20.30.40"])
    assert run.invoke(args=["tls", "show"]).exit_code == 0
    for days, words in ((800, "还有"), (900, "已过期")):
        with clock.set_to(clock.now() + timedelta(days=days)):
            told = run.invoke(args=["tls", "show"])
        assert told.exit_code == 1
        assert words in told.output
