"""Pages of documents."""

from inspect_app.documents.views import drafting, listing, many, showing, signing
from inspect_app.documents.views.place import blueprint

__all__ = ["blueprint", "drafting", "listing", "many", "showing", "signing"]
