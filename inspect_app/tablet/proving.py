"""Secrets that a device shares with the server, and the proofs made with them: a captive portal can make none."""

import hashlib
import hmac


def secret_of(root: str, device_uuid: str, user_id: int) -> bytes:
    """Return the 32 bytes shared with one person on one device; `root` is the secret key of the application.

    They are derived and stored nowhere, so a person who signs in again on the same device can still open the drafts.
    """
    return hmac.digest(root.encode(), f"tablet secret\n{device_uuid}\n{user_id}".encode(), "sha256")


def proof(secret: bytes, *parts: str) -> str:
    """Return the HMAC-SHA-256 over the parts, one a line, as hex."""
    return hmac.new(secret, "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def is_proof(secret: bytes, given: str, *parts: str) -> bool:
    """Tell whether a proof is the one that these parts have."""
    return hmac.compare_digest(proof(secret, *parts).encode(), given.lower().encode())
