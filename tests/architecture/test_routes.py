"""Every address says who may come in, and the list of open ones is short and known."""

from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

STATIC = {"static", "bootstrap.static"}
OPEN = {
    "accounts.sign_in", "web.favicon", "web.healthz", "web.language", "web.plotly", "web.readyz",
    "api.docs", "api.openapi",  # the same for everybody, without any data
    "api.handshake",  # a device must know the server before it shows anything
    "tablet.authority", "tablet.check", "tablet.install",  # a tablet that does not trust the server yet
    "tablet.manifest", "tablet.shell", "tablet.worker",  # a page without data, opened where no session can be
    "quakes_api.post",  # another system posts an earthquake with a key of its own
    "sites.public",  # a scanned plate: what article 22 of the regulation wants public, to be read by everybody
}  # fmt: skip


def rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC)


def test_every_endpoint_is_guarded_or_open(app: Flask) -> None:
    undecided = {
        rule.endpoint
        for rule in rules(app)
        if not hasattr(app.view_functions[rule.endpoint], "guarded_by")
        and not hasattr(app.view_functions[rule.endpoint], "open_to_all")
    }
    assert not undecided


def test_the_open_endpoints_are_the_known_ones(app: Flask) -> None:
    assert {rule.endpoint for rule in rules(app) if hasattr(app.view_functions[rule.endpoint], "open_to_all")} == OPEN


def test_every_static_address_is_served_from_here(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.endswith("static")} == STATIC


def test_nobody_gets_past_a_guard_without_signing_in(app: Flask, client: FlaskClient) -> None:
    entered = []
    for rule in rules(app):
        if rule.endpoint in OPEN:
            continue
        values = {name: sample(rule, name) for name in rule.arguments}
        address = app.url_map.bind("localhost").build(rule.endpoint, values)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            answer = client.open(address, method=method)
            if answer.status_code not in {302, 401, 403} or not is_refusal(answer.location):
                entered.append(f"{method} {address} -> {answer.status_code} {answer.location}")
    assert not entered


def sample(rule: Rule, name: str) -> object:
    kind = type(rule._converters[name]).__name__
    return {"IntegerConverter": 1, "UUIDConverter": "0f8fad5b-d9cb-469f-a165-70867728950e"}.get(kind, "x")


def is_refusal(location: str | None) -> bool:
    return location is None or "/sign-in" in location
