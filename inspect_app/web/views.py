"""Health, language, the drawing library and the icon: pages of nobody in particular."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, jsonify, redirect, request, send_from_directory, url_for
from werkzeug.wrappers import Response as AnyResponse

from inspect_app.access.guard import open_to_all
from inspect_app.core.errors import NotFound
from inspect_app.web import assets, health, language
from inspect_app.web.headers import FOR_A_YEAR

blueprint = Blueprint("web", __name__)
READY, UNREADY = 200, 503


@blueprint.get("/healthz")
@open_to_all
def healthz() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@open_to_all
def readyz() -> Response:
    """Say whether requests can be served, and which check fails."""
    checks = health.checks()
    ready = all(answer == health.OK for answer in checks.values())
    response = jsonify(status="ready" if ready else "unready", checks=checks)
    response.status_code = READY if ready else UNREADY
    return response


@blueprint.post("/language", endpoint="language")
@open_to_all
def choose_language() -> AnyResponse:
    """Keep the language of this browser and go back to the page."""
    answer = redirect(safe_path(request.form.get("next", "")))
    language.remember(answer, request.form.get("language", ""))
    return answer


@blueprint.get("/plotly-<version>.min.js")
@open_to_all
def plotly(version: str) -> Response:
    """Give plotly.min.js out of its wheel, packed once; the address carries the version, so it never changes."""
    if version != assets.PLOTLY_VERSION:
        raise NotFound
    packed = request.accept_encodings["gzip"] > 0
    response = Response(assets.plotly_content(packed=packed), mimetype="text/javascript")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = FOR_A_YEAR
    response.vary.add("Accept-Encoding")
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/favicon.ico")
@open_to_all
def favicon() -> Response:
    """Give the icon to browsers that ask at the old address."""
    return send_from_directory(str(current_app.static_folder), "favicon.svg", max_age=86400)


def safe_path(wish: str) -> str:
    """Return a path of this application to go to; anything that names another host becomes the home page."""
    parts = urlsplit(wish)
    if parts.scheme or parts.netloc or not wish.startswith("/") or wish.startswith(("//", "/\\")) or "\\" in wish:
        return url_for("reporting.home") if "reporting.home" in current_app.view_functions else "/"
    return wish
