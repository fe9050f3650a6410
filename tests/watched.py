"""A test client under which a request that leaves work uncommitted, or writes on a GET, fails."""

from typing import Any, cast

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import Connection, event
from werkzeug.test import TestResponse

from inspect_app.core.database import db

WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "COPY")
READING = ("GET", "HEAD", "OPTIONS")


class Watch:
    """Notes every writing statement of an application until it is committed or rolled back."""

    def __init__(self, app: Flask) -> None:
        self.unsaved: list[str] = []
        self.saved: list[str] = []
        self.left: list[str] = []
        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", self._statement)
        event.listen(engine, "commit", self._commit)
        event.listen(engine, "rollback", self._rollback)
        app.teardown_appcontext(self._teardown)

    def _statement(self, _connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(WRITING):
            self.unsaved.append(statement)

    def _commit(self, _connection: Connection) -> None:
        self.saved += self.unsaved
        self.unsaved.clear()

    def _rollback(self, _connection: Connection) -> None:
        self.unsaved.clear()

    def _teardown(self, _error: BaseException | None) -> None:
        session = db.session
        pending = [*session.new, *session.deleted, *(item for item in session.dirty if session.is_modified(item))]
        self.left += [*self.unsaved, *(f"pending {item!r}" for item in pending)]


class WatchedClient(FlaskClient):
    """Every request runs in an application context of its own, as in production, even inside the `session` fixture."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401 - whatever the client takes
        watch = cast("Watch", self.application.extensions["watch"])
        if has_app_context():
            assert not watch.unsaved, f"commit before a request, it will wait for this lock: {watch.unsaved}"
        watch.left.clear()
        watch.saved.clear()
        with Flask("outside").app_context():
            response = super().open(*args, **{"buffered": True, **kwargs})
        response.request.environ["wsgi.input"].close()
        assert not watch.left, f"{response.request.path} left work uncommitted: {watch.left}"
        if response.request.method in READING:
            assert not watch.saved, f"{response.request.method} {response.request.path} wrote: {watch.saved}"
        if has_app_context():
            db.session.rollback()
        return response


def watch(app: Flask) -> Flask:
    """Put an application under watch."""
    app.extensions["watch"] = Watch(app)
    app.test_client_class = WatchedClient
    return app
