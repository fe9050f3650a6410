"""One application serves many tests, each on a database of its own: building it costs more than most of them."""

import shutil
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache

from inspect_app import create_app
from inspect_app.audit import sealing
from inspect_app.commands import seed
from inspect_app.core.database import db
from tests.watched import watch

KEPT = 2
RESTORED = ("config", "extensions")


def settings_for(database: str, data: Path) -> dict[str, Any]:
    """Settings of an application under test."""
    return {
        "TESTING": True,
        "SECRET_KEY": "only-for-tests-" * 3,
        "DATA_DIR": str(data),
        "SQLALCHEMY_DATABASE_URI": database,
        "WTF_CSRF_ENABLED": False,
    }


def close(app: Flask) -> None:
    """Give back every connection of an application."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def fill(settings: dict[str, Any]) -> None:
    """Migrate and seed the database that these settings name."""
    app = create_app(settings)
    with app.app_context():
        upgrade()
        seed()
    close(app)


class Applications:
    """The applications of one worker; pages that one of them compiled are read by the next."""

    def __init__(self, pages: Path) -> None:
        self._pages = FileSystemBytecodeCache(str(pages))
        self._kept: OrderedDict[str, Flask] = OrderedDict()

    def build(self, settings: dict[str, Any]) -> Flask:
        """Make one that a test may add addresses to; its clients refuse requests that leave work uncommitted."""
        app = watch(create_app(settings))
        app.jinja_env.bytecode_cache = self._pages
        return app

    @contextmanager
    def lend(self, settings: dict[str, Any]) -> Iterator[Flask]:
        """Give the one with these settings, as it was built; who changes more than settings is found out."""
        name = repr(sorted(settings.items()))
        app = self._kept.pop(name, None) or self._finished(settings)
        before = {part: dict(getattr(app, part)) for part in RESTORED}
        parts = parts_of(app)
        app.extensions[sealing.PACE] = sealing.Pace(app.config[sealing.SETTING])
        yield app
        close(app)
        for part, content in before.items():
            getattr(app, part).clear()
            getattr(app, part).update(content)
        assert parts_of(app) == parts, "this test changes the application itself: let it ask for `fresh_app`"
        self._keep(name, app)

    def _finished(self, settings: dict[str, Any]) -> Flask:
        """One that has answered: from here on Flask itself refuses further addresses and handlers."""
        app = self.build(settings)
        app.test_client().get("/healthz")
        return app

    def _keep(self, name: str, app: Flask) -> None:
        self._kept[name] = app
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


def parts_of(app: Flask) -> list[object]:
    """What a test could swap in a finished application, apart from what is put back after each."""
    env = app.jinja_env
    registries: tuple[Mapping[str, object], ...] = (app.view_functions, env.globals, env.filters, env.tests)
    return [app.static_folder, app.wsgi_app, app.test_client_class, *(dict(each) for each in registries)]


def emptied(folder: Path) -> Path:
    """Make a folder that is there and empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
