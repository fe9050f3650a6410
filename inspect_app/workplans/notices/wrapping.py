"""Lines that a page broke at its edge, joined to paragraphs again: the text of a PDF comes so."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from inspect_app.workplans.notices.brackets import STRICT
from inspect_app.workplans.notices.numbering import marker_of
from inspect_app.workplans.notices.standalone import UNIT_END, is_apart

FULL_SHARE, FEWEST_LINES = 0.4, 8
NARROWEST, WIDEST = 14, 64
SLACK = 2
COMMON = 0.9
INDENTED = re.compile(r"^(?:\u3000{2}| {3,}|\t)")
Measure = Callable[[str], float]


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Join each line that fills the page with the next, unless that begins a part or a paragraph of its own."""
    edges = [(measure, edge) for measure in (columns, signs) if (edge := edge_of(lines, measure)) is not None]
    indented = sum(bool(INDENTED.match(line)) for line in lines) * 2 < len(lines)
    joined: list[str] = []
    before = ""
    for line in lines:
        full = any(measure(before) >= edge - SLACK for measure, edge in edges)
        if full and joined and not _begins(line, indented=indented) and not _addresses(joined[-1]):
            joined[-1] += line.strip()
        else:
            joined.append(line.rstrip(" "))
        before = line
    return joined


def edge_of(lines: Sequence[str], measure: Measure) -> float | None:
    """Return where a page broke its lines, in Chinese signs; None when each line is a paragraph."""
    widths = sorted(measure(line) for line in lines)
    if len(lines) < FEWEST_LINES or not NARROWEST <= widths[-1] <= WIDEST:
        return None
    common = widths[int(len(widths) * COMMON)]
    full = sum(abs(width - common) <= SLACK for width in widths)
    return common if full >= FULL_SHARE * len(lines) and widths[-1] - common <= 3 * SLACK else None


def columns(line: str) -> float:
    """Measure a line as it is printed: a sign of half width counts half."""
    return sum(1.0 if unicodedata.east_asian_width(each) in "WFA" else 0.5 for each in line.rstrip())


def signs(line: str) -> float:
    """Measure a line by its signs, as programs do that know no widths."""
    return float(len(line.rstrip()))


def _begins(line: str, *, indented: bool) -> bool:
    bare = line.strip()
    fresh = bool(marker_of(bare)) or is_apart(bare) or bool(STRICT.match(bare)) or "\t" in line
    return fresh or (indented and bool(INDENTED.match(line)))


def _addresses(line: str) -> bool:
    """Tell whether a line names those it is sent to, and so ends where it ends."""
    return line.endswith(("：", ":")) and bool(UNIT_END.search(line.rstrip("：:"))) and not STRICT.search(line)
