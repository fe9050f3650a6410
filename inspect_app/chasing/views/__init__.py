"""Pages of chasing: the ladder, listings, look backs, recurrences."""

from inspect_app.chasing.views import ladder, listing, looking, sampling, urging
from inspect_app.chasing.views.place import blueprint

__all__ = ["blueprint", "ladder", "listing", "looking", "sampling", "urging"]
