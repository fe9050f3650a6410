"""One pass over an archive with constant memory, before any reader of workbooks sees it.

Finds what readers take without complaint: bombs, sizes that lie, wrong checksums, document types,
doubled members, encryption, macro sheets; and notes what readers lose: error cells, formulas whose
result was never stored, hidden rows, the 1904 calendar.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.workbooks.archive import ENCRYPTED, content, members
from inspect_app.workbooks.attachments import named, note_attachments, targets
from inspect_app.workbooks.facts import SheetFacts
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.limits import Limits
from inspect_app.workbooks.opendocument import ContentScan
from inspect_app.workbooks.parts import PartScan
from inspect_app.workbooks.styles import NONE, read_styles

OTHER_ARCHIVE = mark(
    "这是一个压缩包或其他办公文档（%(what)s），不是工作簿。请解压或打开后，把台账另存为 .xlsx 再上传。"
)
BINARY_BOOK = mark("暂不支持 .xlsb 二进制工作簿。请在 Excel 中另存为 .xlsx 后再上传。")
FOREIGN = {"word/document.xml": "Word", "ppt/presentation.xml": "PowerPoint", "classes.dex": "APK"}
KEPT = ("workbook.xml", ".rels", "manifest.xml", "mimetype", "styles.xml")
KEPT_KINDS = ("comment", "drawing")
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """What the pass over an archive found; `sheets` is keyed by the sheet's name."""

    kind: Kind
    sheets: Mapping[str, SheetFacts] = field(default_factory=dict)
    date1904: bool = False
    macros: bool = False


def check_archive(path: Path, limits: Limits) -> ArchiveFacts:
    """Read every member once; raises FileRefused, or BadZipFile and ExpatError for what is simply broken."""
    with ZipFile(path) as archive, path.open("rb") as stream:
        found = members(archive, limits)
        names = {info.filename for info in found}
        _refuse_foreign(names)
        scans = _scan_all(stream, found, limits)
    return _ods(scans) if "content.xml" in names else _ooxml(scans)


def _refuse_foreign(names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise FileRefused("E_TYPE", BINARY_BOOK)
    if not names & {"xl/workbook.xml", "content.xml"} and "[Content_Types].xml" not in names:
        raise FileRefused("E_TYPE", OTHER_ARCHIVE, what="ZIP")
    for name in FOREIGN.keys() & names:
        raise FileRefused("E_TYPE", OTHER_ARCHIVE, what=FOREIGN[name])


def _scan_all(stream: BinaryIO, found: list[ZipInfo], limits: Limits) -> dict[str, PartScan]:
    """Scan every member; the formats of cells come first, so that sheets can be asked about them."""
    scans = {}
    spent = 0
    styles = NONE
    for info in sorted(found, key=lambda each: not each.filename.endswith("styles.xml")):
        keep = info.filename.endswith(KEPT) or info.filename.rpartition("/")[2].startswith(KEPT_KINDS)
        scan = scans[info.filename] = PartScan(limits, keep=keep, styles=styles)
        scan.content = ContentScan() if info.filename == "content.xml" else None
        for chunk in content(stream, info, limits, spent):
            scan.feed(chunk)
        scan.finish()
        if scan.root == "styleSheet":
            styles = read_styles(bytes(scan.kept))
        spent += info.file_size
    return scans


def _ods(scans: Mapping[str, PartScan]) -> ArchiveFacts:
    manifest = scans.get("META-INF/manifest.xml")
    if manifest and b"encryption-data" in manifest.kept:
        raise FileRefused("E_ENCRYPTED", ENCRYPTED)
    mimetype = scans.get("mimetype")
    if mimetype and not mimetype.kept.startswith(ODS_TYPE):
        raise FileRefused("E_TYPE", OTHER_ARCHIVE, what="OpenDocument")
    content_scan = scans["content.xml"].content
    return ArchiveFacts(Kind.ODS, content_scan.sheets if content_scan else {})


def _ooxml(scans: Mapping[str, PartScan]) -> ArchiveFacts:
    part = next((name for name, scan in scans.items() if scan.root == "workbook" and scan.kept), None)
    macros = any(name.endswith("vbaProject.bin") for name in scans)
    kind = Kind.XLSM if macros else Kind.XLSX
    if part is None:
        return ArchiveFacts(kind, macros=macros)
    book = fromstring(bytes(scans[part].kept))
    flag = next((element.get("date1904") for element in named(book, "workbookPr")), None)
    return ArchiveFacts(kind, _sheets(book, part, scans), flag in {"1", "true"}, macros)


def _sheets(book: Element, part: str, scans: Mapping[str, PartScan]) -> dict[str, SheetFacts]:
    pointed = targets(part, scans)
    facts = {}
    for sheet in named(book, "sheet"):
        if (target := pointed.get(_relation_id(sheet), "")) in scans:
            note_attachments(target, scans)
            facts[sheet.get("name", "")] = scans[target].facts
    return facts


def _relation_id(sheet: Element) -> str | None:
    return next((value for key, value in sheet.attrib.items() if key.rpartition("}")[2] == "id"), None)
