"""The language of the interface: Chinese, which is the source, or English.

The choice lies in the session and in a cookie that outlives sign-out.
"""

from typing import cast

from flask import Flask, current_app, request, session
from flask_babel import Babel, get_locale, gettext
from werkzeug.wrappers import Response

from inspect_app.core.errors import DomainError
from inspect_app.core.labels import Sentence

COOKIE = "language"
LANGUAGES = {"zh_Hans_CN": "中文", "en": "EN"}
HTML_LANGUAGE = {"zh_Hans_CN": "zh-Hans", "en": "en"}
A_YEAR = 365 * 24 * 3600
babel = Babel()


def init_app(app: Flask) -> None:
    """Choose the language of each request."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    babel.init_app(app, locale_selector=chosen)
    app.jinja_env.filters["said"] = said


def chosen() -> str:
    """Return the locale of this request: the session's, else this browser's last choice, else Chinese."""
    for wish in (session.get(COOKIE), request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return cast("str", wish)
    return str(current_app.config["BABEL_DEFAULT_LOCALE"])


def html_language() -> str:
    """Return the language tag of the page."""
    return HTML_LANGUAGE.get(str(get_locale()), "zh-Hans")


def remember(response: Response, language: str) -> Response:
    """Keep the choice in this browser; an unknown language changes nothing."""
    if language in LANGUAGES:
        session[COOKIE] = language
        response.set_cookie(COOKIE, language, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


def said(value: object) -> str:
    """Translate a marked label, a `Sentence` or a domain error, parameters included; other values become plain text."""
    if isinstance(value, Sentence | DomainError):
        template = _translated(value.message)
        return template % {name: _part(part) for name, part in value.params.items()} if value.params else template
    return _translated(str(value))


def _part(value: object) -> object:
    return said(value) if isinstance(value, str | Sentence) else value


def _translated(message: str) -> str:
    return str(gettext(message)) if message else ""
