"""Chasing (督办): rungs of escalation, listing and delisting, looking back after closure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Let the file of the ladder be checked."""
    from inspect_app.chasing.loading import check_definitions  # noqa: PLC0415 - on demand

    app.extensions.setdefault("definition_readers", {})["chasing"] = check_definitions
