"""Brackets that may hold roles: those with a word for a role in them, those that close a paragraph, and whole lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspect_app.workplans.notices.names import CLOSING, OPENING
from inspect_app.workplans.notices.standalone import UNIT_END

STRICT = re.compile(
    r"(?:牵头|主办|主责|配合|协办|协同|参与|参加|责任|承办|落实|实施)(?:责任)?\s*(?:单位|部门|主体)\s*(?:[：:]|为)|(?:牵头|主办|主责|配合|协办|责任)\s*[：:]"
)
PART = re.compile(r"牵头|配合|负责|落实|参与|协助")
AFTER = re.compile(r"[）)\]】。；;\s]*$")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket with its place in the text and the place of what it holds."""

    start: int
    end: int
    inner: str
    inner_start: int
    labelled: bool
    closing: bool


def brackets_of(text: str, label: re.Pattern[str]) -> Iterator[Bracket]:
    """Yield the outermost brackets of each line, and the line from a word for a role on where it stands outside."""
    start = 0
    for line in text.split("\n"):
        found = list(_of_line(line, start))
        yield from found
        if not any(each.labelled for each in found) and (bare := _bare(line, start, label)):
            yield bare
        start += len(line) + 1


def _of_line(line: str, start: int) -> Iterator[Bracket]:
    if STRICT.match(line):
        return
    for opened, closed in _pairs(line):
        inner = line[opened + 1 : closed]
        labelled = bool(STRICT.search(inner))
        closing = bool(AFTER.match(line, closed)) and not _is_aside(line[:opened], inner)
        if labelled or closing:
            end = min(closed + 1, len(line))
            yield Bracket(start + opened, start + end, inner, start + opened + 1, labelled, closing)


def _is_aside(before: str, inner: str) -> bool:
    """Tell 区应急管理局（地震局） from a sentence with its units behind it."""
    return bool(UNIT_END.search(before)) and not PART.search(inner)


def _pairs(line: str) -> Iterator[tuple[int, int]]:
    """Pair the outermost brackets; one that is never closed reaches to the end of the line if roles follow it."""
    depth, opened = 0, 0
    for place, each in enumerate(line):
        if each in OPENING:
            opened = place if not depth else opened
            depth += 1
        elif each in CLOSING and depth:
            depth -= 1
            if not depth:
                yield opened, place
    if depth and STRICT.match(line, opened + 1):
        yield opened, len(line)


def _bare(line: str, start: int, label: re.Pattern[str]) -> Bracket | None:
    """Find 牵头单位：… written without brackets: at the beginning of a line, or behind the last full stop."""
    for match in STRICT.finditer(line):
        before = line[: match.start()].rstrip()
        if label.match(line, match.start()) and (not before or before[-1] in "。；;！”（(【["):
            inner = _balanced(line[match.start() :])
            return Bracket(start + match.start(), start + len(line), inner, start + match.start(), True, True)  # noqa: FBT003 - flags of a record
    return None


def _balanced(text: str) -> str:
    """Leave out a closing bracket at the end whose opening one stands before the text."""
    bare = text.rstrip("。；; ")
    surplus = sum(each in CLOSING for each in bare) > sum(each in OPENING for each in bare)
    return bare[:-1] if surplus and bare[-1] in CLOSING else bare
