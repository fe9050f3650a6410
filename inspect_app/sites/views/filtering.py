"""The filter of the register as it stands in the address: read, shown as chips, carried on to export and plates."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from inspect_app.core.database import db
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from inspect_app.sites.queries import SiteFilter
from inspect_app.sites.rules import CATEGORIES

NAMES = ("region", "category", "text", "key_object", "retired")


def chosen() -> tuple[SiteFilter, Region | None]:
    """Read the filter, and the region it names."""
    given = request.args
    region = by_code(db.session(), given["region"]) if given.get("region") else None
    wanted = SiteFilter(
        region_id=region.id if region else None,
        category=given.get("category", ""),
        text=given.get("text", ""),
        key_object=bool(given.get("key_object")),
        active=not given.get("retired"),
    )
    return wanted, region


def chips(wanted: SiteFilter, region: Region | None) -> list[tuple[str, str]]:
    """Pair each condition in force with the address of the list without it."""
    shown = {
        "region": region.name if region else "",
        "category": _(CATEGORIES.get(wanted.category, wanted.category)) if wanted.category else "",
        "text": wanted.text,
        "key_object": _("重点对象") if wanted.key_object else "",
        "retired": "" if wanted.active else _("已停用"),
    }
    return [(label, address("sites.index", **{name: None})) for name, label in shown.items() if label]


def address(endpoint: str, **over: str | None) -> str:
    """Return an address under the same filter; None takes a condition out."""
    given: dict[str, Any] = {name: request.args.get(name) for name in NAMES} | over
    return url_for(endpoint, **{name: value for name, value in given.items() if value})
