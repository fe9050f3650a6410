from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

SAMPLES = {"IntegerConverter": 1, "UUIDConverter": "0f8fad5b-d9cb-469f-a165-70867728950e"}


def sample(rule: Rule, name: str) -> object:
    return SAMPLES.get(type(rule._converters[name]).__name__, "x")


def directives(answer: TestResponse) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: value for name, _space, value in parts}


def test_every_route_answers_with_the_security_headers(app: Flask, client: FlaskClient) -> None:
    bare = []
    for rule in app.url_map.iter_rules():
        values = {name: sample(rule, name) for name in rule.arguments}
        address = app.url_map.bind("localhost").build(rule.endpoint, values)
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            answer = client.open(address, method=method)
            policy = directives(answer)
            if (
                policy["default-src"] != "'self'"
                or "unsafe" in answer.headers["Content-Security-Policy"]
                or any(policy[name] != "'none'" for name in ("object-src", "base-uri", "frame-ancestors"))
                or answer.headers["X-Content-Type-Options"] != "nosniff"
                or answer.headers["Referrer-Policy"] != "same-origin"
                or answer.headers["Cross-Origin-Opener-Policy"] != "same-origin"
                or "Cache-Control" not in answer.headers
            ):
                bare.append(f"{method} {address}")
    assert not bare


def test_pages_are_not_kept_by_browsers(client: FlaskClient) -> None:
    assert client.get("/nowhere").headers["Cache-Control"] == "no-store"


def test_every_answer_has_a_nonce_of_its_own_which_its_scripts_carry(client: FlaskClient) -> None:
    first, second = client.get("/nowhere"), client.get("/nowhere")
    assert directives(first)["script-src"] != directives(second)["script-src"]
    nonce = directives(first)["script-src"].split("'nonce-")[1].rstrip("'")
    assert f'nonce="{nonce}"' in first.text


def test_a_refused_form_still_has_its_headers(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert "nonce-" in client.post("/language").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "strict"), [("http://localhost/healthz", False), ("https://localhost/healthz", True)]
)
def test_strict_transport_is_asked_for_over_https(client: FlaskClient, address: str, *, strict: bool) -> None:
    parts = urlsplit(address)
    answer = client.get(parts.path, base_url=f"{parts.scheme}://{parts.netloc}")
    assert ("Strict-Transport-Security" in answer.headers) is strict


def test_a_style_sheet_named_with_its_content_is_kept_for_a_year(client: FlaskClient) -> None:
    assert "immutable" in client.get("/static/look.css?v=1").headers["Cache-Control"]
    assert "immutable" not in client.get("/static/look.css").headers["Cache-Control"]


def test_pages_name_no_other_host_and_hold_no_inline_script_or_style(client: FlaskClient) -> None:
    page = client.get("/nowhere").text
    assert "http://" not in page
    assert "https://" not in page
    assert "style=" not in page
    assert "<script>" not in page


def test_pages_are_packed(client: FlaskClient) -> None:
    assert client.get("/sign-in", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
