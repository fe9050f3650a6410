"""Name the colour of a cell as a person would; white, black and pale grey are no signs."""

import colorsys
from collections.abc import Mapping, Sequence

from inspect_app.core.labels import mark
from inspect_app.workbooks.own import OWN_RED

NUMBERED = """
    000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF
    800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF
    000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99
    3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333
"""
INDEXED: Sequence[str] = NUMBERED.split()
"""The colours that old workbooks, and some cells of new ones, name by number."""
THEME: Sequence[str] = (
    "FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47",
)  # fmt: skip
"""The colours of the theme that nearly every workbook has."""
COLOUR_LABELS: Mapping[str, str] = {
    "red": mark("红色"),
    "orange": mark("橙色"),
    "yellow": mark("黄色"),
    "green": mark("绿色"),
    "blue": mark("蓝色"),
    "purple": mark("紫色"),
    "grey": mark("灰色"),
}
HUES = ((15, "red"), (48, "orange"), (70, "yellow"), (170, "green"), (260, "blue"), (335, "purple"), (361, "red"))
PALE, FAINT, DARK = 0.88, 0.12, 0.15
FULL, DEGREES = 255, 360


def name_of(rgb: str) -> str:
    """The name of a colour such as "FF0000" or "FFFF0000"; "" for what is as good as no colour."""
    digits = rgb.lstrip("#")[-6:]
    if digits.upper() == OWN_RED:
        return ""
    try:
        red, green, blue = (int(digits[at : at + 2], 16) / FULL for at in (0, 2, 4))
    except ValueError:
        return ""
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < FAINT:
        return "" if value > PALE or value < DARK else "grey"
    return next(name for end, name in HUES if hue * DEGREES < end)
