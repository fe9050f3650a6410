"""Which cell formats of an .xlsx workbook mean something to people: a fill of a colour, a text struck out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from inspect_app.workbooks.colours import INDEXED, THEME, name_of

Item = TypeVar("Item")

OFF = {"0", "false"}


@dataclass(frozen=True, slots=True)
class Styles:
    """By the number of a cell format: the name of its fill's colour, and whether its text is struck out."""

    fills: dict[int, str] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()

    @property
    def wanted(self) -> list[int]:
        """The formats that are worth looking for."""
        return sorted(self.fills.keys() | self.struck)


NONE = Styles()


def read_styles(part: bytes) -> Styles:
    """Read `xl/styles.xml`; one that cannot be read tells nothing, its workbook may still be sound."""
    try:
        root = fromstring(part)
    except ParseError:
        return NONE
    fills = [_fill(fill) for fill in _children(root, "fills")]
    struck = [_is_struck(font) for font in _children(root, "fonts")]
    formats = list(_children(root, "cellXfs"))
    coloured = {number: name for number, each in enumerate(formats) if (name := _at(fills, each.get("fillId"), ""))}
    crossed = {number for number, each in enumerate(formats) if _at(struck, each.get("fontId"), default=False)}
    return Styles(coloured, frozenset(crossed))


def _children(root: Element, name: str) -> Iterator[Element]:
    for element in root:
        if element.tag.rpartition("}")[2] == name:
            yield from element


def _at(items: Sequence[Item], index: str | None, default: Item) -> Item:
    return items[int(index)] if index and index.isdecimal() and int(index) < len(items) else default


def _fill(fill: Element) -> str:
    pattern = next(iter(fill), None)
    if pattern is None or pattern.get("patternType") in {None, "none", "gray125"}:
        return ""
    colour = next((each for each in pattern if each.tag.rpartition("}")[2] == "fgColor"), None)
    return _colour(colour) if colour is not None else ""


def _colour(colour: Element) -> str:
    if rgb := colour.get("rgb"):
        return name_of(rgb)
    if indexed := colour.get("indexed"):
        return name_of(_at(INDEXED, indexed, ""))
    return name_of(_at(THEME, colour.get("theme"), ""))


def _is_struck(font: Element) -> bool:
    return any(each.tag.rpartition("}")[2] == "strike" and each.get("val", "1") not in OFF for each in font)
