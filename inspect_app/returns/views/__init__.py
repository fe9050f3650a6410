"""Pages of county returns."""

from inspect_app.returns.views import batches
from inspect_app.returns.views.place import blueprint

__all__ = ["batches", "blueprint"]
