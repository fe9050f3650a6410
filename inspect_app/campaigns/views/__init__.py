"""Pages of campaigns, their board, draws and the coverage of the year."""

from inspect_app.campaigns.views.place import blueprint

__all__ = ["blueprint"]
