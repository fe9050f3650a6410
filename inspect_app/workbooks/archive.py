"""The real content of an archive's members, whatever its directory claims about them."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.workbooks.limits import KIB, MIB, Limits

PACKED_CHUNK = 128 * KIB
CHUNK = MIB
LOCAL_HEADER = 30
ENCRYPTED_FLAG = 1

CUT = mark("文件不完整或已损坏（%(what)s）。请重新导出或重新传输；若 Excel 能打开，请另存为新的 .xlsx 后再上传。")
ENCRYPTED = mark(
    "工作簿设置了打开密码，系统无法读取。请在 Excel 或 WPS 中取消密码（另存为，工具，常规选项），保存后再上传。"
)
TOO_BIG = mark("文件解开后超过 %(limit)s MB，远大于正常台账，已拒绝读取。请删除图片、多余工作表和空白格式后再上传。")
TOO_MANY = mark("文件内含 %(count)s 个部件，远多于正常工作簿，已拒绝读取。请只保留台账工作表，另存后再上传。")


def members(archive: ZipFile, limits: Limits) -> list[ZipInfo]:
    """The members, after the directory itself is found sane: no doubles, no overlaps, no encryption."""
    found = [info for info in archive.infolist() if not info.is_dir()]
    if len(found) > limits.entries:
        raise FileRefused("E_LIMIT", TOO_MANY, count=len(found))
    if any(info.flag_bits & ENCRYPTED_FLAG for info in found):
        raise FileRefused("E_ENCRYPTED", ENCRYPTED)
    if len({info.filename.casefold() for info in found}) < len(found):
        raise FileRefused("E_CORRUPT", CUT, what=mark("压缩包里有重名部件"))
    _refuse_overlaps(found)
    return found


def _refuse_overlaps(found: list[ZipInfo]) -> None:
    end = 0
    for info in sorted(found, key=lambda member: member.header_offset):
        if info.header_offset < end:
            raise FileRefused("E_CORRUPT", CUT, what=mark("压缩包里的部件互相重叠"))
        end = info.header_offset + LOCAL_HEADER + info.compress_size


def content(stream: BinaryIO, info: ZipInfo, limits: Limits, spent: int) -> Iterator[bytes]:
    """Yield a member's bytes in chunks; `spent` bytes of the allowance went to the members before it.

    Sizes are counted, not believed, and the checksum is compared at the end.
    """
    size = checksum = 0
    for chunk in _inflate(stream, info):
        size += len(chunk)
        checksum = zlib.crc32(chunk, checksum)
        too_dense = size > limits.ratio_from_bytes and size > limits.part_ratio * max(info.compress_size, 1)
        if too_dense or spent + size > limits.unpacked_bytes:
            raise FileRefused("E_TOO_BIG", TOO_BIG, limit=limits.unpacked_bytes // MIB)
        yield chunk
    if size != info.file_size:
        raise FileRefused("E_CORRUPT", CUT, what=mark("部件大小与目录不符"))
    if checksum != info.CRC:
        raise FileRefused("E_CORRUPT", CUT, what=mark("校验和不符"))


def _inflate(stream: BinaryIO, info: ZipInfo) -> Iterator[bytes]:
    if info.compress_type == ZIP_STORED:
        yield from _packed(stream, info)
        return
    if info.compress_type != ZIP_DEFLATED:
        raise BadZipFile
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in _packed(stream, info):
        chunk = inflater.decompress(packed, CHUNK)
        while chunk:
            yield chunk
            chunk = inflater.decompress(inflater.unconsumed_tail, CHUNK)
    if not inflater.eof:
        raise BadZipFile


def _packed(stream: BinaryIO, info: ZipInfo) -> Iterator[bytes]:
    stream.seek(info.header_offset)
    header = stream.read(LOCAL_HEADER)
    if not header.startswith(b"PK\x03\x04") or len(header) < LOCAL_HEADER:
        raise BadZipFile
    stream.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left = info.compress_size
    while left:
        packed = stream.read(min(PACKED_CHUNK, left))
        if not packed:
            raise BadZipFile
        left -= len(packed)
        yield packed
