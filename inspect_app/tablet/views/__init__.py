"""Pages for the tablet in the field, and what a browser needs to keep them."""

from inspect_app.tablet.views import bags, installing, shell
from inspect_app.tablet.views.place import blueprint

__all__ = ["bags", "blueprint", "installing", "shell"]
