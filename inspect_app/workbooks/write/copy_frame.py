"""What stands around the sheets of a copied workbook: the package, the list of sheets, a handful of styles."""

from collections.abc import Iterator, Sequence

from inspect_app.workbooks.own import OWN_RED
from inspect_app.workbooks.write.parts import OFFICE, PACKAGE, SHEET_TYPE, XML
from inspect_app.workbooks.write.styles import FACE, MAIN
from inspect_app.workbooks.write.text import attribute_text

PLAIN, DAY, QUOTED, BAD, BAD_DAY, HEADING = range(6)
DAY_FORMAT = 164
NO_BORDER = "<border><left/><right/><top/><bottom/><diagonal/></border>"
RED = f'<fill><patternFill patternType="solid"><fgColor rgb="FF{OWN_RED}"/><bgColor indexed="64"/></patternFill></fill>'
NONE, GREY = ('<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>')
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"


def around(names: Sequence[str], hidden: Sequence[bool]) -> Iterator[tuple[str, str]]:
    """Give every part beside the sheets, by name."""
    yield "xl/styles.xml", XML + _styles()
    yield "xl/workbook.xml", XML + _workbook(names, hidden)
    kinds = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(names) + 1)]
    yield "xl/_rels/workbook.xml.rels", XML + _relations([*kinds, ("styles", "styles.xml")])
    yield "_rels/.rels", XML + _relations([("officeDocument", "xl/workbook.xml")])
    yield "[Content_Types].xml", XML + _content_types(len(names))


def _workbook(names: Sequence[str], hidden: Sequence[bool]) -> str:
    sheets = "".join(
        f'<sheet name="{attribute_text(name)}" sheetId="{number}"{_state(is_hidden=off)} r:id="rId{number}"/>'
        for number, (name, off) in enumerate(zip(names, hidden, strict=True), 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships"><sheets>{sheets}</sheets></workbook>'


def _state(*, is_hidden: bool) -> str:
    return ' state="hidden"' if is_hidden else ""


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _content_types(sheets: int) -> str:
    kinds = {
        "/xl/workbook.xml": f"{SHEET_TYPE}.sheet.main+xml",
        "/xl/styles.xml": f"{SHEET_TYPE}.styles+xml",
        **{f"/xl/worksheets/sheet{number}.xml": f"{SHEET_TYPE}.worksheet+xml" for number in range(1, sheets + 1)},
    }
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{RELATIONS}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _styles() -> str:
    cells = (_cell(), _cell(number=DAY_FORMAT), _cell(more=' quotePrefix="1"'), _cell(fill=2),
             _cell(number=DAY_FORMAT, fill=2), _cell(font=1))  # fmt: skip
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="{DAY_FORMAT}" '
        f'formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="10"/>{FACE}</font>'
        f'<font><b/><sz val="10"/>{FACE}</font></fonts><fills count="3">{NONE}{GREY}{RED}</fills>'
        f'<borders count="1">{NO_BORDER}</borders><cellStyleXfs count="1">'
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(cells)}">{"".join(cells)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _cell(*, number: int = 0, font: int = 0, fill: int = 0, more: str = "") -> str:
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0"{more} '
        'applyNumberFormat="1" applyFont="1" applyFill="1"/>'
    )
