"""Pages of the checklists."""

from inspect_app.checklists.bases import views as bases
from inspect_app.checklists.views import listing
from inspect_app.checklists.views.place import blueprint

__all__ = ["bases", "blueprint", "listing"]
