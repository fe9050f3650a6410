import pytest
from flask import Flask
from flask.testing import FlaskClient

from inspect_app.web import health


def test_a_living_process_says_so(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_a_current_database_and_a_writable_folder_are_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["checks"]) == (
        200,
        {"database": "ok", "migrations": "ok", "storage": "ok"},
    )


def test_a_missing_data_folder_is_named(app: Flask, client: FlaskClient) -> None:
    app.config["DATA_DIR"] = app.config["DATA_DIR"] / "gone"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["checks"] == {"database": "ok", "migrations": "ok", "storage": "failed: FileNotFoundError"}


def test_a_database_behind_the_migrations_is_named(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alembic.script.ScriptDirectory.get_heads", lambda _self: ["newer"])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["checks"]["migrations"].startswith("behind")


def test_a_silent_database_is_named_without_its_address(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> str:
        msg = "could not connect to 10.0.0.7"
        raise ConnectionError(msg)

    monkeypatch.setitem(health.CHECKS, "database", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "10.0.0.7" not in answer.text
