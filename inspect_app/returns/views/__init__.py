"""Pages of county returns."""

from inspect_app.returns.views import batches, choosing, expecting, settling
from inspect_app.returns.views.place import blueprint

__all__ = ["batches", "blueprint", "choosing", "expecting", "settling"]
