"""Pages of emergencies; whatever shows an intensity says that it is an estimate and not for the public."""

from inspect_app.emergencies.views import checking, holding, listing, showing
from inspect_app.emergencies.views.place import blueprint

__all__ = ["blueprint", "checking", "holding", "listing", "showing"]
