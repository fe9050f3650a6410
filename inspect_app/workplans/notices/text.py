"""The text of a notice brought to paragraphs: one a line, without page numbers and without the wraps of a page."""

import re

from inspect_app.workplans.notices.numbering import Marker, Style, marker_of
from inspect_app.workplans.notices.wrapping import unwrapped

INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0e-\x1f]")
NEW_LINE = re.compile(r"\r\n?|[\u2028\u2029\x85]")
BLANKS = re.compile(r"[ \t\u00a0\u3000\u2000-\u200a]+")
PAGE_NUMBER = re.compile(r"[-－–—\s·]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/共]\s*\d{1,3}\s*页?)?[-－–—\s·]*|[-－–—]{3,}")
ENDS = ("。", "；", "）", ")", "】", "]")
STOP = re.compile(r"[。；]")
CELL, FEWEST_CELLS = "\t", 3
INLINE = re.compile(
    r"\s*(?=[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)])|(?<=[。；）)】\]])\s*(?=[一二三四五六七八九十]{1,3}、)"
)


def paragraphs(raw: str) -> str:
    """Return the paragraphs joined by line feeds, each with single blanks; cells of a row keep their tabs."""
    lines = NEW_LINE.sub("\n", INVISIBLE.sub("", raw)).replace("\x0c", "\n").split("\n")
    kept = [line for line in lines if line.strip() and not PAGE_NUMBER.fullmatch(line.strip())]
    return "\n".join(part for line in unwrapped(kept) for part in _parts(line) if part)


def _parts(line: str) -> list[str]:
    cells = [BLANKS.sub(" ", cell).strip() for cell in line.split(CELL)]
    if len(cells) >= FEWEST_CELLS and sum(map(bool, cells)) > 1:
        return [CELL.join(cells)]
    return _apart(BLANKS.sub(" ", line).strip())


def _apart(line: str) -> list[str]:
    """Part a line in which numbered parts follow each other (一、…。（一）…。（二）…), as pasting leaves them."""
    cuts = [0]
    last = _ordinals(line)
    innermost = max(last, default=None)
    for match in INLINE.finditer(line):
        marker = marker_of(line[match.end() :])
        if innermost is None or not marker or match.end() <= cuts[-1]:
            continue
        behind = line[cuts[-1] : match.start()].rstrip()
        heading = innermost == Style.POINT and marker.rank == Style.PARENTHESES and not STOP.search(behind)
        if marker.ordinal in (1, last.get(marker.rank, 0) + 1) and (heading or _may_follow(behind, marker, last)):
            last[marker.rank] = marker.ordinal
            innermost = marker.rank
            cuts.append(match.end())
    return [line[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _may_follow(behind: str, marker: Marker, last: dict[int, int]) -> bool:
    """Tell whether a part may begin here: behind a full stop or bracket, and next in its row."""
    return behind.endswith(ENDS) and marker.ordinal == last.get(marker.rank, 0) + 1 and min(last) <= Style.PARENTHESES


def _ordinals(line: str) -> dict[int, int]:
    marker = marker_of(line)
    return {marker.rank: marker.ordinal} if marker else {}
