"""Pages of the inventory."""

from inspect_app.hazards.views import editing, listing, many, saved, showing, stepping
from inspect_app.hazards.views.place import blueprint

__all__ = ["blueprint", "editing", "listing", "many", "saved", "showing", "stepping"]
