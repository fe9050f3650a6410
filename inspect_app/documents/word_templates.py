"""Makes the Word templates in the layout of official documents (GB/T 9704) from the `body` of each kind.

An office edits the templates in WPS or Word afterwards; making them anew throws such edits away, so it is done by
`flask documents templates --write` only. Fonts are named, never shipped.
"""

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from inspect_app.documents.definition import DocumentField, FieldKind, KindDefinition
from inspect_app.documents.kinds import Family

if TYPE_CHECKING:
    from docx.document import Document as Word

SONG, FANG_SONG, KAI, HEI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"
BODY_POINTS, TITLE_POINTS, HEAD_POINTS = 16, 22, 26
RED = "C00000"
# twentieths of a point: 22 lines a page; characters of 16 points close enough for 28 in a line of 156 mm. A grid of
# characters would say the same to Word and WPS, but others give a character that is wider than its cell two cells.
LINE_PITCH, CHARACTER_SPACE = "579", "-5"
MARGINS = {"top_margin": 37, "left_margin": 28, "right_margin": 26, "bottom_margin": 35}
HEAD, NUMBER, TITLE, ADDRESSEE, BODY = "发文机关标志", "发文字号", "公文标题", "主送机关", "公文正文"
FIRST, SECOND, SIGNED, CELL, GAP = "一级标题", "二级标题", "落款", "表格文字", "表格间隔"
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
    GAP: (FANG_SONG, 4, 0, False),
}
OFF_GRID = (HEAD, TITLE, CELL, GAP)  # what is larger or smaller than the body keeps its own spacing
AFTER_GRID, AFTER_SPACING = ("w:spacing", "w:ind", "w:jc"), ("w:sz", "w:szCs")  # what follows them in a style
LINE = 28.95
# points above and below, in both kinds of heads: two lines under the red rule, one line between title and text
SPACED = {TITLE: (0, LINE), NUMBER: (LINE / 2, 6), GAP: (0, 4)}
TABLE_WIDTH, NUMBER_WIDTH, LABEL_WIDTH = 156, 14, 42
SIGNED_INDENT, DATE_INDENT = 2, 4
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
        word.paragraphs[-1].paragraph_format.space_before = _points(2 * LINE)
    else:
        _say(word, TITLE, "{{ title }}")
        word.paragraphs[-1].paragraph_format.space_after = _points(0)
        _say(word, NUMBER, "{{ number }}")
        word.paragraphs[-1].paragraph_format.space_after = _points(LINE)
    for line in kind.body.strip().splitlines():
        _line(word, kind, line)
    _keep(word.paragraphs[-1])
    _optional(word, "replaced")
    _sign_off(word, "{{ issuer }}" if kind.family is Family.LETTER else "{{ issuer }}（印章）", SIGNED_INDENT)
    _keep(word.paragraphs[-1])
    _sign_off(word, "{{ issued_on }}", DATE_INDENT)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _page(word: "Word") -> None:
    from docx.shared import Mm  # noqa: PLC0415 - as above

    section = word.sections[0]
    section.page_width, section.page_height, section.footer_distance = Mm(210), Mm(297), Mm(24)
    for name, width in MARGINS.items():
        setattr(section, name, Mm(width))
    grid = _element("docGrid", type="lines", linePitch=LINE_PITCH)
    for old in section._sectPr.findall(grid.tag):  # noqa: SLF001 - python-docx has no word for the grid
        section._sectPr.remove(old)  # noqa: SLF001 - the same
    section._sectPr.append(grid)  # noqa: SLF001 - the same
    word.settings.odd_and_even_pages_header_footer = True
    _footer(section.footer.paragraphs[0], 2)
    _footer(section.even_page_footer.paragraphs[0], 0)


def _footer(paragraph: Any, alignment: int) -> None:  # noqa: ANN401 - a paragraph of python-docx
    """Write the page number between dashes, one character from the outer edge."""
    paragraph.alignment = alignment
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = _points(14)
    for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = paragraph.add_run(text)
        run.font.name, run.font.size = "宋体", _points(14)
        run._r.rPr.rFonts.set(_name("eastAsia"), "宋体")  # noqa: SLF001 - python-docx has no word for East Asian fonts
        if field:
            for part in (_element("fldChar", fldCharType="begin"), None, _element("fldChar", fldCharType="end")):
                run._r.append(_instruction(field) if part is None else part)  # noqa: SLF001 - fields have no word either


def _instruction(field: str) -> Any:  # noqa: ANN401 - an XML element
    made = _element("instrText")
    made.text = field
    return made


def _styles(word: "Word") -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 - as above

    _dress(word.styles["Normal"], FANG_SONG, BODY_POINTS)
    for name, (font, points, alignment, indented) in STYLES.items():
        style: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _dress(style, font, points)
        layout = style.paragraph_format
        above, below = SPACED.get(name, (0, 0))
        layout.alignment, layout.space_before, layout.space_after = alignment, _points(above), _points(below)
        layout.keep_with_next = True if name in {FIRST, SECOND} else None
        if name in OFF_GRID:
            style.element.get_or_add_pPr().insert_element_before(_element("snapToGrid", val="0"), *AFTER_GRID)
        else:
            layout.line_spacing = _points(LINE)
            spacing = _element("spacing", val=CHARACTER_SPACE)
            style.element.get_or_add_rPr().insert_element_before(spacing, *AFTER_SPACING)
        if indented:
            _indent(style.element.get_or_add_pPr(), firstLineChars=200, firstLine=640)


