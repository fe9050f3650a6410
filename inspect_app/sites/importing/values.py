"""Read the cells of a register as offices write them; what is not plain is refused, never guessed (§8, 14 to 18, 37).

Every reader takes a cell that is not empty and answers with a value, or with the sentence why there is none.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from inspect_app.core.labels import mark
from inspect_app.sites.importing.coordinates import read_coordinates, read_degrees
from inspect_app.sites.importing.readings import Reading
from inspect_app.sites.importing.vocabularies import (
    read_appraisal,
    read_category,
    read_fortification,
    read_system,
    read_yes_or_no,
)
from inspect_app.workbooks.cells import as_name, as_optional_text, as_person, as_text, compact
from inspect_app.workbooks.dates import DateContext, read_date
from inspect_app.workbooks.numbers import number_in

APPROXIMATE = mark("只是约数，按这个数登记")
NOT_A_NUMBER = mark("不是一个确定的数。请只写数字，例如 6；不知道的留空。")
NOT_A_YEAR = mark("看不出是哪一年。请写四位年份，例如 2005；不知道的留空。")
NOT_A_DAY = mark("不是完整的日期。请写成 2024-09-01；不知道的留空。")
LOST_DIGITS = mark("被表格软件存成了数值，末尾几位已丢失。请把该列设为“文本”格式后重新填写 18 位代码。")
NOT_AN_INTENSITY = mark("请写 6、7、8 或 9 度，可以附加速度，例如 7度（0.15g）；不知道的留空。")

ABOUT = re.compile(r"^(?:大约|大概|约|近)|(?:左右|前后|上下|许)$|(?<=\d)余(?=\D|$)")
YEAR = re.compile(r"((?:18|19|20)\d\d)(?:年)?(?:建成|竣工|建造|建)?")
YEAR_AND_MORE = re.compile(r"((?:18|19|20)\d\d)[.\-/年]\d{1,2}(?:[.\-/月]\d{1,2})?[日月]?")
TENS = re.compile(r"([二三四五六七八九]?)十([一二三四五六七八九]?)")
DIGITS = str.maketrans("一二三四五六七八九", "123456789")
STOREYS = re.compile(r"(?:地上)?(\d+)层?(?:[(,，、/+;；]?地下(?:室)?\d*层?\)?)?")
DEGREES = re.compile(r"(?:(\d|[IVX]+)度?(?:设防)?)?[(（,，/]?(?:(0\.\d{1,2})g?)?[)）]?")
ROMAN = {"VI": "6", "VII": "7", "VIII": "8", "IX": "9"}
HUNDREDTH = Decimal("0.01")


def read_text(field: str, cell: Hashable) -> Reading:
    """Take a text as it is; a stroke stands for nothing."""
    text = as_optional_text(cell).replace("\n", "；")
    return Reading({field: text} if text else {})


def read_name(field: str, cell: Hashable) -> Reading:
    """Take a name without padding; a stroke stands for nothing."""
    name = as_name(cell).replace("\n", "")
    return Reading({field: name} if name else {})


def read_person(field: str, cell: Hashable) -> Reading:
    """Take the name of a person, without the telephone number that may follow."""
    name = as_person(cell)
    return Reading({field: name} if name else {})


def read_code(field: str, cell: Hashable) -> Reading:
    """Take a code as text: narrow, without blanks, in capitals."""
    return Reading({field: compact(as_text(cell)).upper()})


def read_credit_code(field: str, cell: Hashable) -> Reading:
    """Take a credit code; one that was kept as a number has lost its last digits."""
    return Reading(problem=LOST_DIGITS) if isinstance(cell, int | float) else read_code(field, cell)


def read_year(field: str, cell: Hashable) -> Reading:
    """Read a year: 2005, 约2005年, 2005年前后, 2005年建成, a date; a span or a decade is no year."""
    if isinstance(cell, date):
        return Reading({field: cell.year})
    text, vague = _without_about(compact(as_text(cell)))
    match = YEAR.fullmatch(text) or YEAR_AND_MORE.fullmatch(text)
    if match is None:
        return Reading(problem=NOT_A_YEAR)
    return Reading({field: int(match[1])}, remark=APPROXIMATE if vague else "")


def read_count(field: str, cell: Hashable) -> Reading:
    """Read a whole number, with a unit or in Chinese digits: 3层, 地上5层地下1层, 六, 30年."""
    text, vague = _without_about(_arabic(compact(as_text(cell))).removesuffix("年"))
    match = STOREYS.fullmatch(text)
    if match is None:
        return Reading(problem=NOT_A_NUMBER)
    return Reading({field: int(match[1])}, remark=APPROXIMATE if vague else "")


def read_area(field: str, cell: Hashable) -> Reading:
    """Read square metres: 800, 800㎡, 1,200.5平方米, 0.08万平方米."""
    text, vague = _without_about(compact(as_text(cell)).lower())
    for unit in ("平方米", "平米", "m2", "平方"):
        text = text.removesuffix(unit)
    times = 10_000 if text.endswith("万") else 1
    number = number_in(_without_about(text.removesuffix("万"))[0])
    if number is None:
        return Reading(problem=NOT_A_NUMBER)
    return Reading({field: (number * times).quantize(HUNDREDTH)}, remark=APPROXIMATE if vague else "")


def read_intensity(field: str, cell: Hashable) -> Reading:
    """Read degrees and the acceleration behind them: 7, 七度, Ⅶ度, 7度(0.15g)."""
    text = _arabic(compact(as_text(cell)))
    match = DEGREES.fullmatch(text.replace("烈度", ""))
    degrees = ROMAN.get(match[1], match[1]) if match and match[1] else ""
    if match is None or not (degrees or match[2]) or (degrees and not degrees.isdigit()):
        return Reading(problem=NOT_AN_INTENSITY)
    found: dict[str, Any] = {field: int(degrees)} if degrees else {}
    return Reading(found | ({"pga_g": Decimal(match[2])} if match[2] else {}))


def read_acceleration(field: str, cell: Hashable) -> Reading:
    """Read an acceleration in g: 0.15, 0.15g."""
    number = number_in(compact(as_text(cell)).lower().removesuffix("g"))
    return Reading(problem=NOT_A_NUMBER) if number is None else Reading({field: number})


def read_day(field: str, cell: Hashable, *, context: DateContext) -> Reading:
    """Read a whole date; a missing year is not inferred, since an appraisal may be of any year."""
    reading = read_date(cell, context)
    if reading.doubt:
        return Reading(problem=NOT_A_DAY)
    return Reading({field: reading.day} if reading.day else {})


def _without_about(text: str) -> tuple[str, bool]:
    plain = ABOUT.sub("", text)
    return plain, plain != text


def _arabic(text: str) -> str:
    return TENS.sub(lambda found: f"{found[1] or '1'}{found[2] or '0'}", text).translate(DIGITS)


Reader = Callable[[str, Hashable], Reading]


def readers(context: DateContext) -> Mapping[str, Reader]:
    """Return the reader of every column, in the calendar of a file."""
    days = dict.fromkeys(("appraised_on", "retrofitted_on"), partial(read_day, context=context))
    names = ("name", "county", "township", "responsible_unit", "supervising_unit")
    return {
        **dict.fromkeys(names, read_name),
        **dict.fromkeys(("address", "structure"), read_text),
        **dict.fromkeys(("reference", "region_code"), read_code),
        **dict.fromkeys(("floors", "remaining_service_years"), read_count),
        **dict.fromkeys(("key_object", "active"), read_yes_or_no),
        **dict.fromkeys(("longitude", "latitude"), read_degrees),
        **days,
        "contact_person": read_person,
        "credit_code": read_credit_code,
        "category": read_category,
        "coordinates": read_coordinates,
        "coordinate_system": read_system,
        "built_year": read_year,
        "area_m2": read_area,
        "fortification_category": read_fortification,
        "fortification_intensity": read_intensity,
        "pga_g": read_acceleration,
        "appraisal_result": read_appraisal,
    }
