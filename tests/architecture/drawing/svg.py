"""A picture as SVG text, and how much room words take. Same input, same bytes, on every machine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

FONTS = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', "
    "'WenQuanYi Micro Hei', system-ui, sans-serif"
)
STYLE = f"""
text {{ font-family: {FONTS}; fill: #1f2933; }}
.title {{ font-size: 18px; font-weight: 600; }}
.name {{ font-size: 15px; font-weight: 600; }}
.note {{ font-size: 12px; fill: #52606d; }}
.code {{ font-size: 11px; fill: #52606d; }}
.label {{ font-size: 12px; paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round; }}
.floor {{ fill: #fafbfc; }}
.box {{ fill: #e8f0f8; stroke: #1f5a8c; stroke-width: 1.5; }}
.quiet {{ fill: #f5f7fa; stroke: #7b8794; stroke-width: 1.5; }}
.inner {{ fill: none; stroke: #1f5a8c; }}
.line {{ fill: none; stroke: #1f5a8c; stroke-width: 1.4; }}
.back {{ fill: none; stroke: #a05a00; stroke-width: 1.4; }}
.dot {{ fill: #1f2933; }}
"""
COLOURS = {"line": "#1f5a8c", "back": "#a05a00"}


def room_of(text: str, size: int) -> float:
    """Width of a line in pixels, never less than what common fonts take."""
    return sum(size * (1.0 if east_asian_width(letter) in "WF" else 0.53) for letter in text)


def wrap(text: str, size: int, room: float) -> list[str]:
    """Break a text into lines no wider than `room`; Chinese may break anywhere."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and room_of((lines[-1] + piece).rstrip(), size) > room:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterable[str]:
    word = ""
    for letter in text:
        wide = east_asian_width(letter) in "WF"
        if word and (wide or word[-1] == " "):
            yield word
            word = ""
        word += letter
    yield word


@dataclass
class Picture:
    """Shapes in the order in which they are drawn, on white, `width` x `height` pixels."""

    title: str
    width: int
    height: int
    parts: list[str] = field(default_factory=list)

    def box(self, x: float, y: float, width: float, height: float, style: str = "box") -> None:
        place = f'x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}"'
        self.parts.append(f'<rect class="{style}" {place} rx="8"/>')

    def text(self, x: float, y: float, words: str, style: str, anchor: str = "start") -> None:
        self.parts.append(
            f'<text class="{style}" x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(words)}</text>'
        )

    def path(self, steps: Sequence[str], style: str = "line", *, arrow: bool = True) -> None:
        head = f' marker-end="url(#{style}-head)"' if arrow else ""
        self.parts.append(f'<path class="{style}" d="{" ".join(steps)}"{head}/>')

    def dot(self, x: float, y: float) -> None:
        self.parts.append(f'<circle class="dot" cx="{x:.0f}" cy="{y:.0f}" r="5"/>')

    def render(self) -> str:
        size = f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}"'
        heads = "".join(_head(name, colour) for name, colour in COLOURS.items())
        return "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label={quoteattr(self.title)}>',
                f"<title>{escape(self.title)}</title>",
                f"<style>{STYLE}</style>",
                f"<defs>{heads}</defs>",
                f'<rect width="{self.width}" height="{self.height}" fill="#fff"/>',
                *self.parts,
                "</svg>\n",
            )
        )


def _head(name: str, colour: str) -> str:
    return (
        f'<marker id="{name}-head" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0.5 L8 4 L0 7.5 z" fill="{colour}"/></marker>'
    )
