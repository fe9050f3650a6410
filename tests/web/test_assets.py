import gzip
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from inspect_app.web.assets import PLOTLY_VERSION, asset, bootstrap_asset

ADDRESS = f"/plotly-{PLOTLY_VERSION}.min.js"


def test_the_address_of_a_file_changes_with_its_content(fresh_app: Flask, tmp_path: Path) -> None:
    fresh_app.static_folder = str(tmp_path)
    file = tmp_path / "look.css"
    addresses = set()
    for content in ("a", "bb"):
        file.write_text(content)
        with fresh_app.test_request_context():
            addresses.add(asset("look.css"))
    assert len(addresses) == 2


def test_bootstrap_is_served_from_here(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = bootstrap_asset("css/bootstrap.min.css")
    assert address.startswith("/")
    assert client.get(address).status_code == 200


def test_the_drawing_library_comes_packed_once_and_stays_for_a_year(client: FlaskClient) -> None:
    answer = client.get(ADDRESS, headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert b"plotly.js" in gzip.decompress(answer.data)[:300]
    again = client.get(ADDRESS, headers={"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_browser_that_unpacks_nothing_gets_it_plain(client: FlaskClient) -> None:
    answer = client.get(ADDRESS, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in answer.headers
    assert b"plotly.js" in answer.data[:300]


def test_another_version_is_not_here(client: FlaskClient) -> None:
    assert client.get("/plotly-0.0.1.min.js").status_code == 404


def test_the_icon_is_found_at_the_old_address(client: FlaskClient) -> None:
    assert client.get("/favicon.ico").mimetype == "image/svg+xml"
