"""Pages of the checklists."""

from inspect_app.checklists.bases import views as bases
from inspect_app.checklists.views import drafting, editing, items, listing
from inspect_app.checklists.views.place import blueprint
from inspect_app.checklists.workbook import views as workbook

__all__ = ["bases", "blueprint", "drafting", "editing", "items", "listing", "workbook"]
