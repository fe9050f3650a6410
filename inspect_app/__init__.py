"""防震减灾督导检查与整改销号系统: supervision, inspections, hazards struck off one by one, county scorecards."""

from __future__ import annotations  # an older Python must come as far as being told that it is too old

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask

__version__ = "0.1.0"


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Build the application; `config` overrides what the environment says (see `inspect_app.settings`)."""
    from inspect_app.factory import build  # noqa: PLC0415 - keeps `python -m inspect_app` free of third parties

    with _collector_at_rest():
        return build(config)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let a thousand modules load without a search for garbage among them: a fifth of the start goes into that."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
