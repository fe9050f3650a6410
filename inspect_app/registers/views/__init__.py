"""Pages of the registers."""

from inspect_app.registers.views import editing, figures, importing, listing, sheets, stepping
from inspect_app.registers.views.place import blueprint

__all__ = ["blueprint", "editing", "figures", "importing", "listing", "sheets", "stepping"]
