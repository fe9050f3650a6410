"""The API told about itself: as a document for programs, as a page for people."""

from typing import Any

from flask import render_template

from inspect_app.access.guard import open_to_all
from inspect_app.tablet.api.openapi import ABOUT, ANSWERS, OPERATIONS, PREFIX, document
from inspect_app.tablet.api.views.place import blueprint


@blueprint.get("/openapi.json")
@open_to_all
def openapi() -> dict[str, Any]:
    """Give the OpenAPI document."""
    return document()


@blueprint.get("/docs")
@open_to_all
def docs() -> str:
    """Show the same to people."""
    return render_template("tablet/api.html", operations=OPERATIONS, prefix=PREFIX, about=ABOUT, answers=ANSWERS)
