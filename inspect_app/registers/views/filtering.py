"""The filter of a list as it stands in the address: read, shown as chips, carried on to the export."""

from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from inspect_app.registers import facts
from inspect_app.registers.definition import Register
from inspect_app.registers.queries import EntryFilter
from inspect_app.registers.standing import counties_seen

NAMES = ("region", "text", "on", "ended", "fact", "part")
NO_DAY = mark("日期应写成 2026-05-12 的样子。")
NOT_YET = mark("只能查看今天和以前的情况。")


def chosen(register: Register) -> tuple[EntryFilter, Region | None]:
    """Read the filter, and the region it names."""
    given = request.args
    region = by_code(db.session(), given["region"]) if given.get("region") else None
    wanted = EntryFilter(
        region_id=region.id if region else None,
        text=given.get("text", ""),
        chosen={column.code: given[column.code] for column in register.choosing if given.get(column.code)},
        ended=bool(given.get("ended")),
        on=day(),
        picked=_picked(register, region),
    )
    return wanted, region


def day() -> date | None:
    """Read the day asked for; None for now."""
    text = request.args.get("on", "")
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid({"on": [NO_DAY]}) from None
    if found and found > clock.today():
        raise Invalid({"on": [NOT_YET]})
    return found if found != clock.today() else None


def _picked(register: Register, region: Region | None) -> list[int] | None:
    """Return the entries that a figure counts, where the address asks for those behind one."""
    code = request.args.get("fact", "")
    if not code:
        return None
    if register.fact(code) is None:
        raise NotFound
    session = db.session()
    seen = [each.id for each in counties_seen(session, current_actor()) if region is None or each.id == region.id]
    name, part = f"{register.code}.{code}", request.args.get("part", "numerator")
    return facts.rows_behind(session, seen, day() or clock.today(), name, part)


def chips(register: Register, wanted: EntryFilter, region: Region | None) -> list[tuple[str, str]]:
    """Pair each condition in force with the address of the list without it."""
    fact = register.fact(request.args.get("fact", ""))
    shown = {
        "region": region.name if region else "",
        "text": wanted.text,
        "on": _("截至 %(day)s", day=wanted.on.isoformat()) if wanted.on else "",
        "ended": _("已结束") if wanted.ended else "",
        "fact": fact.title if fact else "",
        **wanted.chosen,
    }
    return [(label, address("registers.entries", register, **{name: None})) for name, label in shown.items() if label]


def address(endpoint: str, register: Register, **over: str | None) -> str:
    """Return an address under the same filter; None takes a condition out."""
    names = (*NAMES, *(column.code for column in register.choosing))
    given: dict[str, Any] = {name: request.args.get(name) for name in names} | over
    return url_for(endpoint, code=register.code, **{name: value for name, value in given.items() if value})
