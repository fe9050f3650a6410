"""The text of a notice brought to paragraphs: one a line, without page numbers and without the wraps of a page."""

import re
import unicodedata

from inspect_app.workplans.notices.numbering import Style, marker_of

INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0e-\x1f]")
NEW_LINE = re.compile(r"\r\n?|[\u2028\u2029\x85]")
BLANKS = re.compile(r"[ \t\u00a0\u3000\u2000-\u200a]+")
PAGE_NUMBER = re.compile(r"[-－–—\s·]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/共]\s*\d{1,3}\s*页?)?[-－–—\s·]*|[-－–—]{3,}")
ENDS = "。！？；;：:”）)】]》"
FULL_SHARE, FEWEST_LINES, SLACK, NARROWEST, WIDEST = 0.3, 8, 3, 14, 64
INLINE = re.compile(
    r"(?<=[。；）)】\]])\s*(?=[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]|[一二三四五六七八九十]{1,3}、)"
)
INDENTED = re.compile(r"^(?:\u3000{2}| {3,}|\t)")


def paragraphs(raw: str) -> str:
    """Return the paragraphs joined by line feeds; each is stripped, blanks within are single."""
    lines = NEW_LINE.sub("\n", INVISIBLE.sub("", raw)).replace("\x0c", "\n").split("\n")
    kept = [line for line in lines if line.strip() and not PAGE_NUMBER.fullmatch(line.strip())]
    joined = _unwrap(kept) if (width := wrapped_at(kept)) is None else _unwrap(kept, width)
    return "\n".join(part for line in joined for part in _apart(BLANKS.sub(" ", line).strip()) if part)


def wrapped_at(lines: list[str]) -> int | None:
    """Return the width at which the lines of a page were broken, None when each line is a paragraph."""
    widths = [_width(line) for line in lines]
    widest = max(widths, default=0)
    if len(lines) < FEWEST_LINES or not NARROWEST <= widest / 2 <= WIDEST:
        return None
    common = sorted(widths)[int(len(widths) * 0.9)]
    full = sum(abs(width - common) <= 2 * SLACK for width in widths)
    return common if full >= FULL_SHARE * len(lines) and widest - common <= 4 * SLACK else None


def _unwrap(lines: list[str], width: int | None = None) -> list[str]:
    if width is None:
        return lines
    indents = sum(bool(INDENTED.match(line)) for line in lines) * 2 < len(lines)
    joined: list[str] = []
    before = 0
    for line in lines:
        fresh = marker_of(line.strip()) or (indents and INDENTED.match(line)) or not joined
        if not fresh and before >= width - 2 * SLACK and not joined[-1].endswith("："):
            joined[-1] += line.strip()
        else:
            joined.append(line.rstrip())
        before = _width(line)
    return joined


def _width(line: str) -> int:
    """Columns a line takes, two a Chinese sign."""
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in line.rstrip())


def _apart(line: str) -> list[str]:
    """Part a line in which numbered parts follow each other (一、…。（一）…。（二）…), as pasting leaves them."""
    cuts = [0]
    seen = _ordinals(line)
    for match in INLINE.finditer(line):
        marker = marker_of(line[match.end() :])
        if marker and marker.ordinal == seen.get(marker.rank, 0) + 1 and _may_part(marker.rank, seen):
            seen = {rank: each for rank, each in seen.items() if rank < marker.rank} | {marker.rank: marker.ordinal}
            cuts.append(match.end())
    return [line[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _ordinals(line: str) -> dict[int, int]:
    marker = marker_of(line)
    return {marker.rank: marker.ordinal} if marker else {}


def _may_part(rank: int, seen: dict[int, int]) -> bool:
    return bool(seen) and rank in (Style.POINT, Style.PARENTHESES) and (rank in seen or max(seen) <= Style.PARENTHESES)
