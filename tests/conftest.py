"""What every test may ask for: an application on a database of its own, a session, a client, a pinned clock."""

import os
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.accounts import passwords
from inspect_app.core import clock as core_clock
from inspect_app.core.database import db
from tests.applications import Applications, close, emptied, fill, settings_for
from tests.databases import PostgresTemplate, SqliteTemplate, Template, postgres_server

SERVER_VARIABLE = "INSPECT_TEST_POSTGRES_URL"
servers = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default=os.environ.get("INSPECT_TEST_DATABASE", "sqlite"),
        help="the database on which tests run; postgresql comes from a wheel, or from a URL in " + SERVER_VARIABLE,
    )


def pytest_configure(config: pytest.Config) -> None:
    is_worker = hasattr(config, "workerinput")
    if config.getoption("--database") == "postgresql" and not is_worker and SERVER_VARIABLE not in os.environ:
        with warnings.catch_warnings(action="ignore"):
            url = servers.enter_context(postgres_server())
        os.environ[SERVER_VARIABLE] = url.render_as_string(hide_password=False)
        servers.callback(os.environ.pop, SERVER_VARIABLE)


def pytest_unconfigure(config: pytest.Config) -> None:
    del config
    servers.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures: list[str] = getattr(item, "fixturenames", [])
        if "database_url" in fixtures:
            item.add_marker(pytest.mark.database)
        if "playwright" in fixtures:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hash passwords cheaply: what argon2 costs on purpose would be most of a test's time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


@pytest.fixture(scope="session")
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Template:
    """Build the migrated, seeded database of this worker once."""
    folder = tmp_path_factory.mktemp("template")

    def build(url: str) -> None:
        fill(settings_for(url, folder))

    if request.config.getoption("--database") == "postgresql":
        return PostgresTemplate(os.environ[SERVER_VARIABLE], worker_id, build)
    return SqliteTemplate(folder, build)


@pytest.fixture
def database_url(template: Template) -> Iterator[str]:
    """Address of a fresh copy of the seeded database."""
    with template.copy() as url:
        yield url


@pytest.fixture(scope="session")
def applications(tmp_path_factory: pytest.TempPathFactory) -> Applications:
    """Keep the applications of this worker."""
    return Applications(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the applications of this worker write; empty when a test begins."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def settings(database_url: str, data_folder: Path) -> dict[str, Any]:
    """Settings of the application under test; a module overrides this fixture to add its own."""
    return settings_for(database_url, emptied(data_folder))


@pytest.fixture
def app(applications: Applications, settings: dict[str, Any]) -> Iterator[Flask]:
    """Lend an application that many tests use; a test may change its settings, never what it is made of."""
    with applications.lend(settings) as app:
        yield app


@pytest.fixture
def fresh_app(applications: Applications, settings: dict[str, Any]) -> Iterator[Flask]:
    """Build an application for this test alone, for a module whose `app` adds addresses or parts."""
    app = applications.build(settings)
    yield app
    close(app)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Give the session inside an application context; a request of `client` ends its snapshot, so reads are fresh."""
    with app.app_context():
        yield db.session()
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser without pages, signed in as nobody."""
    return app.test_client()


@pytest.fixture
def clock() -> Iterator[datetime]:
    """Pin the clock to Monday 15 June 2026, 10:00 in Shanghai; move on with `core.clock.set_to`."""
    instant = datetime(2026, 6, 15, 10, 0, tzinfo=core_clock.LOCAL)
    with core_clock.set_to(instant):
        yield instant
