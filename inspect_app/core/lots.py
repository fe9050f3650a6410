"""Lots that anybody can draw again: SHA-256 and logarithms to 34 digits decide, on any machine, in any order."""

import hashlib
from decimal import Context, Decimal

EXACT = Context(prec=34)
HIGHEST = 2**64


def ticket(seed: str, purpose: str, thing: str) -> int:
    """Return the first 16 hex digits of SHA-256("seed|purpose|thing") as a number from 0 to 2**64 - 1.

    `purpose` keeps draws of different kinds apart that are made with one seed.
    """
    return int.from_bytes(hashlib.sha256(f"{seed}|{purpose}|{thing}".encode()).digest()[:8], "big")


def lot(seed: str, purpose: str, thing: str, weight: Decimal) -> Decimal:
    """Return -ln(u) / weight with u = (ticket + 1) / (2**64 + 1).

    Taking things by ascending lot is a draw without replacement in which the chance of a thing goes with its weight.
    """
    share = EXACT.divide(Decimal(ticket(seed, purpose, thing) + 1), Decimal(HIGHEST + 1))
    return EXACT.divide(-EXACT.ln(share), weight)
