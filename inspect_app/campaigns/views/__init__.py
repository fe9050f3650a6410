"""Pages of campaigns, their board, draws and the coverage of the year."""

from inspect_app.campaigns.views import avoidance, board, coverage, draws, editing, listing, planning
from inspect_app.campaigns.views.place import blueprint

__all__ = ["avoidance", "blueprint", "board", "coverage", "draws", "editing", "listing", "planning"]
