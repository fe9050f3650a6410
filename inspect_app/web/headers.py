"""Security headers on every answer. The nonce exists before the forgery check, which may already answer with a page."""

import secrets
from http import HTTPStatus

from flask import Flask, Response, g, request
from flask_compress import Compress
from flask_wtf import CSRFProtect

STATIC_ENDPOINTS = frozenset({"static", "bootstrap.static"})
FOR_A_YEAR = "public, max-age=31536000, immutable"
# plotly.js adds two style elements that are empty at first; the second hash belongs to the locked version of plotly
PLOTLY_STYLES = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='",
)
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'nonce-{nonce}'",
        f"style-src 'self' {' '.join(PLOTLY_STYLES)}",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}
csrf = CSRFProtect()
compress = Compress()


def init_app(app: Flask) -> None:
    """Attach headers, compression and the forgery check."""
    app.before_request(_make_nonce)
    csrf.init_app(app)
    compress.init_app(app)
    app.after_request(_read_small_files)
    app.after_request(_protect)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def csp_nonce() -> str:
    """Return the nonce of this request, for a script element."""
    return str(g.csp_nonce)


def _make_nonce() -> None:
    g.csp_nonce = secrets.token_urlsafe(18)


def _read_small_files(response: Response) -> Response:
    """Read our own scripts and style sheets whole: packed as a stream, their files would stay open."""
    if request.endpoint in STATIC_ENDPOINTS and response.status_code == HTTPStatus.OK:
        response.direct_passthrough = False
        response.make_sequence()
    return response


def _protect(response: Response) -> Response:
    for name, value in FIXED.items():
        response.headers[name] = value
    response.headers["Content-Security-Policy"] = POLICY.format(nonce=csp_nonce())
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint in STATIC_ENDPOINTS and "v" in request.args and response.status_code == HTTPStatus.OK:
        response.headers["Cache-Control"] = FOR_A_YEAR
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
