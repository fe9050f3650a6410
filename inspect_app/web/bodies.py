"""Whole request bodies or none.

gunicorn hands a cut upload to the view as if it were complete: it says that its input ends by itself, so Werkzeug does
not compare lengths, and a multipart form arrives without file and fields. Here that claim is withdrawn whenever a
Content-Length is known; reading a body that is shorter then ends in 400 (see `web.errors`).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class WholeBodies:
    """WSGI middleware that makes a body shorter than its Content-Length an error."""

    def __init__(self, application: "WSGIApplication") -> None:
        self.application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request whose body must be as long as it says."""
        if environ.get("CONTENT_LENGTH"):
            environ.pop("wsgi.input_terminated", None)
        return self.application(environ, start_response)


def init_app(app: Flask) -> None:
    """Put the middleware in front of the application."""
    app.wsgi_app = WholeBodies(app.wsgi_app)  # type: ignore[method-assign]
