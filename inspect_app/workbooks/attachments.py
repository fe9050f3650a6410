"""What hangs on the cells of an .xlsx sheet: comments, and pictures with the row in which they begin."""

from collections.abc import Iterable, Iterator, Mapping
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from inspect_app.workbooks.facts import LONGEST_COMMENT, MOST_COMMENTS, SheetFacts
from inspect_app.workbooks.parts import PartScan, place_of


def note_attachments(sheet: str, scans: Mapping[str, PartScan]) -> None:
    """Add to the facts of a sheet's part what the parts it points to say."""
    facts = scans[sheet].facts
    for part in targets(sheet, scans).values():
        scan = scans.get(part)
        if scan is None or scan.root not in {"comments", "wsDr"}:
            continue
        root = parsed(scan)
        if root is not None and scan.root == "comments":
            _note_comments(root, facts)
        elif root is not None:
            _note_pictures(root, facts)


def targets(part: str, scans: Mapping[str, PartScan]) -> dict[str | None, str]:
    """The parts that a part points to, by the id of the relation."""
    scan = scans.get(f"{dirname(part)}/_rels/{part.rpartition('/')[2]}.rels")
    root = parsed(scan) if scan else None
    if root is None:
        return {}
    return {
        relation.get("Id"): normpath(join("/", dirname(part), relation.get("Target", ""))).lstrip("/")
        for relation in named(root, "Relationship")
    }


def parsed(scan: PartScan) -> Element | None:
    """The kept text of a part as a tree, if it was kept whole and is sound."""
    try:
        return fromstring(bytes(scan.kept)) if scan.kept else None
    except ParseError:
        return None


def named(root: Element, name: str) -> list[Element]:
    """The elements of a name, whatever their name space."""
    return [element for element in root.iter() if element.tag.rpartition("}")[2] == name]


def _note_comments(root: Element, facts: SheetFacts) -> None:
    for comment in named(root, "comment")[:MOST_COMMENTS]:
        text = "".join(each.text or "" for each in named(comment, "t")).strip()[:LONGEST_COMMENT]
        place = place_of(comment.get("ref", ""))
        if text and place:
            facts.comments[place] = text


def _note_pictures(root: Element, facts: SheetFacts) -> None:
    for anchor in root:
        if named(anchor, "pic"):
            for row in _first_rows(named(anchor, "from")):
                facts.add_picture(row)


def _first_rows(corners: Iterable[Element]) -> Iterator[int]:
    for corner in list(corners)[:1]:
        rows = [each.text for each in named(corner, "row") if each.text and each.text.isdecimal()]
        yield from map(int, rows[:1])
