"""Read cells that choose from a list: by code, by label, or by one of the usual words for it."""

from collections.abc import Hashable

from inspect_app.core.labels import mark
from inspect_app.sites.importing.readings import Reading
from inspect_app.sites.rules import APPRAISAL_RESULTS, CATEGORIES, COORDINATE_SYSTEMS, FORTIFICATION_CATEGORIES
from inspect_app.workbooks.cells import as_text, compact

NOT_IN_LIST = mark("不在可选的内容之中。请从空白表的下拉列表里选择。")
NOT_YES_OR_NO = mark("请写“是”或“否”。")

YES = frozenset({"是", "√", "✓", "✔", "y", "yes", "1", "true", "在册", "在用", "正常", "重点", "对"})
NO = frozenset({"否", "×", "✗", "✘", "n", "no", "0", "false", "停用", "注销", "不在册", "拆除", "已拆除", "非重点"})
SYSTEMS = {
    "cgcs2000": "CGCS2000", "2000": "CGCS2000", "国家2000": "CGCS2000", "国家大地2000": "CGCS2000",
    "wgs84": "WGS-84", "84": "WGS-84", "gps": "WGS-84", "gcj02": "GCJ-02", "高德": "GCJ-02", "腾讯": "GCJ-02",
}  # fmt: skip
USUAL_CATEGORIES = {
    "学校": "C03", "幼儿园": "C03", "医院": "C03", "养老院": "C03", "养老机构": "C03", "福利院": "C03", "中小学": "C03",
    "桥梁": "C05", "公路": "C05", "隧道": "C05", "水库": "C06", "大坝": "C06", "水厂": "C07a", "变电站": "C07b",
    "燃气": "C07c", "供热": "C07c", "加油站": "C08", "危化品": "C08", "矿山": "C09", "尾矿库": "C09",
    "避难场所": "C11", "商场": "C17", "宾馆": "C17", "高层建筑": "C17", "农房": "C04", "自建房": "C04",
}  # fmt: skip
FORTIFICATION_WORDS = {"甲": "special", "乙": "key", "丙": "standard", "丁": "moderate"}
FORTIFICATION_NAMES = {"特殊": "special", "重点": "key", "标准": "standard", "适度": "moderate"}
APPRAISAL_WORDS = {
    "满足": "sound", "合格": "sound", "满足要求": "sound", "符合要求": "sound", "符合抗震要求": "sound",
    "需加固": "retrofit", "需要加固": "retrofit", "应加固": "retrofit", "加固": "retrofit", "不满足": "retrofit",
    "停用": "stop_use", "需停用": "stop_use", "应停用": "stop_use", "拆除": "stop_use",
}  # fmt: skip


def read_yes_or_no(field: str, cell: Hashable) -> Reading:
    """Read 是, 否, a tick or a cross."""
    text = compact(as_text(cell)).lower()
    return Reading({field: text in YES}) if text in YES | NO else Reading(problem=NOT_YES_OR_NO)


def read_category(field: str, cell: Hashable) -> Reading:
    """Read a category: C03, C03 学校医院养老, 学校医院养老, or one of the usual words for it."""
    text = compact(as_text(cell))
    code = next((code for code in CATEGORIES if text.upper().startswith(code.upper())), "")
    if code and text[len(code) :] in ("", CATEGORIES[code]):
        return Reading({field: code})
    named = {label: code for code, label in CATEGORIES.items()} | USUAL_CATEGORIES
    return Reading({field: named[text]}) if text in named else Reading(problem=NOT_IN_LIST)


def read_fortification(field: str, cell: Hashable) -> Reading:
    """Read a fortification category: 乙, 乙类, 重点, 重点设防类, 重点设防类（乙类）."""
    text = compact(as_text(cell))
    known = {compact(label): code for code, label in FORTIFICATION_CATEGORIES.items()}
    for word, code in (FORTIFICATION_WORDS | FORTIFICATION_NAMES).items():
        known |= {word: code, f"{word}类": code, f"{word}设防": code, f"{word}设防类": code, f"{word}设防类别": code}
    return Reading({field: known[text]}) if text in known else Reading(problem=NOT_IN_LIST)


def read_appraisal(field: str, cell: Hashable) -> Reading:
    """Read what an appraisal found."""
    text = compact(as_text(cell))
    known = {label: code for code, label in APPRAISAL_RESULTS.items()} | APPRAISAL_WORDS
    return Reading({field: known[text]}) if text in known else Reading(problem=NOT_IN_LIST)


def read_system(field: str, cell: Hashable) -> Reading:
    """Read the name of a coordinate system."""
    text = compact(as_text(cell)).lower().replace("-", "").removesuffix("坐标系").removesuffix("坐标")
    known = {name.lower().replace("-", ""): name for name in COORDINATE_SYSTEMS} | SYSTEMS
    return Reading({field: known[text]}) if text in known else Reading(problem=NOT_IN_LIST)
