"""The addresses of the API."""

from inspect_app.tablet.api.views import describing, entering, findings, uploads, visits
from inspect_app.tablet.api.views.place import blueprint
from inspect_app.tablet.pack import views as pack

__all__ = ["blueprint", "describing", "entering", "findings", "pack", "uploads", "visits"]
