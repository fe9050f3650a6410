"""Pages of earthquakes and anomalies."""

from inspect_app.quakes.views import anomalies, desk, listing, reporting, reviewing, showing
from inspect_app.quakes.views.place import blueprint

__all__ = ["anomalies", "blueprint", "desk", "listing", "reporting", "reviewing", "showing"]
