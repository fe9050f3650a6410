"""The only place that knows every package."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from inspect_app.commands import PackageCommand, add_commands, init
from inspect_app.core.database import db, prepare_engine
from inspect_app.logs import init_logs
from inspect_app.migrating import init_migrations
from inspect_app.settings import configure

PACKAGES = (
    "web",
    "evidence",
    "audit",
    "law",
    "regions",
    "accounts",
    "sites",
    "documents",
    "checklists",
    "registers",
    "hazards",
    "inspections",
    "campaigns",
    "chasing",
    "workplans",
    "quakes",
    "opinions",
    "emergencies",
    "assessments",
    "returns",
    "tablet",
    "reporting",
    "bulletins",
    "doubts",
    "reminders",
    "demo",
)
# the commands that a package has in its `cli` module
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "accounts": ("user",),
    "assessments": ("assessments",),
    "audit": ("audit",),
    "bulletins": ("bulletins",),
    "campaigns": ("campaigns",),
    "chasing": ("chasing",),
    "checklists": ("definitions", "checklists"),
    "demo": ("demo",),
    "documents": ("documents",),
    "evidence": ("evidence",),
    "hazards": ("hazards",),
    "quakes": ("quakes",),
    "regions": ("regions",),
    "registers": ("registers",),
    "reminders": ("reminders",),
    "reporting": ("ledger",),
    "returns": ("returns",),
    "sites": ("sites",),
    "tablet": ("tls", "tablet"),
    "web": ("translations",),
    "workplans": ("obligations", "workplans"),
}
CORE_TABLES = ("inspect_app.core.references", "inspect_app.core.workdays")


def build(config: Mapping[str, Any] | None = None) -> Flask:
    """Assemble the application: settings, database, then each package's `init_app`, views and commands."""
    app = Flask("inspect_app", static_url_path="/static")
    if config and config.get("TESTING"):
        app.testing = True
    configure(app, config)
    if app.config["PROXY_COUNT"]:
        hops = app.config["PROXY_COUNT"]
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops)  # type: ignore[method-assign]
    init_logs(app)
    for table_module in CORE_TABLES:
        import_module(table_module)
    for package in PACKAGES:
        _load(package, "models")
    db.init_app(app)
    init_migrations(app)
    with app.app_context():
        prepare_engine(db.engine)
    for package in PACKAGES:
        _register(app, package)
    add_commands(app, (init,))
    return app


def _load(package: str, module: str) -> Any | None:  # noqa: ANN401 - a module
    name = f"inspect_app.{package}.{module}"
    return import_module(name) if find_spec(name) else None


def _register(app: Flask, package: str) -> None:
    if setup := getattr(import_module(f"inspect_app.{package}"), "init_app", None):
        setup(app)
    if views := _load(package, "views"):
        app.register_blueprint(views.blueprint)
    for name in COMMANDS.get(package, ()):
        app.cli.add_command(PackageCommand(package, name))
