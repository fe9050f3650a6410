"""The marks of an issued workbook: its code, the keys of its rows, and a checksum over what was issued. Pure.

They must survive saving by any program, sorting, and the deletion or insertion of rows. So every row carries its key in
a hidden column that stands between visible ones, and the key names the workbook and bears check letters of its own.
"""

import json
import re
from collections.abc import Mapping
from hashlib import blake2b, sha256
from secrets import choice
from typing import Any

from inspect_app.workbooks.own import OWN

INFO = f"{OWN}下发信息，请勿改动"
CODE, COUNTY, CHECKSUM = "下发编号", "区划代码", "校验码"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH, CHECK_LENGTH = 8, 4
KEY = re.compile(r"(XF-[0-9A-Z]+-[2-9A-Z]{8})-(\d{5})-([2-9A-Z]{4})")


def new_code(county: str) -> str:
    """Return a code for a workbook of this county that nobody can guess."""
    return f"XF-{county}-{''.join(choice(LETTERS) for _ in range(CODE_LENGTH))}"


def key_of(code: str, serial: int) -> str:
    """Return the key of a row of a workbook."""
    return f"{code}-{serial:05d}-{_check(code, serial)}"


def code_of(key: str) -> str:
    """Return the code of the workbook that a key names, "" for what is no whole key."""
    match = KEY.fullmatch(key)
    return match[1] if match and match[3] == _check(match[1], int(match[2])) else ""


def checksum_of(rows: Mapping[str, Any]) -> str:
    """Return the checksum over the rows of a workbook as they were issued."""
    return sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16].upper()


def _check(code: str, serial: int) -> str:
    digest = blake2b(f"{code}-{serial:05d}".encode(), digest_size=CHECK_LENGTH).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest)
