"""Cell styles of a written table; a style is called by its place in the style sheet."""

from inspect_app.workbooks.write.layout import CellKind

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TITLE, CAPTION, HEAD = 1, 2, 3
STYLES = {
    CellKind.TEXT: 4,
    CellKind.WORD: 5,
    CellKind.INTEGER: 6,
    CellKind.AMOUNT: 7,
    CellKind.COORDINATE: 8,
    CellKind.DAY: 9,
}
QUOTED = {CellKind.TEXT: 10, CellKind.WORD: 11}
LOCKED = {kind: style + 8 for kind, style in STYLES.items()}
LOCKED_QUOTED = {kind: style + 8 for kind, style in QUOTED.items()}
PLAIN_TEXT, PLAIN_HEAD = 20, 21
DEGREES, DAY = 164, 165
WHOLE, AMOUNT = 1, 4
FACE = '<name val="宋体"/><family val="3"/><charset val="134"/>'
FONTS = (
    f'<font><sz val="10"/>{FACE}</font>',
    f'<font><b/><sz val="16"/>{FACE}</font>',
    f'<font><b/><sz val="10"/>{FACE}</font>',
    f'<font><sz val="10"/><color rgb="FF586875"/>{FACE}</font>',
)
FILLS = (
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE5EFF2"/><bgColor indexed="64"/></patternFill></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE4E7EA"/><bgColor indexed="64"/></patternFill></fill>',
)
EDGES = "".join(f'<{side} style="thin"><color rgb="FF8C9AA5"/></{side}>' for side in ("left", "right", "top", "bottom"))
BORDERS = (
    "<border><left/><right/><top/><bottom/><diagonal/></border>",
    f"<border>{EDGES}<diagonal/></border>",
)
FORMATS = (
    f'<numFmt numFmtId="{DEGREES}" formatCode="0.000000"/>',
    f'<numFmt numFmtId="{DAY}" formatCode="yyyy\\-mm\\-dd"/>',
)
PLAIN = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'


def style_sheet() -> str:
    """Return the style sheet without its XML declaration."""
    return (
        f'<styleSheet xmlns="{MAIN}">{_counted("numFmts", FORMATS)}{_counted("fonts", FONTS)}'
        f"{_counted('fills', FILLS)}{_counted('borders', BORDERS)}{_counted('cellStyleXfs', (PLAIN,))}"
        f"{_counted('cellXfs', _cell_styles())}"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _counted(name: str, items: tuple[str, ...]) -> str:
    return f'<{name} count="{len(items)}">{"".join(items)}</{name}>'


def _cell_styles() -> tuple[str, ...]:
    return (
        _style("left", border=0),
        _style("center", font=1, border=0),
        _style("left", font=3, border=0),
        _style("center", font=2, fill=2, wrap=True),
        *_table_styles(0),
        *_table_styles(3),
        _style("left", border=0, wrap=True),
        _style("left", font=2, border=0, wrap=True),
    )


def _table_styles(fill: int) -> tuple[str, ...]:
    """Return the styles of the cells of a table in the order of STYLES, then of QUOTED."""
    return (
        _style("left", fill=fill, wrap=True),
        _style("center", fill=fill, wrap=True),
        _style("right", fill=fill, number=WHOLE),
        _style("right", fill=fill, number=AMOUNT),
        _style("right", fill=fill, number=DEGREES),
        _style("center", fill=fill, number=DAY),
        _style("left", fill=fill, wrap=True, quoted=True),
        _style("center", fill=fill, wrap=True, quoted=True),
    )


def _style(
    across: str,
    *,
    font: int = 0,
    border: int = 1,
    fill: int = 0,
    number: int = 0,
    wrap: bool = False,
    quoted: bool = False,
) -> str:
    wrapping = ' wrapText="1"' if wrap else ""
    quoting = ' quotePrefix="1"' if quoted else ""
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"{quoting} '
        'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment horizontal="{across}" vertical="center"{wrapping}/></xf>'
    )
