"""Pages of bulletins."""

from inspect_app.bulletins.views import changing, listing, showing
from inspect_app.bulletins.views.place import blueprint

__all__ = ["blueprint", "changing", "listing", "showing"]
