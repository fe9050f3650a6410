"""Makes the Word templates in the layout of official documents (GB/T 9704) from the `body` of each kind.

An office edits the templates in WPS or Word afterwards; making them anew throws such edits away, so it is done by
`flask documents templates --write` only. Fonts are named, never shipped.
"""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from inspect_app.documents.definition import FieldKind, KindDefinition
from inspect_app.documents.kinds import Family

if TYPE_CHECKING:
    from docx.document import Document as Word

SONG, FANG_SONG, KAI, HEI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"
BODY_POINTS, TITLE_POINTS, HEAD_POINTS = 16, 22, 26
RED = "C00000"
LINE_PITCH, CHARACTER_SPACE = "579", "-842"
MARGINS = {"top_margin": 37, "left_margin": 28, "right_margin": 26, "bottom_margin": 35}
HEAD, NUMBER, TITLE, ADDRESSEE, BODY = "发文机关标志", "发文字号", "公文标题", "主送机关", "公文正文"
FIRST, SECOND, SIGNED, CELL = "一级标题", "二级标题", "落款", "表格文字"
# name of a style: font, points, alignment (0 left, 1 centre, 2 right), indented by two characters
STYLES: dict[str, tuple[str, int, int, bool]] = {
    HEAD: (SONG, HEAD_POINTS, 1, False),
    NUMBER: (FANG_SONG, BODY_POINTS, 1, False),
    TITLE: (SONG, TITLE_POINTS, 1, False),
    ADDRESSEE: (FANG_SONG, BODY_POINTS, 0, False),
    BODY: (FANG_SONG, BODY_POINTS, 3, True),
    FIRST: (HEI, BODY_POINTS, 0, True),
    SECOND: (KAI, BODY_POINTS, 0, True),
    SIGNED: (FANG_SONG, BODY_POINTS, 2, False),
    CELL: (FANG_SONG, 14, 0, False),
}
MARK = re.compile(r"\[(facts|text|table|signatures)\s*([a-z_, ]*)\]")
FIRST_LEVEL, SECOND_LEVEL = re.compile(r"[一二三四五六七八九十]+、"), re.compile(r"（[一二三四五六七八九十]+）")


def make_template(kind: KindDefinition) -> bytes:
    """Return the .docx template of a kind."""
    from docx import Document as new_word  # noqa: N813, PLC0415 - a heavy library, only where Word is written

    word = new_word()
    _page(word)
    _styles(word)
    _say(word, HEAD, "{{ issuer }}")
    if kind.family is Family.LETTER:
        word.paragraphs[-1].runs[0].font.color.rgb = _red()
        _say(word, NUMBER, "{{ number }}")
        _rule(word)
        _say(word, TITLE, "{{ title }}")
    else:
        _say(word, TITLE, "{{ title }}")
        _say(word, NUMBER, "{{ number }}")
    for line in kind.body.strip().splitlines():
        _line(word, kind, line)
    _optional(word, "replaced")
    _say(word, SIGNED, "{{ issuer }}（印章）")
    _say(word, SIGNED, "{{ issued_on }}")
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _page(word: "Word") -> None:
    from docx.shared import Mm  # noqa: PLC0415 - as above

    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, width in MARGINS.items():
        setattr(section, name, Mm(width))
    grid = _element("docGrid", type="linesAndChars", linePitch=LINE_PITCH, charSpace=CHARACTER_SPACE)
    for old in section._sectPr.findall(grid.tag):  # noqa: SLF001 - python-docx has no word for the grid
        section._sectPr.remove(old)  # noqa: SLF001 - the same
    section._sectPr.append(grid)  # noqa: SLF001 - the same
    word.settings.odd_and_even_pages_header_footer = True
    _footer(section.footer.paragraphs[0], 2)
    _footer(section.even_page_footer.paragraphs[0], 0)


def _footer(paragraph: Any, alignment: int) -> None:  # noqa: ANN401 - a paragraph of python-docx
    """Write the page number between dashes at the outer edge."""
    from docx.shared import Pt  # noqa: PLC0415 - as above

    paragraph.alignment = alignment
    for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = paragraph.add_run(text)
        run.font.size = Pt(14)
        if field:
            for part in (_element("fldChar", fldCharType="begin"), None, _element("fldChar", fldCharType="end")):
                run._r.append(_instruction(field) if part is None else part)  # noqa: SLF001 - fields have no word either


