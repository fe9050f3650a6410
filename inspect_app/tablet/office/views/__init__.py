"""Pages of the office about tablets."""

from inspect_app.tablet.office.views import aside, devices, proposals, visits
from inspect_app.tablet.office.views.place import blueprint

__all__ = ["aside", "blueprint", "devices", "proposals", "visits"]
