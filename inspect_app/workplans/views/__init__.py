"""Pages of work plans: notices and their review, what each unit owes, and how far everybody is."""

from inspect_app.workplans.views import dues, inbox, mine
from inspect_app.workplans.views.place import blueprint

__all__ = ["blueprint", "dues", "inbox", "mine"]
