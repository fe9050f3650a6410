"""Secrets that a device shares with the server, and the proofs made with them: a captive portal can make none."""

import hashlib
import hmac
from collections.abc import Sequence


def secret_of(root: str, device_uuid: str, user_id: int) -> bytes:
    """Return the 32 bytes shared with one person on one device; `root` is the secret key of the application.

    They are derived and stored nowhere, so a person who signs in again on the same device can still open the drafts.
    """
    return hmac.digest(root.encode(), f"tablet secret\n{device_uuid}\n{user_id}".encode(), "sha256")


def secrets_of(roots: Sequence[str], device_uuid: str, user_id: int) -> list[bytes]:
    """Return what may be shared with one person on one device: under the present root first, then under earlier ones.

    A device keeps the secret of the day on which it was registered until its person registers it anew.
    """
    return [secret_of(root, device_uuid, user_id) for root in roots]


def proofs(secrets: Sequence[bytes], *parts: str) -> str:
    """Return the proofs under each secret, separated by commas: a device compares them with its own."""
    return ",".join(proof(secret, *parts) for secret in secrets)


def proof(secret: bytes, *parts: str) -> str:
    """Return the HMAC-SHA-256 over the parts, one a line, as hex."""
    return hmac.new(secret, "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def is_proof(secret: bytes, given: str, *parts: str) -> bool:
    """Tell whether a proof is the one that these parts have."""
    return hmac.compare_digest(proof(secret, *parts).encode(), given.lower().encode())
