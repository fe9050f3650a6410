"""Pages of the office about tablets."""

from inspect_app.tablet.office.views import devices, proposals, visits
from inspect_app.tablet.office.views.place import blueprint

__all__ = ["blueprint", "devices", "proposals", "visits"]
