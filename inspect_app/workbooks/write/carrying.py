"""Carry over what the library that marks a workbook would lose: the pictures that WPS keeps in cells.

Shapes, text boxes and controls are lost with it; whether there are any is told, so that nobody mends the copy unawares.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import basename
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZipFile

from defusedxml.ElementTree import fromstring

from inspect_app.workbooks.write.text import attribute_text

WORKBOOK_RELATIONS, TYPES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
FOREIGN_KIND = "wps.cn"
CARRIED = "carried_"
LOST_PARTS = ("xl/activeX/", "xl/ctrlProps/", "xl/embeddings/", "xl/diagrams/")
LOST_SHAPES = re.compile(rb"<xdr:(?:sp|grpSp|cxnSp)[ >]")


def loses_shapes(source: Path) -> bool:
    """Whether a workbook holds shapes, text boxes, controls or embedded documents."""
    with ZipFile(source) as archive:
        names = archive.namelist()
        drawings = (name for name in names if name.startswith("xl/drawings/drawing"))
        return any(name.startswith(LOST_PARTS) for name in names) or any(
            LOST_SHAPES.search(archive.read(name)) for name in drawings
        )


def carry_over(source: Path, target: Path) -> None:
    """Add to `target` the parts that only WPS knows, with the pictures they refer to."""
    with ZipFile(source) as archive:
        found = list(_foreign(archive))
        if not found:
            return
        parts = {name: content for part, _ in found for name, content in _with_pictures(archive, part).items()}
        types = {each.get("PartName", ""): each.get("ContentType", "") for each in _root(archive, TYPES)}
    relations = "".join(
        f'<Relationship Id="carried{number}" Type="{attribute_text(kind)}" Target="{attribute_text(basename(part))}"/>'
        for number, (part, kind) in enumerate(found, 1)
    )
    kinds = "".join(
        f'<Override PartName="/{attribute_text(part)}" ContentType="{attribute_text(types[f"/{part}"])}"/>'
        for part, _ in found
        if f"/{part}" in types
    )
    pictures = {name.rpartition(".")[2].lower() for name in parts if name.startswith("xl/media/")}
    _rewrite(target, parts, relations, kinds, pictures)


def _foreign(archive: ZipFile) -> Iterator[tuple[str, str]]:
    for each in _root(archive, WORKBOOK_RELATIONS):
        part = f"xl/{each.get('Target', '')}"
        if FOREIGN_KIND in each.get("Type", "") and part in archive.namelist():
            yield part, each.get("Type", "")


def _with_pictures(archive: ZipFile, part: str) -> dict[str, bytes]:
    """Return a part, and if it has relations, these and the pictures they name, which get names of their own."""
    parts = {part: archive.read(part)}
    about = f"xl/_rels/{basename(part)}.rels"
    if about not in archive.namelist():
        return parts
    relations = archive.read(about)
    for each in _root(archive, about):
        old = each.get("Target", "")
        if old.startswith("media/") and f"xl/{old}" in archive.namelist():
            new = f"media/{CARRIED}{basename(old)}"
            parts[f"xl/{new}"] = archive.read(f"xl/{old}")
            relations = relations.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    return {**parts, about: relations}


def _root(archive: ZipFile, name: str) -> Element:
    root: Element = fromstring(archive.read(name))
    return root


def _rewrite(target: Path, parts: Mapping[str, bytes], relations: str, kinds: str, pictures: set[str]) -> None:
    fresh = target.with_suffix(".carried")
    with ZipFile(target) as old, ZipFile(fresh, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == WORKBOOK_RELATIONS:
                content = content.replace(b"</Relationships>", f"{relations}</Relationships>".encode())
            if name == TYPES:
                known = content.decode()
                missing = "".join(
                    f'<Default Extension="{ending}" ContentType="image/{"jpeg" if ending == "jpg" else ending}"/>'
                    for ending in sorted(filter(str.isalnum, pictures))
                    if f'Extension="{ending}"' not in known
                )
                content = known.replace("</Types>", f"{missing}{kinds}</Types>").encode()
            new.writestr(name, content)
        for name, content in parts.items():
            new.writestr(name, content)
    fresh.replace(target)
