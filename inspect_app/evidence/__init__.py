"""Stored files: photos, originals, proofs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

RESERVE_SETTING = "FREE_SPACE_RESERVE_MB"
MEGABYTE = 1024 * 1024


def init_app(app: "Flask") -> None:
    """Tell the store where files lie; uploads stop when less than `FREE_SPACE_RESERVE_MB` (500) would stay free."""
    from inspect_app.evidence import store  # noqa: PLC0415 - needs the models loaded

    app.config.setdefault(RESERVE_SETTING, 500)
    with app.app_context():
        store.use(store.Store(app.config["DATA_DIR"], int(app.config[RESERVE_SETTING]) * MEGABYTE))
