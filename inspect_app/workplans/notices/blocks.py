"""The parts of a notice: lines with their places, the tree of numbered parts, and what belongs to no part."""

import re
from dataclasses import dataclass, field

from inspect_app.workplans.notices.numbering import Marker, Style, marker_of
from inspect_app.workplans.notices.standalone import (
    is_apart,
    is_attached_title,
    is_attachment_list,
    is_day,
    is_signature,
)

LISTED = re.compile(r"\d{1,2}\s*[.．、]")
SENTENCE = "。；;"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph and where it begins."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Node:
    """A numbered part: the line it begins with, the lines that follow before its first child, and its children."""

    marker: Marker
    line: Line
    lines: list[Line] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None

    @property
    def start(self) -> int:
        """Where the words after the number begin."""
        after = self.line.text[self.marker.length :]
        return self.line.start + self.marker.length + len(after) - len(after.lstrip())

    @property
    def own_end(self) -> int:
        """Where the part ends without its children."""
        return (self.lines or [self.line])[-1].end

    @property
    def end(self) -> int:
        """Where the part ends, children included."""
        return max([self.own_end, *(child.end for child in self.children)])

    @property
    def words(self) -> str:
        """The line without its number."""
        return self.line.text[self.marker.length :].strip()


@dataclass(slots=True)
class Parts:
    """The tree, the lines before its first part, and all lines that belong to none."""

    roots: list[Node] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    outside: list[Line] = field(default_factory=list)


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text with their places."""
    found, start = [], 0
    for line in text.split("\n"):
        found.append(Line(start, line))
        start += len(line) + 1
    return found


def parts_of(lines: list[Line]) -> Parts:
    """Put every line into the part it belongs to."""
    parts, apart = Parts(), _apart(lines)
    stack: list[Node] = []
    articles = 0
    for number, line in enumerate(lines):
        marker = None if number in apart else marker_of(line.text)
        if marker and marker.rank == Style.ARTICLE:
            articles, marker = (articles + 1, marker) if marker.ordinal == articles + 1 else (articles, None)
        if number in apart:
            stack = []
        if marker:
            _hang(parts, stack, Node(marker, line))
        elif stack:
            stack[-1].lines.append(line)
        else:
            (parts.outside if parts.roots else parts.before).append(line)
    return parts


def _hang(parts: Parts, stack: list[Node], node: Node) -> None:
    while stack and stack[-1].marker.rank >= node.marker.rank:
        stack.pop()
    if stack:
        node.parent = stack[-1]
        stack[-1].children.append(node)
    else:
        parts.roots.append(node)
    stack.append(node)


def _apart(lines: list[Line]) -> set[int]:
    """Number the lines that close the part above them: lists of attachments, signatures, dates, who gets a copy."""
    apart: set[int] = set()
    listing = False
    for number, line in enumerate(lines):
        if is_apart(line.text):
            listing = is_attachment_list(line.text)
            apart.add(number)
        elif listing and LISTED.match(line.text) and not line.text.endswith(tuple(SENTENCE)):
            apart.add(number)
        else:
            listing = False
        if is_day(line.text):
            apart |= _signatures(lines, number)
        if number - 1 in apart and is_attached_title(line.text):
            apart.add(number)
    return apart


def _signatures(lines: list[Line], day: int) -> set[int]:
    found = set()
    while day and is_signature(lines[day - 1].text) and not marker_of(lines[day - 1].text):
        day -= 1
        found.add(day)
    return found
