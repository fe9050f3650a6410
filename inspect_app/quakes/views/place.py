"""Where the pages of earthquakes live, and how one is found."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor
from inspect_app.core.database import db
from inspect_app.quakes import queries
from inspect_app.quakes.models import Quake

blueprint = Blueprint("quakes", __name__, url_prefix="/quakes", template_folder="../templates")
Page = str | Response | tuple[str, int]


def found(reference: str) -> Quake:
    """Find an earthquake that the person sees."""
    return queries.by_reference(db.session(), current_actor(), reference)


def back(reference: str) -> Response:
    """Go to the page of an earthquake."""
    return redirect(url_for("quakes.show", reference=reference))


def key_of(text: str | None) -> int | None:
    """Read a key out of an address."""
    return int(text) if text and text.isdecimal() and text.isascii() else None
