"""Pages of county returns."""

from inspect_app.returns.views import batches, choosing, expecting, issuing, settling
from inspect_app.returns.views.place import blueprint

__all__ = ["batches", "blueprint", "choosing", "expecting", "issuing", "settling"]
