"""The fixed parts of a written workbook: package, styles, properties, and the frame around the rows."""

from collections.abc import Iterator
from datetime import UTC

from inspect_app.workbooks.write.layout import About, Layout
from inspect_app.workbooks.write.styles import CAPTION, HEAD, MAIN, TITLE, style_sheet
from inspect_app.workbooks.write.text import attribute_text, cell_text, footer_text

SHEET = "xl/worksheets/sheet1.xml"
HEAD_ROW = 3
LETTERS = 26
LAST_ROW = 1048575
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def letters(place: int) -> str:
    """Return the letters of the column at a place counted from 1 (27 is AA)."""
    name = ""
    while place:
        place, rest = divmod(place - 1, LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def sheet_head(layout: Layout) -> str:
    """Return everything before the first row of data: view, widths, title, caption and the head of the table."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>'
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
        f"{_drop_downs(layout, last_row + layout.spare_rows)}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="9" scale="{layout.scale}" pageOrder="overThenDown" orientation="landscape"/>'
        f"<headerFooter><oddFooter>&amp;L{footer_text(about.title)}&amp;C第 &amp;P 页，共 &amp;N 页"
        f"&amp;R{footer_text(about.footer)}</oddFooter></headerFooter>{_breaks(breaks)}</worksheet>"
    )


def _drop_downs(layout: Layout, last_row: int) -> str:
    lists = [
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" '
        f'sqref="{letters(place)}4:{letters(place)}{max(last_row, 4)}">'
        f"<formula1>&quot;{attribute_text(','.join(column.choices))}&quot;</formula1></dataValidation>"
        for place, column in enumerate(layout.columns, 1)
        if column.choices
    ]
    return f'<dataValidations count="{len(lists)}">{"".join(lists)}</dataValidations>' if lists else ""


def _breaks(places: list[int]) -> str:
    marks = "".join(f'<brk id="{place}" max="{LAST_ROW}" man="1"/>' for place in places)
    count = len(places)
    return f'<colBreaks count="{count}" manualBreakCount="{count}">{marks}</colBreaks>' if places else ""


def around(layout: Layout, about: About, count: int) -> Iterator[tuple[str, str]]:
    """Give every part beside the sheet, by name; the caption needs the number of rows, so they are written last."""
    yield "xl/sharedStrings.xml", _shared_strings(about.title, about.caption(count))
    yield "xl/styles.xml", XML + style_sheet()
    yield "xl/workbook.xml", _workbook(layout)
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(
            OFFICE, {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}
        ),
    )
    yield "docProps/core.xml", _core_properties(about)
    yield (
        "docProps/app.xml",
        f'{XML}<Properties xmlns="{OFFICE}/extended-properties"><Application>inspect-app</Application></Properties>',
    )
    yield "_rels/.rels", _package_relations()
    yield "[Content_Types].xml", _content_types()


def _shared_strings(*texts: str) -> str:
    items = "".join(f'<si><t xml:space="preserve">{cell_text(text)}</t></si>' for text in texts)
    return f'{XML}<sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">{items}</sst>'


def _workbook(layout: Layout) -> str:
    name = attribute_text(layout.sheet)
    columns = f"'{name}'!$A:${letters(layout.frozen)}," if layout.frozen else ""
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships">'
        f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets><definedNames>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{columns}\'{name}\'!$3:$3</definedName>'
        "</definedNames></workbook>"
    )


def _relations(base: str, targets: dict[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{base}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
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


def _content_types() -> str:
    parts = {
        "/xl/workbook.xml": f"{SHEET_TYPE}.sheet.main+xml",
        "/xl/worksheets/sheet1.xml": f"{SHEET_TYPE}.worksheet+xml",
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


def _application() -> str:
    namespace = f"{OFFICE}/extended-properties"
    return f'{XML}<Properties xmlns="{namespace}"><Application>inspect-app</Application></Properties>'


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
