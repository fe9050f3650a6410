"""The arithmetic of the chain: an entry's digest covers the one before it, a seal's digest the block. Pure."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

START = "0" * 64


def entry_digest(previous: str, content: Sequence[Any]) -> str:
    """Digest of an entry that follows `previous` (the entry before it in the block, or the seal before the block)."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(f"{previous}\n{text}".encode()).hexdigest()


def seal_digest(previous: str, number: int, sealed_at: str, entries: int, last: str) -> str:
    """Digest of a block: the seal before it, its number, instant and size, and the digest of its last entry."""
    return sha256(f"{previous}\n{number}\n{sealed_at}\n{entries}\n{last}".encode()).hexdigest()
