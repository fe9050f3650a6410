"""Pages of the inventory."""

from inspect_app.hazards.views import correcting, doubles, editing, listing, many, saved, showing, stepping
from inspect_app.hazards.views.place import blueprint

__all__ = ["blueprint", "correcting", "doubles", "editing", "listing", "many", "saved", "showing", "stepping"]