def _dress(style: Any, font: str, points: int) -> None:  # noqa: ANN401 - a style of python-docx
    style.font.name, style.font.size = font, _points(points)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(_name("eastAsia"), font)


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
        _table(word, [[label, text] for label, text in _facts(kind, names)], (LABEL_WIDTH, TABLE_WIDTH - LABEL_WIDTH))
    elif what == "table":
        field = kind.field(names[0])
        columns = field.columns if field else ()
        head = ["序号", *(column.label for column in columns)]
        cells = ["{{ row.n }}", *(f"{{{{ row.{column.code} }}}}" for column in columns)]
        _loop(word, names[0], head, cells, _widths(columns))
    else:
        cells = ["{{ row.label }}", "{% if row.image %}{{ row.image }} {% endif %}{{ row.text }}"]
        _loop(word, "signatures", [], cells, (LABEL_WIDTH, TABLE_WIDTH - LABEL_WIDTH))
        for cell in word.tables[-1]._cells:  # noqa: SLF001 - all cells at once have no public name
            _keep(cell.paragraphs[0])


def _widths(columns: Sequence[DocumentField]) -> tuple[int, ...]:
    """Return the widths of a numbered table: what columns ask for, the rest shared by those that ask for nothing."""
    free = TABLE_WIDTH - NUMBER_WIDTH - sum(column.width for column in columns)
    shared = free // max(sum(not column.width for column in columns), 1)
    return (NUMBER_WIDTH, *(column.width or shared for column in columns))


def _facts(kind: KindDefinition, names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        field = kind.field(name)
        paragraphs = field is not None and field.kind is FieldKind.TEXT
        yield field.label if field else name, f"{{{{ {name}|join('\\n') }}}}" if paragraphs else f"{{{{ {name} }}}}"


def _loop(word: "Word", name: str, head: list[str], cells: list[str], widths: tuple[int, ...]) -> None:
    """Write a table of which one row is repeated; the rows that hold the loop vanish when it is filled."""
    rows = [[f"{{%tr for row in {name} %}}"], cells, ["{%tr endfor %}"]]
    _table(word, [head, *rows] if head else rows, widths, headed=bool(head))


def _table(word: "Word", rows: list[list[str]], widths: tuple[int, ...], *, headed: bool = False) -> None:
    """Write a table; its head comes again on the next page, a row is not torn apart, a gap sets off what follows."""
    from docx.shared import Mm  # noqa: PLC0415 - as above

    _keep(word.paragraphs[-1])
    table: Any = word.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit, table.alignment = False, 1
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for number, texts in enumerate(rows):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no word for how rows break
        properties.append(_element("cantSplit"))
        if headed and not number:
            properties.append(_element("tblHeader"))
        for place, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
            text = texts[place] if place < len(texts) else ""
            _cell(cell, Mm(width), text, centred=headed and (not number or not place) and "{%" not in text)
            if headed and not number:
                _keep(cell.paragraphs[0])
    _say(word, GAP, "")


def _cell(cell: Any, width: int, text: str, *, centred: bool) -> None:  # noqa: ANN401 - a cell of python-docx
    cell.width, cell.vertical_alignment = width, 1
    paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    paragraph.add_run(text)
    if centred:
        paragraph.alignment = 1


def _optional(word: "Word", name: str) -> None:
    for text in (f"{{%p if {name} %}}", f"{{{{ {name} }}}}", "{%p endif %}"):
        _say(word, BODY, text)


def _say(word: "Word", style: str, text: str) -> None:
    word.add_paragraph(text, style=style)


def _sign_off(word: "Word", text: str, characters: int) -> None:
    """Write who signs off, or the day, so many characters from the right edge."""
    _say(word, SIGNED, text)
    properties = word.paragraphs[-1]._p.get_or_add_pPr()  # noqa: SLF001 - indents in characters have no word either
    _indent(properties, rightChars=100 * characters, right=20 * BODY_POINTS * characters)


def _indent(properties: Any, **widths: int) -> None:  # noqa: ANN401 - an XML element
    """Indent a paragraph by hundredths of a character and, for readers that know none, by twentieths of a point."""
    indent = properties.get_or_add_ind()
    for name, width in widths.items():
        indent.set(_name(name), str(width))


def _keep(paragraph: Any) -> None:  # noqa: ANN401 - a paragraph of python-docx
    """Keep a paragraph on the page of what follows it."""
    paragraph.paragraph_format.keep_with_next = True


def _points(points: float) -> Any:  # noqa: ANN401 - a length of python-docx
    from docx.shared import Pt  # noqa: PLC0415 - as above

    return Pt(points)


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
