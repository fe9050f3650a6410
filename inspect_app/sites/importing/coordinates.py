"""Read coordinates however they are written (domain reference §8, case 37); they are never guessed."""

import re
import unicodedata
from collections.abc import Hashable
from decimal import Decimal

from inspect_app.core.labels import mark
from inspect_app.sites.importing.readings import Reading
from inspect_app.workbooks.cells import as_text, compact
from inspect_app.workbooks.numbers import number_in

NOT_A_PLACE = mark("看不懂这个坐标。请分列填写十进制的经度和纬度，例如 84.7136 和 44.4302。")
SWAPPED = mark("经度和纬度写反了，已对调")

SECONDS = r"(?:(\d{1,2}(?:\.\d+)?)(?:\"|″|′′|''|秒)?)?"
MINUTES = rf"(?:(\d{{1,2}}(?:\.\d+)?)['′分]?{SECONDS})?"
ANGLE = re.compile(rf"(?:东经|北纬|[EN])?(\d{{1,3}})[°度]{MINUTES}[EN]?")
SIGNS = "EN东经北纬°度"
PLACES = Decimal("0.0000001")
EAST, NORTH = (73, 136), (3, 54)
BOTH = 2


def read_degrees(field: str, cell: Hashable) -> Reading:
    """Read one coordinate: 84.7136, 84°42′49″, E84.7136."""
    number = _degrees(compact(as_text(cell)))
    return Reading(problem=NOT_A_PLACE) if number is None else Reading({field: number})


def read_coordinates(_field: str, cell: Hashable) -> Reading:
    """Read both coordinates from one cell, in either order: 84.7136,44.4302."""
    parts = [part for part in re.split(r"[,，、;；\s/]+", unicodedata.normalize("NFKC", as_text(cell))) if part]
    numbers = [_degrees(part) for part in parts]
    if len(numbers) != BOTH or None in numbers:
        return Reading(problem=NOT_A_PLACE)
    return Reading({"longitude": numbers[0], "latitude": numbers[1]})


def are_swapped(longitude: Decimal, latitude: Decimal) -> bool:
    """Tell whether two coordinates lie in our country only the other way round."""
    return EAST[0] <= latitude <= EAST[1] and NORTH[0] <= longitude <= NORTH[1]


def _degrees(text: str) -> Decimal | None:
    match = ANGLE.fullmatch(text)
    if match is None:
        number = number_in(text.strip(SIGNS))
        return None if number is None else number.quantize(PLACES)
    whole, minutes, seconds = (Decimal(part or 0) for part in match.groups())
    return (whole + minutes / 60 + seconds / 3600).quantize(PLACES)
