"""The page that works without a network: it holds no data, and its worker keeps exactly the files it is made of."""

import json
import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from inspect_app.tablet.views.shell import kept_files

IMPORT = re.compile(r'^import [^"]*"(\./|\.\./)([^"]+)";', re.MULTILINE)


def kept(client: FlaskClient) -> list[str]:
    text = client.get("/tablet/worker.js").get_data(as_text=True)
    return list(json.loads(text.split("const FILES = ", 1)[1].split(";\n", 1)[0]))


def test_the_page_opens_for_everybody_and_names_nobody(client: FlaskClient) -> None:
    answer = client.get("/tablet")
    assert answer.status_code == 200
    assert "manifest.webmanifest" in answer.get_data(as_text=True)


def test_the_worker_keeps_files_that_are_served(client: FlaskClient) -> None:
    refused = [name for name in kept(client) if client.get(name).status_code != 200]
    assert not refused


def test_every_script_that_is_imported_is_kept(app: Flask) -> None:
    static = Path(str(app.static_folder))
    names = kept_files(static)
    for name in (each for each in names if each.endswith(".js")):
        for up, wanted in IMPORT.findall((static / name).read_text(encoding="utf-8")):
            folder = Path(name).parent if up == "./" else Path(name).parent.parent
            assert (folder / wanted).as_posix() in names, f"{name} imports {wanted}"


def test_the_worker_may_serve_the_page_beside_its_folder(client: FlaskClient) -> None:
    answer = client.get("/tablet/worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"


def test_the_manifest_names_icons_that_are_served(client: FlaskClient) -> None:
    told = json.loads(client.get("/tablet/manifest.webmanifest").data)
    assert told["display"] == "standalone"
    assert {client.get(icon["src"]).status_code for icon in told["icons"]} == {200}
