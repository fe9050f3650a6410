"""Pages of assessments: counties side by side, one county line by line, over time, by another scheme."""

from inspect_app.assessments.views import behind, climbing, comparing, county, overview, rolling_up, trends
from inspect_app.assessments.views.place import blueprint

__all__ = ["behind", "blueprint", "climbing", "comparing", "county", "overview", "rolling_up", "trends"]