def _instruction(field: str) -> Any:  # noqa: ANN401 - an XML element
    made = _element("instrText")
    made.text = field
    return made


def _styles(word: "Word") -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 - as above
    from docx.shared import Pt  # noqa: PLC0415 - as above

    for name, (font, points, alignment, indented) in STYLES.items():
        style: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.name, style.font.size = font, Pt(points)
        style.element.rPr.rFonts.set(_name("eastAsia"), font)
        layout = style.paragraph_format
        layout.alignment, layout.space_before, layout.space_after = alignment, Pt(0), Pt(0)
        if indented:
            style.element.get_or_add_pPr().append(_element("ind", firstLineChars="200", firstLine="640"))


def _line(word: "Word", kind: KindDefinition, line: str) -> None:
    """Write one line of the body: a marked block, a heading or a paragraph."""
    marked = MARK.fullmatch(line.strip())
    if marked:
        names = [name.strip() for name in marked[2].split(",") if name.strip()]
        _block(word, kind, marked[1], names)
        return
    text = line.strip().lstrip("　")
    style = FIRST if FIRST_LEVEL.match(text) else SECOND if SECOND_LEVEL.match(text) else BODY
    if text == "{{ addressee }}：":
        style = ADDRESSEE
    _say(word, style, text)


def _block(word: "Word", kind: KindDefinition, what: str, names: list[str]) -> None:
    if what == "text":
        for text in (f"{{%p for line in {names[0]} %}}", "{{ line }}", "{%p endfor %}"):
            _say(word, BODY, text)
    elif what == "facts":
        _table(word, [[label, text] for label, text in _facts(kind, names)], (42, 114))
    elif what == "table":
        field = kind.field(names[0])
        columns = field.columns if field else ()
        head = ["序号", *(column.label for column in columns)]
        cells = ["{{ row.n }}", *(f"{{{{ row.{column.code} }}}}" for column in columns)]
        _loop(word, names[0], head, cells, (14, *(142 // max(len(columns), 1) for _ in columns)))
    else:
        cells = ["{{ row.label }}", "{% if row.image %}{{ row.image }} {% endif %}{{ row.text }}"]
        _loop(word, "signatures", [], cells, (42, 114))


def _facts(kind: KindDefinition, names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        field = kind.field(name)
        paragraphs = field is not None and field.kind is FieldKind.TEXT
        yield field.label if field else name, f"{{{{ {name}|join('\\n') }}}}" if paragraphs else f"{{{{ {name} }}}}"


def _loop(word: "Word", name: str, head: list[str], cells: list[str], widths: tuple[int, ...]) -> None:
    """Write a table of which one row is repeated; the rows that hold the loop vanish when it is filled."""
    rows = [[f"{{%tr for row in {name} %}}"], cells, ["{%tr endfor %}"]]
    _table(word, [head, *rows] if head else rows, widths)


def _table(word: "Word", rows: list[list[str]], widths: tuple[int, ...]) -> None:
    from docx.shared import Mm  # noqa: PLC0415 - as above

    table = word.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for texts in rows:
        row = table.add_row()
        for cell, width, text in zip(row.cells, widths, [*texts, *[""] * len(widths)], strict=False):
            cell.width = Mm(width)
            cell.paragraphs[0].style = CELL
            cell.paragraphs[0].add_run(text)


def _optional(word: "Word", name: str) -> None:
    for text in (f"{{%p if {name} %}}", f"{{{{ {name} }}}}", "{%p endif %}"):
        _say(word, BODY, text)


def _say(word: "Word", style: str, text: str) -> None:
    word.add_paragraph(text, style=style)


def _rule(word: "Word") -> None:
    """Draw the red line under the number of a letter."""
    borders = _element("pBdr")
    borders.append(_element("bottom", val="single", sz="12", space="4", color=RED))
    word.paragraphs[-1]._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - borders have no word either


def _red() -> Any:  # noqa: ANN401 - a colour of python-docx
    from docx.shared import RGBColor  # noqa: PLC0415 - as above

    return RGBColor.from_string(RED)


def _element(tag: str, **attributes: str) -> Any:  # noqa: ANN401 - an XML element
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(_name(name), value)
    return made


def _name(name: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    return qn(f"w:{name}")
