"""Session tokens: what the cookie holds, and what is stored of it."""

import hashlib
import secrets


def new_token() -> str:
    """Return a fresh random token."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
