"""Pages of documents."""

from inspect_app.documents.views import drafting, listing, showing, signing
from inspect_app.documents.views.place import blueprint

__all__ = ["blueprint", "drafting", "listing", "showing", "signing"]
