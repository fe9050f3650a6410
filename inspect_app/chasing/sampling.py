"""Which closed hazards are looked back at: all major ones, and of the rest a share by lot that anybody can repeat."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from inspect_app.core.frozen import freeze
from inspect_app.core.lots import ticket

PURPOSE = "look_back"


@dataclass(frozen=True)
class Closed:
    """A closed hazard in the pool."""

    reference: str
    major: bool
    closed_on: date


def choose(pool: Iterable[Closed], share: Decimal, seed: str) -> list[Closed]:
    """Return the sample: major ones by reference, then the others by ascending ticket, as many as the share asks for.

    The ticket of a hazard is the first 16 hex digits of SHA-256("seed|look_back|reference"); shares are rounded up.
    """
    known = sorted(pool, key=lambda each: each.reference)
    rest = sorted(
        (each for each in known if not each.major),
        key=lambda each: (ticket(seed, PURPOSE, each.reference), each.reference),
    )
    return [each for each in known if each.major] + rest[: wanted(len(rest), share)]


def wanted(number: int, share: Decimal) -> int:
    """Return how many of so many a share asks for."""
    return int((number * share).to_integral_value(ROUND_CEILING))


def fingerprint(pool: Sequence[Closed], share: Decimal) -> str:
    """Return the SHA-256 of pool and share, whatever the order of the pool."""
    ordered = sorted(pool, key=lambda each: each.reference)
    content = {"pool": freeze(ordered), "share": freeze(share)}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
