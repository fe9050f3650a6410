"""Applications for gunicorn: ours before an inventory, and the page of its list drawn again from memory alone."""

import gc
import os
from typing import Any

from flask import Flask, g, template_rendered

from inspect_app import create_app
from inspect_app.accounts.models import User
from inspect_app.core.database import db

URL, HOME, COOKIE = "BENCHMARK_URL", "BENCHMARK_HOME", "BENCHMARK_COOKIE"


def ours() -> Flask:
    """Give the application as it is."""
    settings = {"DATA_DIR": os.environ[HOME], "SQLALCHEMY_DATABASE_URI": os.environ[URL], "SECRET_KEY": "x" * 40}
    app = create_app(settings)
    _answer(app)
    gc.freeze()
    return app


def from_memory() -> Flask:
    """Give an application that knows one page by heart: its template with everything that it was drawn from."""
    app = ours()
    kept: list[tuple[Any, dict[str, Any]]] = []

    def keep(_sender: Flask, template: Any, context: dict[str, Any], **_rest: object) -> None:  # noqa: ANN401 - Jinja's
        kept.append((template, dict(context)))

    with template_rendered.connected_to(keep, app):
        _answer(app)
    template, context = kept[-1]
    bare = Flask("bare")

    def page() -> str:
        with app.test_request_context("/hazards"):
            g.actor, g.csp_nonce = context["chrome"].actor, "nonce"
            return str(template.render(context))

    bare.add_url_rule("/hazards", view_func=page)
    with app.app_context():
        db.session.execute(db.select(User.id).limit(1))
        db.session.remove()
    gc.freeze()
    return bare


def _answer(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("session", os.environ[COOKIE])
    assert client.get("/hazards").status_code == 200
