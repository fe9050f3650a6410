"""What every page stands on: layout, components, forms, language, security headers, error pages, health.

Templates and assets used by every page lie app-wide, in `inspect_app/templates/` and `inspect_app/static/`. A package
keeps its own pages in `inspect_app/<package>/templates/<package>/` and names that folder when it makes its blueprint:
`Blueprint("hazards", __name__, url_prefix="/hazards", template_folder="templates")`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Set up everything in the order it must run: whole bodies, headers and nonce, then the forgery check."""
    from inspect_app.web import assets, bodies, errors, headers, language, navigation, pages, slots  # noqa: PLC0415 - on demand

    bodies.init_app(app)
    headers.init_app(app)
    language.init_app(app)
    assets.init_app(app)
    navigation.init_app(app)
    slots.init_app(app)
    pages.init_app(app)
    errors.init_app(app)
