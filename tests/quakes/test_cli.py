"""Commands: recording from a shell, giving out keys and ending them."""

from flask import Flask

from tests.quakes.factories import after

RECORD = (
    "quakes record --region 6207 --at 2026-06-15T10:00:00 --longitude 100.4 --latitude 38.9 --magnitude 3.4 "
    "--place 甲县 --source 速报 --id A1"
)


def run(app: Flask, line: str) -> tuple[int, str]:
    with after(2):
        outcome = app.test_cli_runner().invoke(args=line.split())
    return outcome.exit_code, outcome.output


def test_recording_names_the_clocks(app: Flask) -> None:
    code, output = run(app, RECORD)
    assert (code, output.splitlines()[0]) == (0, "DZ-20260615-01　已登记")
    assert "first　张掖市　2026-06-15 10:15:00" in output
    assert "没有改动" in run(app, RECORD)[1]
    assert "不是数" in run(app, RECORD.replace("3.4", "三级"))[1]
    assert run(app, RECORD.replace("2026-06-15T", "6月15日"))[0] == 2


def test_keys_are_given_out_listed_and_ended(app: Flask) -> None:
    code, output = run(app, "quakes token --region 6542 --name 速报系统")
    assert code == 0
    key = output.splitlines()[0]
    listed = run(app, "quakes tokens")[1]
    assert "速报系统" in listed
    assert "在用" in listed
    assert key not in listed
    assert run(app, f"quakes end-token {listed.split('　')[0]}")[0] == 0
    assert "停用" in run(app, "quakes tokens")[1]
