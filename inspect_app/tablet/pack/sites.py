"""The card of a site as it is read on the tablet: labels and values, what nobody knows among them."""

from collections.abc import Iterator
from typing import Any

from inspect_app.core.labels import mark, say
from inspect_app.sites.models import Site
from inspect_app.sites.rules import APPRAISAL_RESULTS, CATEGORIES, FORTIFICATION_CATEGORIES
from inspect_app.web.language import said
from inspect_app.web.pages import day, points

UNKNOWN = mark("未知")


def site_json(site: Site) -> dict[str, Any]:
    """Return a site; `facts` are its card by label, where a field that matters for earthquakes may be unknown."""
    return {
        "uuid": site.uuid,
        "reference": site.reference,
        "name": site.name,
        "category": site.category,
        "category_label": said(CATEGORIES.get(site.category, "")),
        "address": site.address,
        "longitude": _digits(site.longitude),
        "latitude": _digits(site.latitude),
        "coordinate_system": site.coordinate_system,
        "region": site.region.code,
        "region_name": _place(site),
        "contact_person": site.contact_person,
        "responsible_unit": site.responsible_unit.name if site.responsible_unit else "",
        "key_object": site.key_object,
        "facts": {said(label): said(value) for label, value in (*_basics(site), *_seismic(site))},
    }


def _basics(site: Site) -> Iterator[tuple[str, Any]]:
    yield mark("所在地区"), _place(site)
    yield mark("详细地址"), site.address or UNKNOWN
    yield mark("责任单位"), site.responsible_unit.name if site.responsible_unit else UNKNOWN
    yield mark("主管部门"), site.supervising_unit.name if site.supervising_unit else UNKNOWN
    yield mark("联系人"), site.contact_person or UNKNOWN


def _seismic(site: Site) -> Iterator[tuple[str, Any]]:
    yield mark("设防类别"), FORTIFICATION_CATEGORIES.get(site.fortification_category or "", UNKNOWN)
    degrees = site.fortification_intensity
    yield mark("设防烈度"), say(mark("%(n)s 度"), n=degrees) if degrees else UNKNOWN
    yield mark("峰值加速度"), UNKNOWN if site.pga_g is None else f"{site.pga_g} g"
    yield mark("建成年份"), str(site.built_year or UNKNOWN)
    yield mark("结构类型"), site.structure or UNKNOWN
    yield mark("层数"), UNKNOWN if site.floors is None else str(site.floors)
    area = site.area_m2
    yield mark("建筑面积"), UNKNOWN if area is None else say(mark("%(n)s 平方米"), n=points(area))
    yield mark("抗震鉴定"), APPRAISAL_RESULTS.get(site.appraisal_result or "", UNKNOWN)
    if site.appraised_on:
        yield mark("鉴定日期"), day(site.appraised_on)
    if site.retrofitted_on:
        yield mark("加固日期"), day(site.retrofitted_on)


def _place(site: Site) -> str:
    return site.county.name if site.region_id == site.county_id else f"{site.county.name} {site.region.name}"


def _digits(degrees: Any) -> str | None:  # noqa: ANN401 - Decimal or None
    return None if degrees is None else f"{degrees:.7f}".rstrip("0").rstrip(".")
