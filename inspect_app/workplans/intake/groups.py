"""Groups of units as notices write them (各县（市）人民政府), and which group of ours that is. Pure."""

import re

from inspect_app.core.labels import mark

COUNTIES, LEADERSHIP, MEMBERS, TOWNSHIPS = "@county_governments", "@county_leadership", "@members", "@townships"
PER_COUNTY = mark("原文写的是各县（市、区）的部门，按各县（市、区）承担，请核对。")
WHOSE = mark("这是一组单位，原文没有列出是哪些，请指定。")
EACH_COUNTY = re.compile(
    r"^(?:全(?:市|地区|州|区)|[市区州]?(?:所辖)?)?各(?:县|市|区|旗|师)(?!直|级|属|[^（(、县市区旗]{0,6}(?:乡|镇|街道))"
)
GOVERNMENT = re.compile(r"(?:政府|管委会|党工委|党委|县委|市委|区委|县|市|区|旗|[）)]|团场)$")
WITH_TOWNSHIPS = re.compile(r"各(?:县|市|区|旗).*(?:乡|镇|街道)")
EACH_TOWNSHIP = re.compile(r"^(?:全[县市区])?各(?:乡|镇|街道|园区|村)")


def group_of(written: str) -> tuple[str | None, str]:
    """Return the group that a text means and a doubt about it; None when the text does not say which units."""
    if written.endswith("成员单位"):
        return MEMBERS, ""
    if WITH_TOWNSHIPS.search(written):
        return LEADERSHIP, ""
    if EACH_COUNTY.search(written):
        return COUNTIES, "" if GOVERNMENT.search(written) else PER_COUNTY
    if EACH_TOWNSHIP.search(written):
        return TOWNSHIPS, ""
    return None, WHOSE
