"""Start the process of a job: the same Python, the same settings, on its own feet."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from typing import Any

import inspect_app
from inspect_app.returns.jobs.folder import Folder

SETTINGS = ("DATA_DIR", "SECRET_KEY", "SQLALCHEMY_DATABASE_URI")
ROOT = Path(inspect_app.__file__).parent.parent


def launch(config: Mapping[str, Any], uuid: str) -> subprocess.Popen[bytes]:
    """Start the work of a job and leave it alone; it lives on when this process ends."""
    folder = Folder.of(config["DATA_DIR"], uuid)
    folder.make()
    command = [sys.executable, "-m", "flask", "--app", "inspect_app:create_app", "returns", "work", uuid]
    with folder.log.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command, the key of a job as its argument
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, env=_environment(config),
            cwd=ROOT, **_apart(),
        )  # fmt: skip
    Thread(target=process.wait, daemon=True).start()
    return process


def _environment(config: Mapping[str, Any]) -> dict[str, str]:
    return {**os.environ, "FLASK_SKIP_DOTENV": "1", **{f"FLASK_{name}": str(config[name]) for name in SETTINGS}}


def _apart() -> dict[str, Any]:
    """Keep signals to this process from reaching the other."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS}
    return {"start_new_session": True}
