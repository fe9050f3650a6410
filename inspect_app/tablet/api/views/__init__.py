"""The addresses of the API."""

from inspect_app.tablet.api.views import entering
from inspect_app.tablet.api.views.place import blueprint

__all__ = ["blueprint", "entering"]
