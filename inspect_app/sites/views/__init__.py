"""Pages of the register of sites."""

from inspect_app.sites.views import exporting, register
from inspect_app.sites.views.place import blueprint

__all__ = ["blueprint", "exporting", "register"]
