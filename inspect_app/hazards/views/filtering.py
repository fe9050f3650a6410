"""Between an address and a filter: what the list, the ledger and every drill-down mean by their parameters."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import g, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from inspect_app.access.actor import Actor
from inspect_app.access.scope import know_levels
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.hazards.facts import FACT_LABELS, rows_behind
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.words import GRADE_LABELS, ORIGIN_LABELS, STATE_LABELS
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, region_label
from inspect_app.sites.queries import by_reference as site_by_reference
from inspect_app.sites.rules import CATEGORIES

Arguments = MultiDict[str, str]
DAYS = ("due_from", "due_to", "found_from", "found_to", "looked_back_from", "looked_back_to", "review_to")
DAY_LABELS = {
    "due_from": mark("时限自"),
    "due_to": mark("时限至"),
    "found_from": mark("发现自"),
    "found_to": mark("发现至"),
    "looked_back_from": mark("回头看自"),
    "looked_back_to": mark("回头看至"),
    "review_to": mark("复核日至"),
}
NAMES = (
    "region", "state", "grade", "category", "overdue", *DAYS, "listed", "text", "origin", "batch", "site", "by",
    "fact", "county", "period", "part",
)  # fmt: skip
LISTED = {"yes": True, "no": False}
LISTED_LABELS = {"yes": mark("已挂牌督办"), "no": mark("未挂牌督办")}
UNKNOWN = "unknown"
UNKNOWN_GRADE = mark("等级不详")
PARTS = {"numerator": mark("分子"), "denominator": mark("分母")}


def filter_from(given: Arguments, actor: Actor) -> HazardFilter:
    """Read a filter from the parameters of an address; NotFound or Invalid when they name nothing.

    region, state (repeated), grade (repeated; "unknown" too), category, overdue=1, due_from ... review_to,
    listed (yes, no), text, origin, batch, site (reference), by; or fact, county, period (a year), part for the rows
    behind a figure.
    """
    if given.get("fact"):
        return _behind(given)
    session = db.session()
    site = given.get("site")
    return HazardFilter(
        region_id=_region(given["region"]).id if given.get("region") else None,
        states=frozenset(each for each in given.getlist("state") if each in STATE_LABELS),
        grades=frozenset(_grades(given)),
        categories=frozenset(each for each in given.getlist("category") if each),
        overdue=bool(given.get("overdue")),
        listed=LISTED.get(given.get("listed", "")),
        text=given.get("text", "").strip(),
        origin=given.get("origin", ""),
        batch_id=_whole(given.get("batch", "")),
        site_id=site_by_reference(session, actor, site).id if site else None,
        by="found" if given.get("by") == "found" else "urgency",
        **{name: _day(name, given.get(name, "")) for name in DAYS},  # type: ignore[arg-type]
    )


def chips_of(given: Arguments) -> list[tuple[str, str]]:
    """Pair each condition in force with the address of the list without it."""
    if given.get("fact"):
        part = PARTS.get(given.get("part", ""), PARTS["denominator"])
        label = _("%(fact)s（%(part)s）", fact=_(FACT_LABELS[given["fact"]]), part=_(part))
        return [(label, url_for("hazards.index"))]
    return [
        (label(value), address_without(given, name, value))
        for name, label in _labels().items()
        for value in given.getlist(name)
        if value
    ]


def address_with(given: Arguments, **over: str | None) -> str:
    """Return the address of the list with some parameters set anew."""
    kept: dict[str, Any] = {**given.to_dict(flat=False), **over}
    return url_for("hazards.index", **{name: value for name, value in kept.items() if value not in (None, [""])})


def address_without(given: Arguments, name: str, value: str) -> str:
    """Return the address of the first page of the list without one value of a parameter."""
    left = [each for each in given.getlist(name) if each != value]
    kept: dict[str, Any] = {**given.to_dict(flat=False), name: left, "after": []}
    return url_for("hazards.index", **{key: values for key, values in kept.items() if values and values != [""]})


def kept(given: Arguments) -> dict[str, Any]:
    """Return the parameters that make the filter, each with its values, and nothing else of the address."""
    found = {name: [value for value in given.getlist(name) if value] for name in NAMES}
    return {name: values for name, values in found.items() if values}


def query_of(given: Arguments) -> str:
    """Return the filter as it is saved: what stands behind the question mark of its list."""
    return urlencode(kept(given), doseq=True)


def remember(regions: list[Region]) -> None:
    """Keep regions at hand for this request, so that a filter that names one does not ask for it again."""
    g.setdefault("hazard_regions", {}).update({region.code: region for region in regions})
    know_levels({region.id: region.level for region in regions})


def asked() -> Arguments:
    """Return the parameters of the present request."""
    return request.args


def _region(code: str) -> Region:
    known: dict[str, Region] = g.setdefault("hazard_regions", {})
    if code not in known:
        known[code] = by_code(db.session(), code)
    return known[code]


def _labels() -> dict[str, Callable[[str], str]]:
    days = {name: _labelled_day(label) for name, label in DAY_LABELS.items()}
    return {
        "region": lambda value: region_label(_region(value)),
        "state": lambda value: _(STATE_LABELS.get(value, value)),
        "grade": lambda value: _(GRADE_LABELS.get(value, UNKNOWN_GRADE)),
        "category": lambda value: f"{value} {_(CATEGORIES.get(value, ''))}".strip(),
        "overdue": lambda _value: _("逾期"),
        **days,
        "listed": lambda value: _(LISTED_LABELS.get(value, value)),
        "text": lambda value: f"“{value}”",
        "origin": lambda value: _(ORIGIN_LABELS.get(value, value)),
        "batch": lambda value: _("报表批次 %(number)s", number=value),
        "site": lambda value: value,
    }


def _labelled_day(label: str) -> Callable[[str], str]:
    return lambda value: f"{_(label)} {value}"


def _grades(given: Arguments) -> Iterator[str]:
    chosen = [each for each in given.getlist("grade") if each in GRADE_LABELS]
    yield from chosen
    if UNKNOWN in given.getlist("grade"):
        yield ""


def _behind(given: Arguments) -> HazardFilter:
    county = by_code(db.session(), given.get("county", ""))
    year = _whole(given.get("period", "")) or 0
    if given["fact"] not in FACT_LABELS or not 2000 <= year <= 2100:  # noqa: PLR2004 - years that can be meant
        raise NotFound(mark("没有这个指标的明细。请从考核评分页面的数字进入。"))
    part = "numerator" if given.get("part") == "numerator" else "denominator"
    return rows_behind(given["fact"], county.id, date(year, 1, 1), date(year, 12, 31), clock.today(), part)


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Invalid({name: [mark("请填写日期，如 2026-06-15。")]}) from error


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None  # noqa: PLR2004 - fits a key
