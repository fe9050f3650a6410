"""What a file is, by its bytes; what it may be called; who may see what it belongs to. Pure."""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from pathlib import PurePosixPath

from inspect_app.access.permissions import Permission, Role, allowed
from inspect_app.core.errors import Conflict, FileRefused
from inspect_app.workbooks.kind import wide_encoding

FILE_BYTES = 25 * 1024 * 1024
PIXELS = 60_000_000
HEAD_BYTES = 4096
NAME_LENGTH = 120


class FileKind(StrEnum):
    """Kinds of files that may be stored; the value is the media type they are served with."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"
    DOC = "application/msword"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLS = "application/vnd.ms-excel"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    TEXT = "text/csv"


PHOTOS = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
DOCUMENTS = PHOTOS | {FileKind.PDF, FileKind.DOC, FileKind.DOCX, FileKind.XLS, FileKind.XLSX}
WORKBOOKS = frozenset({FileKind.XLS, FileKind.XLSX, FileKind.ODS, FileKind.TEXT})
KIND_NAMES = {
    FileKind.JPEG: "JPG",
    FileKind.PNG: "PNG",
    FileKind.WEBP: "WebP",
    FileKind.PDF: "PDF",
    FileKind.DOC: "DOC",
    FileKind.DOCX: "DOCX",
    FileKind.XLS: "XLS",
    FileKind.XLSX: "XLSX",
    FileKind.ODS: "ODS",
    FileKind.TEXT: "CSV",
}
SEEN_WITH = {
    "hazard": Permission.VIEW_HAZARDS,
    "inspection": Permission.VIEW_INSPECTIONS,
    "return": Permission.VIEW_RETURNS,
    "site_import": Permission.EDIT_SITES,
    "document": Permission.VIEW_DOCUMENTS,
    "register_import": Permission.EDIT_REGISTERS,
    "assessment_line": Permission.VIEW_ASSESSMENTS,
    "work_plan": Permission.VIEW_WORKPLANS,
    "work_due": Permission.VIEW_WORKPLANS,
    "work_return": Permission.VIEW_WORKPLANS,
}
APPLE_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
BEGINNINGS = {
    b"\xff\xd8\xff": FileKind.JPEG,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
    b"%PDF-": FileKind.PDF,
    b"PK\x03\x04": FileKind.XLSX,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": FileKind.XLS,
}
CONTAINED = {
    (FileKind.XLSX, ".docx"): FileKind.DOCX,
    (FileKind.XLSX, ".ods"): FileKind.ODS,
    (FileKind.XLS, ".doc"): FileKind.DOC,
}
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


class FileDamaged(Conflict):
    """A stored file is missing or its bytes are not those that were stored."""

    code = "file_damaged"

    def __init__(self) -> None:
        super().__init__("文件校验失败：服务器上保存的文件缺失或已损坏，不能显示。请联系系统管理员从备份中恢复。")


def kind_of(head: bytes, name: str) -> FileKind | None:
    """Tell a file's kind by its first bytes; the ending of the name only tells office files of one container apart."""
    found = next((kind for start, kind in BEGINNINGS.items() if head.startswith(start)), None)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        found = FileKind.WEBP
    if found in (FileKind.XLSX, FileKind.XLS):
        ending = PurePosixPath(name.lower()).suffix
        return CONTAINED.get((found, ending), found)
    return found or (FileKind.TEXT if _is_text(head) else None)


def admit(head: bytes, name: str, allowed_kinds: Collection[FileKind]) -> FileKind:
    """Return the kind of a file that may be stored; FileRefused says what came and what is wanted."""
    if not head:
        raise FileRefused("E_EMPTY", "文件“%(name)s”是空的。请重新选择文件后再上传。", name=name)
    if head[4:8] == b"ftyp" and head[8:12] in APPLE_BRANDS:
        raise FileRefused(
            "E_TYPE",
            "“%(name)s”是 HEIC 格式，系统不能显示。请在手机“设置—相机—格式”中选“兼容性最佳”后重拍，或转成 JPG 上传。",
            name=name,
        )
    kind = kind_of(head, name)
    if kind is None or kind not in allowed_kinds:
        wanted = "、".join(label for each, label in KIND_NAMES.items() if each in allowed_kinds)
        raise FileRefused(
            "E_TYPE",
            "“%(name)s”的内容不是可接受的格式（按内容判断，与扩展名无关）。请上传：%(wanted)s。",
            name=name,
            wanted=wanted,
        )
    return kind


def clean_name(name: str) -> str:
    """Reduce a file name from outside to a harmless one: no path, no control characters, no reserved name."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C" and letter not in '<>:"|?*')
    kept = kept.strip(" .")
    if not kept or RESERVED.fullmatch(kept):
        kept = f"文件_{kept}".rstrip("_")
    ending = PurePosixPath(kept).suffix[:12]
    return kept if len(kept) <= NAME_LENGTH else kept[: NAME_LENGTH - len(ending)] + ending


def kinds_seen_by(role: Role | None) -> list[str]:
    """List the kinds of subjects whose files a role may see; the system (None) sees all."""
    return [kind for kind, permission in SEEN_WITH.items() if role is None or allowed(role, permission)]


def _is_text(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in head or wide_encoding(head) is not None
