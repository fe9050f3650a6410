"""What a column of a hazard ledger can mean."""

from collections.abc import Mapping
from enum import StrEnum

from inspect_app.core.labels import mark


class Field(StrEnum):
    """What a column of a ledger can mean. `OTHER` is a column that is known and not imported."""

    TOWNSHIP = "township"
    SITE = "site"
    DESCRIPTION = "description"
    GRADE = "grade"
    FOUND_ON = "found_on"
    RESPONSIBLE_UNIT = "responsible_unit"
    RESPONSIBLE_PERSON = "responsible_person"
    MEASURES = "measures"
    DUE_ON = "due_on"
    STATUS = "status"
    DONE_ON = "done_on"
    SEQUENCE = "sequence"
    REFERENCE = "reference"
    COUNTY = "county"
    UNIT_AND_PERSON = "unit_and_person"
    TICK_GENERAL = "tick_general"
    TICK_MAJOR = "tick_major"
    TICK_OPEN = "tick_open"
    TICK_RECTIFYING = "tick_rectifying"
    TICK_RECTIFIED = "tick_rectified"
    OTHER = "other"


CORE = tuple(Field)[:11]
DATES = (Field.FOUND_ON, Field.DUE_ON, Field.DONE_ON)
FILLED_DOWN = (Field.TOWNSHIP, Field.SITE, Field.RESPONSIBLE_UNIT, Field.RESPONSIBLE_PERSON, Field.COUNTY)
"""Columns where a vertical merge, or a ditto, speaks for the rows below; a date never does."""

TICKS: Mapping[Field, tuple[Field, str]] = {
    Field.TICK_GENERAL: (Field.GRADE, "一般"),
    Field.TICK_MAJOR: (Field.GRADE, "重大"),
    Field.TICK_OPEN: (Field.STATUS, "未整改"),
    Field.TICK_RECTIFYING: (Field.STATUS, "整改中"),
    Field.TICK_RECTIFIED: (Field.STATUS, "已整改"),
}

LABELS: Mapping[Field, str] = {
    Field.TOWNSHIP: mark("乡镇（街道）"),
    Field.SITE: mark("被检查单位"),
    Field.DESCRIPTION: mark("隐患描述"),
    Field.GRADE: mark("隐患等级"),
    Field.FOUND_ON: mark("发现日期"),
    Field.RESPONSIBLE_UNIT: mark("责任单位"),
    Field.RESPONSIBLE_PERSON: mark("整改责任人"),
    Field.MEASURES: mark("整改措施"),
    Field.DUE_ON: mark("整改时限"),
    Field.STATUS: mark("整改情况"),
    Field.DONE_ON: mark("完成日期"),
    Field.COUNTY: mark("县（市、区）"),
}
