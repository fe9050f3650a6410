"""Pages of restricted papers.

The list says no more than kind and days. A paper is opened by pressing a button, which is a POST: the trail notes who
opened it before it is shown, and its words are at no address that a browser keeps or a link leads to.
"""

from inspect_app.opinions.views import keeping, listing, opening
from inspect_app.opinions.views.place import blueprint

__all__ = ["blueprint", "keeping", "listing", "opening"]
