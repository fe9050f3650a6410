"""Pages of the register of sites."""

from inspect_app.sites.views import duplicates, exporting, importing, plates, public, register
from inspect_app.sites.views.place import blueprint

__all__ = ["blueprint", "duplicates", "exporting", "importing", "plates", "public", "register"]
