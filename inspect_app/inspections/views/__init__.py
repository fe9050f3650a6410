"""Pages of visits, and what the fill page asks for in the background."""

from inspect_app.inspections.views import filling, journeys, listing, moving, planning, steps, trial
from inspect_app.inspections.views.place import blueprint

__all__ = ["blueprint", "filling", "journeys", "listing", "moving", "planning", "steps", "trial"]
