"""The audit trail."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Seal the trail now and then after requests."""
    from inspect_app.audit import sealing  # noqa: PLC0415 - needs the models loaded

    sealing.init_app(app)
