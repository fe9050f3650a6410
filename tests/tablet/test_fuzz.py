"""A fuzzer led by nothing but the served OpenAPI document walks every operation as every kind of caller."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core.database import Base, transaction
from inspect_app.inspections.models import Inspection
from inspect_app.tablet.api.openapi import PREFIX, document
from tests.accounts.factories import make_user, sign_in
from tests.inspections.factories import make_team, picture
from tests.sites.factories import SHAWAN, region
from tests.tablet.senders import announcement, begun, key, tablet_of
from tests.tablet.test_openapi import ODD, anything, fitting

DOCUMENT = document()
EVERY = [(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods]
OF_VISITS = [path for path, method in EVERY if method == "post" and path.startswith(f"{PREFIX}/visits/")]
JSON_TYPE = "application/json"
TYPES = (
    JSON_TYPE,
    "",
    "text/plain",
    "application/offset+octet-stream",
    "multipart/form-data; boundary=x",
    "*/*",
    "x/\x7f",
)
NAMES = ("Device-Clock", "Request-Nonce", "Upload-Offset", "Content-Encoding", "Range", "If-None-Match", "X-CSRFToken",
         "X-Forwarded-For", "Accept-Language", "Accept")  # fmt: skip
WORDS = ("0", "-1", "99999999999999999999", "1e3", "", "NaN", "2026-06-15T10:00:00+08:00", "0001-01-01T00:00:00+00:00",
         "bytes=9-1", "zh;q=x", "a" * 300, "gzip", "é")  # fmt: skip
CALLERS = ("lead", "stranger", "session", "clerk", "nobody", "forged")
EXAMPLES = 40


@dataclass(frozen=True)
class Scene:
    """Who may call, and what exists: identifiers by the name of a parameter or field."""

    callers: Mapping[str, tuple[FlaskClient, Mapping[str, str]]]
    known: Mapping[str, str]


@pytest.fixture
def visit(session: Session, clock: datetime) -> Inspection:
    assert clock.year == 2026
    return begun(session)


@pytest.fixture
def scene(app: Flask, session: Session, visit: Inspection) -> Iterator[Scene]:
    """Two tablets of different counties, two people with sessions, somebody unknown and a forged token."""
    lead = visit.inspectors[0].user_id
    with transaction():
        stranger, clerk = make_team(session, SHAWAN, 1)[0].id, make_user(session, Role.COUNTY_CLERK, region(session)).id
    mine, theirs = (tablet_of(app, session, session.get_one(User, user)) for user in (lead, stranger))
    upload = key()
    mine.post(f"uploads/{upload}", announcement({"kind": "item", "visit": visit.uuid, "item": "C03-08"}, picture()))
    seated = {name: app.test_client() for name in ("session", "clerk")}
    for name, user in (("session", lead), ("clerk", clerk)):
        sign_in(seated[name], session.get_one(User, user))
    bare = app.test_client()
    callers: dict[str, tuple[FlaskClient, Mapping[str, str]]] = {
        "lead": (mine.client, mine.headers()), "stranger": (theirs.client, theirs.headers()),
        "session": (seated["session"], {}), "clerk": (seated["clerk"], {}),
        "nobody": (bare, {}), "forged": (bare, {"Authorization": "Bearer " + "x" * 43}),
    }  # fmt: skip
    known = {"visit": visit.uuid, "uuid": visit.uuid, "upload": upload, "site": visit.site.uuid, "item": "C03-05",
             "region": "654202100"}  # fmt: skip
    session.rollback()
    app.config["PROPAGATE_EXCEPTIONS"], app.testing = False, False
    yield Scene(callers, known)
    app.testing = True


def parameters(operation: Mapping[str, Any], where: str) -> list[str]:
    return [each["name"] for each in operation["parameters"] if each["in"] == where]


def addresses(path: str, operation: Mapping[str, Any], known: Mapping[str, str]) -> st.SearchStrategy[str]:
    """Draw an address of the operation: what exists, what might, and what never does."""
    names = parameters(operation, "path")
    some = [*known.values(), key(), "0", "..", "%00", *ODD[:4]]
    asked = [*parameters(operation, "query"), "x", "_method"]
    query = st.dictionaries(st.sampled_from(asked), st.sampled_from([*WORDS, *known.values(), *ODD[:9]]), max_size=2)
    filled = st.fixed_dictionaries(
        {name: st.one_of(st.sampled_from([known["upload"], known["visit"]]), st.sampled_from(some)) for name in names}
    )
    return st.builds(lambda values, asked: _address(path, values, asked), filled, query)


def _address(path: str, values: Mapping[str, str], asked: Mapping[str, str]) -> str:
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", quote(value, safe="", errors="replace") or "-")
    told = "&".join(f"{quote(name)}={quote(value, errors='replace')}" for name, value in asked.items())
    return f"{path}?{told}" if told else path


def bodies(operation: Mapping[str, Any], known: Mapping[str, str]) -> st.SearchStrategy[bytes]:
    """Draw a body: fitting, bent, or no JSON at all."""
    raw = st.one_of(
        st.binary(max_size=64), st.sampled_from([b"", b"null", b"[]", b"{", b"[" * 5000, b"\xef\xbb\xbf{}"])
    )
    given_shape = operation.get("requestBody", {}).get("content", {}).get(JSON_TYPE)
    if given_shape is None:
        return raw
    fits = fitting(given_shape["schema"], known)
    bent = st.builds(lambda body, junk: {**body, "key": junk} if isinstance(body, dict) else junk, fits, anything())
    return st.one_of(fits.map(_json), fits.map(_json), bent.map(_json), raw)


def _json(body: Any) -> bytes:  # noqa: ANN401 - any JSON
    return json.dumps(body).encode()


HEADERS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(WORDS), max_size=3)


@pytest.mark.parametrize(("path", "method"), EVERY, ids=lambda each: each)
def test_no_caller_brings_any_operation_to_an_error_of_the_server(scene: Scene, path: str, method: str) -> None:
    operation = DOCUMENT["paths"][path][method]
    seen: set[int] = set()

    @seed(20261122)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(
        caller=st.sampled_from(CALLERS), address=addresses(path, operation, scene.known),
        body=bodies(operation, scene.known), headers=HEADERS, kind=st.sampled_from([JSON_TYPE, JSON_TYPE, *TYPES]),
        asked=st.sampled_from([method, method, method, "head", "options"]),
    )  # fmt: skip
    def ask(caller: str, address: str, body: bytes, headers: dict[str, str], kind: str, asked: str) -> None:
        answered = call(scene, caller, asked, address, body, kind, headers)
        seen.add(answered.status_code)
        assert answered.status_code < 500, (caller, asked, address, body, answered.get_data(as_text=True))
        if answered.status_code >= 400 and asked != "head":
            assert answered.is_json, (caller, asked, address, answered.get_data(as_text=True)[:200])
            assert answered.get_json()["message"]

    ask()
    assert seen


def call(
    scene: Scene, caller: str, method: str, address: str, body: bytes, kind: str, headers: Mapping[str, str]
) -> TestResponse:
    client, own = scene.callers[caller]
    sent = {**headers, "Accept": JSON_TYPE, **own}
    return client.open(
        address, method=method.upper(), data=body, content_type=kind or None, headers=list(sent.items()), buffered=True
    )


def test_the_walk_leads_to_every_operation_of_the_served_document(client: FlaskClient) -> None:
    served = client.get(f"{PREFIX}/openapi.json").get_json()
    assert {(path, method) for path, methods in served["paths"].items() for method in methods} == set(EVERY)


@pytest.mark.parametrize("path", OF_VISITS)
def test_a_stranger_changes_nothing_of_a_visit_whatever_they_send(session: Session, scene: Scene, path: str) -> None:
    shape = DOCUMENT["paths"][path]["post"]["requestBody"]["content"][JSON_TYPE]["schema"]
    address, before = path.replace("{uuid}", scene.known["visit"]), held(session)

    @seed(20261122)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(body=fitting(shape, scene.known), caller=st.sampled_from(["stranger", "clerk", "nobody", "forged"]))
    def send(body: Any, caller: str) -> None:  # noqa: ANN401 - any JSON
        assert call(scene, caller, "post", address, _json(body), JSON_TYPE, {}).status_code in {401, 403, 404, 422}

    send()
    assert held(session) == before


def held(session: Session) -> dict[str, list[Any]]:
    """Return every row about visits and files."""
    session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if table.name.startswith(("inspection", "evidence"))]
    found = {table.name: list(session.execute(select(table))) for table in tables}
    session.rollback()
    return found
