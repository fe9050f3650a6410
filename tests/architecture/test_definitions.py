"""What is checked, reported and scored is data, and all of it loads."""

import json

from flask import Flask

from tests.architecture.sources import ROOT


def test_every_definition_loads_without_a_problem(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["definitions", "check", "--json"])
    found = json.loads(answer.stdout)
    assert answer.exit_code == 0, found["problems"]
    assert found["problems"] == []
    assert set(found["checklists"]) == {file.stem for file in (ROOT / "checklists").glob("C[0-9][0-9].toml")}
    assert found["schemes"]
