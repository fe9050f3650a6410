"""Pages of the year's course."""

from inspect_app.assessments.course.views import lines, listing, moving, sheets
from inspect_app.assessments.course.views.place import blueprint

__all__ = ["blueprint", "lines", "listing", "moving", "sheets"]
