"""The fixed parts of a written workbook: package, styles, properties, and the frame around the rows."""

from collections.abc import Iterable, Iterator
from datetime import UTC

from inspect_app.workbooks.write.drop_downs import drop_downs
from inspect_app.workbooks.write.layout import About, Beside, Column, Layout
from inspect_app.workbooks.write.letters import letters
from inspect_app.workbooks.write.styles import CAPTION, HEAD, MAIN, PLAIN_HEAD, PLAIN_TEXT, TITLE, style_sheet
from inspect_app.workbooks.write.text import attribute_text, cell_text, footer_text

SHEET = "xl/worksheets/sheet1.xml"
HEAD_ROW = 3
LAST_ROW = 1048575
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def sheet_head(layout: Layout) -> str:
    """Return everything before the first row of data: view, widths, title, caption and the head of the table."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"{_hidden(column)}/>'
        for place, column in enumerate(layout.columns, 1)
    )
    corner = f"{letters(layout.frozen + 1)}4"
    split = f'xSplit="{layout.frozen}" ' if layout.frozen else ""
    pane = "bottomRight" if layout.frozen else "bottomLeft"
    head = "".join(
        f'<c r="{letters(place)}3" s="{HEAD}" t="inlineStr"><is><t>{cell_text(column.heading)}</t></is></c>'
        for place, column in enumerate(layout.columns, 1)
    )
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane {split}ySplit="3" topLeftCell="{corner}" activePane="{pane}" state="frozen"/>'
        f'<selection pane="{pane}" activeCell="{corner}" sqref="{corner}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="18"/><cols>{columns}</cols><sheetData>'
        f'<row r="1" ht="30" customHeight="1"><c r="A1" s="{TITLE}" t="s"><v>0</v></c></row>'
        f'<row r="2" ht="20" customHeight="1"><c r="A2" s="{CAPTION}" t="s"><v>1</v></c></row>'
        f'<row r="3" ht="32" customHeight="1">{head}</row>'
    )


def sheet_foot(layout: Layout, about: About, last_row: int) -> str:
    """Return everything after the last row: filter, drop-downs, and how the sheet is printed (A4 landscape)."""
    width = letters(len(layout.columns))
    breaks = [place for place, column in enumerate(layout.columns, 1) if column.ends_page]
    first_page = letters(breaks[0] if breaks else len(layout.columns))
    return (
        f'</sheetData><autoFilter ref="A3:{width}{last_row}"/>'
        f'<mergeCells count="2"><mergeCell ref="A1:{first_page}1"/><mergeCell ref="A2:{first_page}2"/></mergeCells>'
        f"{drop_downs(layout, last_row + layout.spare_rows)}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="9" scale="{layout.scale}" pageOrder="overThenDown" orientation="landscape"/>'
        f"<headerFooter><oddFooter>&amp;L{footer_text(about.title)}&amp;C第 &amp;P 页，共 &amp;N 页"
        f"&amp;R{footer_text(about.footer)}</oddFooter></headerFooter>{_breaks(breaks)}</worksheet>"
    )


def _breaks(places: list[int]) -> str:
    marks = "".join(f'<brk id="{place}" max="{LAST_ROW}" man="1"/>' for place in places)
    count = len(places)
    return f'<colBreaks count="{count}" manualBreakCount="{count}">{marks}</colBreaks>' if places else ""


def beside_sheet(sheet: Beside) -> str:
    """Return a sheet of plain texts; its first row is its head."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(sheet.widths, 1)
    )
    rows = "".join(f'<row r="{number}">{_texts(number, row)}</row>' for number, row in enumerate(sheet.rows, 1))
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="18"/><cols>{columns}</cols><sheetData>{rows}</sheetData>'
        '<pageMargins left="0.6" right="0.6" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="portrait"/></worksheet>'
    )


def _texts(number: int, row: tuple[str, ...]) -> str:
    style = PLAIN_HEAD if number == 1 else PLAIN_TEXT
    return "".join(
        f'<c r="{letters(place)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{cell_text(text)}'
        "</t></is></c>"
        for place, text in enumerate(row, 1)
        if text
    )


def around(layout: Layout, about: About, count: int, beside: tuple[Beside, ...] = ()) -> Iterator[tuple[str, str]]:
    """Give every part beside the sheet, by name; the caption needs the number of rows, so they are written last."""
    yield "xl/sharedStrings.xml", _shared_strings(about.title, about.caption(count))
    yield "xl/styles.xml", XML + style_sheet()
    yield "xl/workbook.xml", _workbook(layout, beside)
    for number, sheet in enumerate(beside, 2):
        yield f"xl/worksheets/sheet{number}.xml", beside_sheet(sheet)
    sheets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(beside) + 2)]
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(OFFICE, [*sheets, ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]),
    )
    yield "docProps/core.xml", _core_properties(about)
    yield (
        "docProps/app.xml",
        f'{XML}<Properties xmlns="{OFFICE}/extended-properties"><Application>inspect-app</Application></Properties>',
    )
    yield "_rels/.rels", _package_relations()
    yield "[Content_Types].xml", _content_types(len(sheets))


def _shared_strings(*texts: str) -> str:
    items = "".join(f'<si><t xml:space="preserve">{cell_text(text)}</t></si>' for text in texts)
    return f'{XML}<sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">{items}</sst>'


def _workbook(layout: Layout, beside: tuple[Beside, ...]) -> str:
    name = attribute_text(layout.sheet)
    columns = f"'{name}'!$A:${letters(layout.frozen)}," if layout.frozen else ""
    sheets = "".join(
        f'<sheet name="{attribute_text(sheet.name)}" sheetId="{number}"{_state(sheet)} r:id="rId{number}"/>'
        for number, sheet in enumerate(beside, 2)
    )
    lists = "".join(
        f"<definedName name=\"{list_name}\">'{attribute_text(sheet.name)}'!${letters(place)}$2:"
        f"${letters(place)}${max(len(sheet.rows), 2)}</definedName>"
        for sheet in beside
        for list_name, place in sorted(sheet.lists.items())
    )
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships">'
        f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/>{sheets}</sheets><definedNames>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{columns}\'{name}\'!$3:$3</definedName>{lists}'
        "</definedNames></workbook>"
    )


def _state(sheet: Beside) -> str:
    return ' state="hidden"' if sheet.hidden else ""


def _hidden(column: Column) -> str:
    return ' hidden="1"' if column.hidden else ""


def _relations(base: str, targets: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{base}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _package_relations() -> str:
    return (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/>'
        "</Relationships>"
    )


def _content_types(sheets: int) -> str:
    parts = {
        "/xl/workbook.xml": f"{SHEET_TYPE}.sheet.main+xml",
        **{f"/xl/worksheets/sheet{number}.xml": f"{SHEET_TYPE}.worksheet+xml" for number in range(1, sheets + 1)},
        "/xl/styles.xml": f"{SHEET_TYPE}.styles+xml",
        "/xl/sharedStrings.xml": f"{SHEET_TYPE}.sharedStrings+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _core_properties(about: About) -> str:
    at = about.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{attribute_text(about.title)}</dc:title><dc:creator>{attribute_text(about.creator)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified></cp:coreProperties>'
    )
