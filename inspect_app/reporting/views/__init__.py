"""Pages of reporting: the home page, the overviews, the download of the ledger."""

from inspect_app.reporting.views import home, ledger, overview
from inspect_app.reporting.views.place import blueprint

__all__ = ["blueprint", "home", "ledger", "overview"]
