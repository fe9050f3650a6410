"""Addresses of style sheets and scripts, which change with their content, so that browsers may keep them for a year."""

import gzip
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from flask import Flask, current_app, url_for
from flask_bootstrap import Bootstrap5

bootstrap = Bootstrap5()
PLOTLY_VERSION = version("plotly")


def init_app(app: Flask) -> None:
    """Serve Bootstrap from its wheel, and give templates `asset` and `bootstrap_asset`."""
    bootstrap.init_app(app)
    app.jinja_env.globals.update(asset=asset, bootstrap_asset=bootstrap_asset, plotly_address=plotly_address)


def asset(filename: str) -> str:
    """Return the address of a file of `inspect_app/static/`, marked with its content."""
    path = Path(str(current_app.static_folder), filename)
    return url_for("static", filename=filename, v=_fingerprint(path, path.stat().st_mtime_ns))


def bootstrap_asset(filename: str) -> str:
    """Return the address of a file of Bootstrap, marked with its version."""
    return url_for("bootstrap.static", filename=filename, v=bootstrap.bootstrap_version)


def plotly_address() -> str:
    """Return the address of the drawing library, its version included."""
    return url_for("web.plotly", version=PLOTLY_VERSION)


def plotly_file() -> Path:
    """Locate plotly.min.js in its wheel, without importing plotly."""
    spec = find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        msg = "plotly is not installed"
        raise FileNotFoundError(msg)
    return Path(spec.submodule_search_locations[0], "package_data", "plotly.min.js")


@lru_cache(maxsize=128)
def _fingerprint(path: Path, _changed: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=2)
def plotly_content(*, packed: bool) -> bytes:
    """Return plotly.min.js, packed with gzip or as it is; read and packed once a process."""
    content = plotly_file().read_bytes()
    return gzip.compress(content, 6, mtime=0) if packed else content
