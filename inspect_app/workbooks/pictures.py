"""Take the pictures out of an .xlsx workbook, each with the sheet and the row in which it stands.

Only for files that have been read before: the check that every archive gets then has bounded its parts.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import fromstring

from inspect_app.workbooks.attachments import named
from inspect_app.workbooks.limits import MIB
from inspect_app.workbooks.parts import place_of

LARGEST_PART = 64 * MIB
LARGEST_PICTURE = 25 * MIB
MOST_PICTURES = 300
BOOK, CELL_IMAGES = "xl/workbook.xml", "xl/cellimages.xml"
CELL = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*\br=["']([A-Z]{1,3}\d{1,7})["'][^>]*><(?:\w+:)?f\b[^>]*>[^<]*DISPIMG\((?:&quot;|")([^"&]+)"""
)


class SheetPicture(NamedTuple):
    """A picture with its place; `row` counts from one."""

    sheet: str
    row: int
    name: str
    content: bytes


def pictures_in(path: Path) -> list[SheetPicture]:
    """The pictures of a workbook, the first `MOST_PICTURES`; none where a file is no such workbook."""
    try:
        with ZipFile(path) as archive:
            return [picture for picture, _ in zip(_all(archive), range(MOST_PICTURES), strict=False)]
    except (BadZipFile, ParseError, KeyError, OSError):
        return []


def _all(archive: ZipFile) -> Iterator[SheetPicture]:
    targets, cell_images = _targets(archive, BOOK), _cell_images(archive)
    for sheet in named(_parsed(archive, BOOK), "sheet"):
        key = next((value for name, value in sheet.attrib.items() if name.rpartition("}")[2] == "id"), "")
        part = targets.get(key, "")
        for row, media in [*_anchored(archive, part), *_in_cells(archive, part, cell_images)]:
            if archive.getinfo(media).file_size <= LARGEST_PICTURE:
                yield SheetPicture(sheet.get("name", ""), row, basename(media), archive.read(media))


def _anchored(archive: ZipFile, part: str) -> Iterator[tuple[int, str]]:
    """Rows and media of the pictures that float above a sheet."""
    for drawing in _targets(archive, part).values():
        if basename(drawing).startswith("drawing") and drawing.endswith(".xml"):
            media = _targets(archive, drawing)
            for anchor in _parsed(archive, drawing):
                row = next((each.text for corner in named(anchor, "from") for each in named(corner, "row")), None)
                if row and row.isdecimal():
                    yield from ((int(row) + 1, media[key]) for key in _embedded(anchor) if key in media)


def _in_cells(archive: ZipFile, part: str, cell_images: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Rows and media of the pictures that WPS keeps in cells."""
    if not cell_images or not part or archive.getinfo(part).file_size > LARGEST_PART:
        return
    for address, name in CELL.findall(archive.read(part)):
        place, media = place_of(address.decode()), cell_images.get(name.decode())
        if place and media:
            yield place[0] + 1, media


def _cell_images(archive: ZipFile) -> dict[str, str]:
    if CELL_IMAGES not in archive.namelist():
        return {}
    media = _targets(archive, CELL_IMAGES)
    return {
        about.get("name", ""): media[key]
        for picture in named(_parsed(archive, CELL_IMAGES), "pic")
        for about in named(picture, "cNvPr")
        for key in _embedded(picture)
        if key in media
    }


def _embedded(element: Element) -> list[str]:
    return [
        value
        for blip in named(element, "blip")
        for name, value in blip.attrib.items()
        if name.rpartition("}")[2] == "embed"
    ]


def _targets(archive: ZipFile, part: str) -> dict[str, str]:
    name = f"{dirname(part)}/_rels/{basename(part)}.rels"
    if not part or name not in archive.namelist():
        return {}
    return {
        relation.get("Id", ""): normpath(join("/", dirname(part), relation.get("Target", ""))).lstrip("/")
        for relation in named(_parsed(archive, name), "Relationship")
    }


def _parsed(archive: ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise KeyError(name)
    return fromstring(archive.read(name))
