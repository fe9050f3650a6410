"""The form of a bag: an open head, sealed content, a signature over both; keys follow from the secret of a device.

    JCBAG1 LF | length of head, 4 bytes | head, JSON | IV, 12 bytes | AES-256-GCM of content | HMAC-SHA-256, 32 bytes

Numbers are big-endian. The nonce of the head makes two keys from the secret that server and device share: HMAC-SHA-256
over "bag cipher" or "bag seal", a line feed and the nonce. The content holds a JSON index, its length before it in 4
bytes, and after it the bytes of files, to which the index points.
"""

import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark

MAGIC = b"JCBAG1\n"
LENGTH, IV, SEAL, NONCE = 4, 12, 32, 16
LONGEST_HEAD = 4096
OTHER_FILE = mark("这不是平板存出的文件（.jcbag）。请选择平板上“存成文件”得到的文件。")
BROKEN = mark("文件已损坏或被改动，什么都没有导入。请从平板重新复制一份再试。")


@dataclass(frozen=True)
class Bag:
    """A bag as it lies in a file: its head is open, its content still sealed."""

    head: Mapping[str, Any]
    signed: bytes
    sealed: bytes
    signature: bytes

    def text(self, name: str) -> str:
        """Return a text of the head, "" when it is missing or something else."""
        value = self.head.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """Return a number of the head, 0 when it is missing or something else."""
        value = self.head.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else 0


@dataclass(frozen=True)
class Content:
    """What was inside: an index, and the bytes of files one after the other."""

    index: Mapping[str, Any]
    files: memoryview

    def file(self, start: int, length: int) -> bytes:
        """Return the bytes of one file; raises FileRefused for a place outside."""
        if not 0 <= start <= start + length <= len(self.files):
            raise FileRefused("E_CORRUPT", BROKEN)
        return bytes(self.files[start : start + length])


def read_bag(data: bytes) -> Bag:
    """Take a file apart; raises FileRefused when it is no bag, or a cut one. Nothing of it is to be believed yet."""
    if not data.startswith(MAGIC):
        raise FileRefused("E_TYPE", OTHER_FILE)
    start = len(MAGIC) + LENGTH
    length = int.from_bytes(data[len(MAGIC) : start])
    if length > LONGEST_HEAD or len(data) < start + length + IV + SEAL:
        raise FileRefused("E_CORRUPT", BROKEN)
    head = _object(data[start : start + length])
    return Bag(head, data[: start + length], data[start + length : -SEAL], data[-SEAL:])


def signer_of(bag: Bag, secrets: Sequence[bytes]) -> int:
    """Return which of these secrets a bag was signed with; raises FileRefused when none or anything was altered."""
    for number, secret in enumerate(secrets):
        _cipher, seal = keys_of(secret, bag.text("nonce"))
        if hmac.compare_digest(hmac.digest(seal, bag.signed + bag.sealed, sha256), bag.signature):
            return number
    raise FileRefused("E_CORRUPT", BROKEN)


def open_bag(bag: Bag, secret: bytes) -> Content:
    """Check the signature and unseal; raises FileRefused when the secret is another one or anything was altered."""
    signer_of(bag, [secret])
    cipher, _seal = keys_of(secret, bag.text("nonce"))
    try:
        plain = AESGCM(cipher).decrypt(bag.sealed[:IV], bag.sealed[IV:], bag.signed)
    except InvalidTag as error:
        raise FileRefused("E_CORRUPT", BROKEN) from error
    length = int.from_bytes(plain[:LENGTH])
    return Content(_object(plain[LENGTH : LENGTH + length]), memoryview(plain)[LENGTH + length :])


def seal_bag(secret: bytes, head: Mapping[str, Any], index: Mapping[str, Any], files: bytes = b"") -> bytes:
    """Make a bag; its head must not hold anything that is not for everybody's eyes."""
    nonce = secrets.token_hex(NONCE)
    cipher, seal = keys_of(secret, nonce)
    opened = _json({**head, "nonce": nonce})
    signed = MAGIC + len(opened).to_bytes(LENGTH) + opened
    inner, iv = _json(index), secrets.token_bytes(IV)
    sealed = iv + AESGCM(cipher).encrypt(iv, len(inner).to_bytes(LENGTH) + inner + files, signed)
    return signed + sealed + hmac.digest(seal, signed + sealed, sha256)


def keys_of(secret: bytes, nonce: str) -> tuple[bytes, bytes]:
    """Return the keys of a bag: to seal its content, and to sign it."""
    cipher, seal = (hmac.digest(secret, f"bag {use}\n{nonce}".encode(), sha256) for use in ("cipher", "seal"))
    return cipher, seal


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _object(data: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FileRefused("E_CORRUPT", BROKEN) from error
    if not isinstance(value, dict):
        raise FileRefused("E_CORRUPT", BROKEN)
    return value
