"""The page that works without a network: a shell without any data, its manifest, and the worker that keeps both."""

import json
from hashlib import sha256
from pathlib import Path

from flask import Response, current_app, render_template, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from inspect_app.access.guard import open_to_all, requires
from inspect_app.tablet.views.place import blueprint
from inspect_app.web.assets import asset, bootstrap_asset

FOLDERS = ("tablet", "fill")
KINDS = frozenset({".js", ".css", ".svg", ".png"})
WORKER = "tablet/worker.js"
SHARED = ("look.css", "app.js", "favicon.svg")
TEMPLATES = (
    "tablet.html",
    "tablet/shell.html",
    "tablet/views.html",
    "tablet/texts.html",
    "tablet/bundle.html",
    "tablet/checks.html",
)
NEVER_KEPT = {"Cache-Control": "no-cache"}


@blueprint.get("", endpoint="shell")
@open_to_all
def shell() -> str:
    """Draw the empty application; what it shows comes from the tablet's own store."""
    return render_template("tablet/shell.html")


@blueprint.get("/manifest.webmanifest")
@open_to_all
def manifest() -> Response:
    """Describe the application for the home screen."""
    told = {
        "name": _("防震减灾督导检查"),
        "short_name": _("督导检查"),
        "lang": "zh-Hans",
        "start_url": url_for("tablet.shell"),
        "scope": url_for("tablet.shell"),
        "display": "standalone",
        "background_color": "#f4f6f8",
        "theme_color": "#0e4a5a",
        "icons": _icons(),
    }
    return Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json")


@blueprint.get("/token")
@requires()
def token() -> dict[str, str]:
    """Give the form token of the session: the page is older than the session when the tablet kept it."""
    return {"csrf_token": generate_csrf()}


@blueprint.get("/worker.js")
@open_to_all
def worker() -> Response:
    """Give the service worker with the files it keeps; its text changes as soon as one of these does."""
    names = kept_files(Path(str(current_app.static_folder)))
    digest = sha256("".join([*map(asset, names), _bootstrap(), *map(_source, TEMPLATES)]).encode()).hexdigest()[:16]
    own = [url_for("tablet.shell"), url_for("tablet.manifest")]
    files = [*own, *(url_for("static", filename=name) for name in names), _bootstrap()]
    head = f"const VERSION = {json.dumps(digest)};\nconst FILES = {json.dumps(files)};\n"
    text = head + Path(str(current_app.static_folder), WORKER).read_text(encoding="utf-8")
    return Response(text, mimetype="text/javascript", headers={**NEVER_KEPT, "Service-Worker-Allowed": "/"})


def _icons() -> list[dict[str, str]]:
    return [
        {"src": asset(f"tablet/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]


def _bootstrap() -> str:
    return bootstrap_asset("css/bootstrap.min.css")


def _source(template: str) -> str:
    name = current_app.jinja_env.get_template(template).filename
    return Path(name).read_text(encoding="utf-8") if name else ""


def kept_files(static: Path) -> list[str]:
    """Name the static files that the tablet's page is made of, as addressed below the static folder."""
    found = [path for folder in FOLDERS for path in sorted((static / folder).rglob("*")) if path.suffix in KINDS]
    names = (path.relative_to(static).as_posix() for path in found)
    return [*SHARED, *(name for name in names if name != WORKER)]
