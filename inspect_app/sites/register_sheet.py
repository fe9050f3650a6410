"""The register as a sheet: its columns, which come back in as they went out, and a site as a row of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from inspect_app.regions.levels import Level
from inspect_app.sites.models import Site
from inspect_app.sites.rules import (
    APPRAISAL_RESULTS,
    CATEGORIES,
    COORDINATE_SYSTEMS,
    FORTIFICATION_CATEGORIES,
    INTENSITIES,
)
from inspect_app.workbooks.write import Cell, CellKind, Column, Layout

YES, NO = "是", "否"
YES_OR_NO = (YES, NO)
EMPTY_ROWS = 500


class RegisterColumn(NamedTuple):
    """A column of the register: `key` as on the card, or "region_code", "county", "township", "reference"."""

    key: str
    heading: str
    width: int
    kind: CellKind
    choices: tuple[str, ...] = ()
    ends_page: bool = False


def category_text(code: str) -> str:
    """Return a category as the sheet has it: C03 学校医院养老."""
    return f"{code} {CATEGORIES[code]}"


COLUMNS = (
    RegisterColumn("reference", "编号", 22, CellKind.WORD),
    RegisterColumn("name", "名称", 28, CellKind.TEXT),
    RegisterColumn("category", "类别", 20, CellKind.WORD, tuple(map(category_text, CATEGORIES))),
    RegisterColumn("region_code", "区划代码", 12, CellKind.WORD),
    RegisterColumn("county", "县（市、区）", 16, CellKind.WORD),
    RegisterColumn("township", "乡镇（街道）", 18, CellKind.WORD),
    RegisterColumn("address", "详细地址", 28, CellKind.TEXT),
    RegisterColumn("responsible_unit", "责任单位", 22, CellKind.TEXT),
    RegisterColumn("supervising_unit", "主管部门", 18, CellKind.TEXT),
    RegisterColumn("contact_person", "联系人", 12, CellKind.WORD),
    RegisterColumn("credit_code", "统一社会信用代码", 22, CellKind.WORD, ends_page=True),
    RegisterColumn("longitude", "经度", 12, CellKind.COORDINATE),
    RegisterColumn("latitude", "纬度", 12, CellKind.COORDINATE),
    RegisterColumn("coordinate_system", "坐标系", 11, CellKind.WORD, COORDINATE_SYSTEMS),
    RegisterColumn("key_object", "重点对象", 9, CellKind.WORD, YES_OR_NO),
    RegisterColumn("built_year", "建成年份", 9, CellKind.INTEGER),
    RegisterColumn("structure", "结构类型", 14, CellKind.TEXT),
    RegisterColumn("floors", "层数", 7, CellKind.INTEGER),
    RegisterColumn("area_m2", "建筑面积（平方米）", 14, CellKind.AMOUNT),
    RegisterColumn("fortification_category", "设防类别", 20, CellKind.WORD, tuple(FORTIFICATION_CATEGORIES.values())),
    RegisterColumn("fortification_intensity", "设防烈度（度）", 10, CellKind.WORD, tuple(map(str, INTENSITIES))),
    RegisterColumn("pga_g", "地震动峰值加速度（g）", 12, CellKind.AMOUNT),
    RegisterColumn("appraised_on", "鉴定日期", 12, CellKind.DAY),
    RegisterColumn("appraisal_result", "鉴定结论", 14, CellKind.WORD, tuple(APPRAISAL_RESULTS.values())),
    RegisterColumn("retrofitted_on", "加固日期", 12, CellKind.DAY),
    RegisterColumn("remaining_service_years", "后续使用年限（年）", 12, CellKind.INTEGER),
    RegisterColumn("active", "在册", 7, CellKind.WORD, YES_OR_NO),
)
WORDS: Mapping[str, Mapping[Any, str]] = {
    "category": {code: category_text(code) for code in CATEGORIES},
    "fortification_category": FORTIFICATION_CATEGORIES,
    "fortification_intensity": {degrees: str(degrees) for degrees in INTENSITIES},
    "appraisal_result": APPRAISAL_RESULTS,
}
LAYOUT = Layout(
    "检查对象",
    tuple(Column(each.heading, Decimal(each.width), each.kind, each.choices, each.ends_page) for each in COLUMNS),
    frozen=2,
    scale=64,
    spare_rows=EMPTY_ROWS,
)


def rows(sites: Iterable[Site]) -> Iterator[list[Cell]]:
    """Give every site as a row of the sheet."""
    for site in sites:
        yield [cell_of(site, column.key) for column in COLUMNS]


def cell_of(site: Site, key: str) -> Cell:
    """Return what the sheet says of a site in one column; None where nothing is known."""
    if key in FROM_PARTS:
        return FROM_PARTS[key](site)
    value = getattr(site, key)
    if isinstance(value, bool):
        return YES if value else NO
    known: Cell = WORDS[key].get(value) if key in WORDS else value
    return known


def _below_county(site: Site) -> str | None:
    region = site.region
    if region.id == site.county_id:
        return None
    village = region.level is Level.VILLAGE and region.parent is not None
    return f"{region.parent.name}{region.name}" if village and region.parent else region.name


FROM_PARTS: Mapping[str, Callable[[Site], Cell]] = {
    "region_code": lambda site: site.region.code,
    "county": lambda site: site.county.name,
    "township": _below_county,
    "responsible_unit": lambda site: site.responsible_unit.name if site.responsible_unit else None,
    "supervising_unit": lambda site: site.supervising_unit.name if site.supervising_unit else None,
}
