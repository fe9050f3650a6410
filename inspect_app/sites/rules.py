"""What may be written on the card of a site, and the words it is shown in (domain reference §1.2, §4.0)."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from inspect_app.core.labels import mark

CATEGORIES: Mapping[str, str] = {
    "C01": mark("重大建设工程"),
    "C02": mark("一般建设工程"),
    "C03": mark("学校医院养老"),
    "C04": mark("农村民居与自建房"),
    "C05": mark("公路桥梁隧道"),
    "C06": mark("水库大坝"),
    "C07a": mark("供水"),
    "C07b": mark("供电"),
    "C07c": mark("供气供热"),
    "C07d": mark("通信"),
    "C08": mark("危险化学品"),
    "C09": mark("矿山尾矿库"),
    "C10": mark("油气管线"),
    "C11": mark("应急避难场所"),
    "C12": mark("应急预案与演练"),
    "C13": mark("应急物资装备"),
    "C14": mark("监测台站与预警终端"),
    "C15": mark("宏观观测与群测群防"),
    "C16": mark("值班值守与信息报送"),
    "C17": mark("人员密集场所与高层"),
    "C18": mark("县区政府与成员单位"),
}
FORTIFICATION_CATEGORIES: Mapping[str, str] = {
    "special": mark("特殊设防类（甲类）"),
    "key": mark("重点设防类（乙类）"),
    "standard": mark("标准设防类（丙类）"),
    "moderate": mark("适度设防类（丁类）"),
}
APPRAISAL_RESULTS: Mapping[str, str] = {
    "sound": mark("满足抗震要求"),
    "retrofit": mark("须加固"),
    "stop_use": mark("须停用"),
}
SCHOOL_WORDS = ("学校", "小学", "中学", "幼儿园", "学院", "大学", "高中", "初中", "完小", "教学点", "幼教")
COORDINATE_SYSTEMS = ("CGCS2000", "WGS-84", "GCJ-02")
INTENSITIES = (6, 7, 8, 9)

FIELD_LABELS: Mapping[str, str] = {
    "name": mark("名称"),
    "category": mark("类别"),
    "region_id": mark("所在地区"),
    "address": mark("详细地址"),
    "longitude": mark("经度"),
    "latitude": mark("纬度"),
    "coordinate_system": mark("坐标系"),
    "credit_code": mark("统一社会信用代码"),
    "responsible_unit": mark("责任单位"),
    "supervising_unit": mark("主管部门"),
    "contact_person": mark("联系人"),
    "key_object": mark("重点对象"),
    "built_year": mark("建成年份"),
    "structure": mark("结构类型"),
    "floors": mark("层数"),
    "area_m2": mark("建筑面积"),
    "fortification_category": mark("设防类别"),
    "fortification_intensity": mark("设防烈度"),
    "pga_g": mark("地震动峰值加速度"),
    "appraised_on": mark("鉴定日期"),
    "appraisal_result": mark("鉴定结论"),
    "retrofitted_on": mark("加固日期"),
    "remaining_service_years": mark("后续使用年限"),
    "active": mark("在册"),
}

_CREDIT_CODE = re.compile(r"[0-9A-HJ-NP-RTUWXY]{18}")
_LIMITS: Mapping[str, tuple[Decimal, Decimal, str]] = {
    "longitude": (Decimal(73), Decimal(136), mark("经度应在 73–136 之间（我国境内，十进制度）。")),
    "latitude": (Decimal(3), Decimal(54), mark("纬度应在 3–54 之间（我国境内，十进制度）。")),
    "floors": (Decimal(1), Decimal(200), mark("层数应在 1–200 之间。")),
    "area_m2": (Decimal("0.01"), Decimal(10_000_000), mark("建筑面积应大于 0 平方米。")),
    "pga_g": (Decimal("0.01"), Decimal(2), mark("峰值加速度以 g 为单位，应在 0.01–2.00 之间。")),
    "remaining_service_years": (Decimal(0), Decimal(150), mark("后续使用年限应在 0–150 年之间。")),
}
_PLACES: Mapping[str, int] = {"longitude": 7, "latitude": 7, "area_m2": 2, "pga_g": 2}
_VOCABULARIES: Mapping[str, tuple[frozenset[object], str]] = {
    "category": (frozenset(CATEGORIES), mark("请选择检查对象的类别。")),
    "coordinate_system": (frozenset(COORDINATE_SYSTEMS), mark("坐标系只能是 CGCS2000、WGS-84 或 GCJ-02。")),
    "fortification_category": (frozenset(FORTIFICATION_CATEGORIES), mark("设防类别不在四类之中。")),
    "fortification_intensity": (frozenset(INTENSITIES), mark("设防烈度只能是 6、7、8、9 度。")),
    "appraisal_result": (frozenset(APPRAISAL_RESULTS), mark("鉴定结论不在选项之中。")),
}


def problems_of(card: Mapping[str, Any], today: date) -> dict[str, list[str]]:
    """Return the sentences against each field of a card that holds every field; unknown values are None."""
    found: dict[str, list[str]] = {}

    def refuse(field: str, sentence: str) -> None:
        found.setdefault(field, []).append(sentence)

    if not (card["name"] or "").strip():
        refuse("name", mark("请填写名称。"))
    for field, (allowed, sentence) in _VOCABULARIES.items():
        if card[field] not in allowed and (card[field] is not None or field == "category"):
            refuse(field, sentence)
    for field, (low, high, sentence) in _LIMITS.items():
        if card[field] is not None and not (_finite(card[field]) and low <= card[field] <= high):
            refuse(field, sentence)
        elif card[field] is not None and _places(card[field]) > _PLACES.get(field, 0):
            refuse(field, mark("小数位数太多。"))
    for field, sentence in _contradictions(card, today):
        refuse(field, sentence)
    return found


def _finite(value: Decimal | int) -> bool:
    return not isinstance(value, Decimal) or value.is_finite()


def _places(value: Decimal | int) -> int:
    exponent = value.normalize().as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _contradictions(card: Mapping[str, Any], today: date) -> list[tuple[str, str]]:
    found = []
    if (card["longitude"] is None) != (card["latitude"] is None):
        found.append(("latitude", mark("经度和纬度要同时填写。")))
    if card["credit_code"] and not _CREDIT_CODE.fullmatch(card["credit_code"]):
        found.append(("credit_code", mark("统一社会信用代码是 18 位数字和大写字母。")))
    built = card["built_year"]
    if built is not None and not 1800 <= built <= today.year + 10:  # noqa: PLR2004 - nothing older is inspected
        found.append(("built_year", mark("建成年份不合理。")))
    for field in ("appraised_on", "retrofitted_on"):
        day = card[field]
        if day is not None and day > today:
            found.append((field, mark("日期不能晚于今天。")))
        elif day is not None and built is not None and day.year < built:
            found.append((field, mark("日期早于建成年份。")))
    return found


def is_school(name: str) -> bool:
    """Tell whether the name of an object says that it is a school or kindergarten."""
    return any(word in name for word in SCHOOL_WORDS)
