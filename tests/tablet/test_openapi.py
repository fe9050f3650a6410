"""The document of the API says what the API does, and a fuzzer led by it finds no error of the server."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.core.database import Base
from inspect_app.inspections.models import Inspection
from inspect_app.tablet.api.openapi import OPERATIONS, Operation, document
from tests.tablet.senders import CLAIMED, Tablet, key, one

PARTS = ("value", "na", "parts", "rule")
ODD = ["", "\x00", "\ud800", "'; DROP TABLE receipt;--", "../../etc/passwd", "=1+1", "<script>", "％s%s%n", "é" * 5000,
       "2026-02-30", "0000-01-01T00:00:00+00:00", "9999-12-31T23:59:59+14:00", "NaN", "-0", "1e999"]  # fmt: skip
READING = {"receipt", "upload", "device", "device_key", "audit_entry", "audit_seal", "sealed_entry", "sign_in",
           "inspection_answer", "inspection_event", "inspection", "hazard", "site"}  # fmt: skip


def test_the_document_names_every_address_of_the_api(app: Flask) -> None:
    served = {
        (method.lower(), re.sub(r"<\w+:(\w+)>", r"{\1}", rule.rule).removeprefix("/api/v1"))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == {(each.method, each.path) for each in OPERATIONS}


def test_the_document_is_served_and_read_by_people_without_an_account(client: FlaskClient) -> None:
    told = client.get("/api/v1/openapi.json").get_json()
    assert told == json.loads(json.dumps(document()))
    page = client.get("/api/v1/docs").get_data(as_text=True)
    assert all(each.path in page for each in OPERATIONS)


def test_every_answer_named_in_the_document_is_described_there() -> None:
    whole = document()
    for reference in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(whole)):
        assert reference in whole["components"]["schemas"]


def anything() -> st.SearchStrategy[Any]:
    leaves = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=30), st.sampled_from(ODD)
    )
    words = st.text(max_size=8)
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=6
    )


def fitting(shape: Mapping[str, Any], known: Mapping[str, str]) -> st.SearchStrategy[Any]:
    """Draw what fits a shape; `known` holds things that exist, by the name of the field."""
    kind = shape["type"] if isinstance(shape["type"], str) else shape["type"][0]
    if "properties" in shape:
        fields = {name: named(name, inner, known) for name, inner in shape["properties"].items()}
        required = set(shape.get("required", ()))
        return st.fixed_dictionaries(
            {name: each for name, each in fields.items() if name in required},
            optional={name: each for name, each in fields.items() if name not in required},
        )
    if kind == "array":
        return st.lists(fitting(shape["items"], known), min_size=shape["minItems"], max_size=min(3, shape["maxItems"]))
    if "enum" in shape:
        return st.sampled_from(shape["enum"])
    if kind == "string":
        return of_text(shape)
    plain: dict[str, st.SearchStrategy[Any]] = {
        "integer": st.integers(int(shape.get("minimum", 0)), int(shape.get("maximum", 9))),
        "number": st.floats(float(shape.get("minimum", 0)), float(shape.get("maximum", 9)), allow_nan=False),
        "boolean": st.booleans(),
        "object": st.one_of(st.none(), st.dictionaries(st.sampled_from(PARTS), anything(), max_size=2)),
    }
    return plain[kind]


def named(name: str, shape: Mapping[str, Any], known: Mapping[str, str]) -> st.SearchStrategy[Any]:
    usual = fitting(shape, known)
    return st.one_of(st.just(known[name]), usual) if name in known else usual


def of_text(shape: Mapping[str, Any]) -> st.SearchStrategy[str]:
    if "pattern" in shape:
        return st.from_regex(re.compile(shape["pattern"], re.ASCII), fullmatch=True)
    if shape.get("format") == "date-time":
        return st.sampled_from(["2026-06-15T09:30:00+08:00", "1971-01-01T00:00:00Z", "2199-12-31T23:59:59-12:00"])
    if shape.get("format") == "date":
        return st.dates().map(lambda day: day.isoformat())
    return st.text(min_size=shape.get("minLength", 0), max_size=min(60, shape.get("maxLength", 60)))


def broken(body: Any, where: int, junk: Any) -> Any:  # noqa: ANN401 - any JSON
    """Put something else into one field of a body, or a field more."""
    if not isinstance(body, dict) or not body:
        return junk
    name = sorted(body)[where % len(body)]
    if where % 5 == 4:
        return {**body, "state": junk}
    return {**body, name: junk}


WRITING = [each for each in OPERATIONS if each.body is not None]


@pytest.mark.parametrize("operation", WRITING, ids=lambda each: each.path)
def test_a_fuzzer_finds_no_error_of_the_server(
    app: Flask, session: Session, visit: Inspection, tablet: Tablet, operation: Operation
) -> None:
    known = {"visit": visit.uuid, "site": visit.site.uuid, "item": "C03-05", "region": "654202100"}
    target, shape = visit.uuid, operation.body
    assert shape is not None
    session.rollback()
    tablet.sign(target)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False
    seen: set[int] = set()

    @seed(20260615)
    @settings(max_examples=60, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(body=fitting(shape, known), mutate=st.booleans(), where=st.integers(0, 50), junk=anything())
    def send(body: Any, where: int, junk: Any, *, mutate: bool) -> None:  # noqa: ANN401 - any JSON
        path = operation.path.strip("/").replace("{uuid}", key() if "uploads" in operation.path else target)
        text = json.dumps(broken(body, where, junk) if mutate else body)
        answered = tablet.client.post(
            f"/api/v1/{path}", data=text, content_type="application/json", headers=tablet.headers()
        )
        seen.add(answered.status_code)
        assert answered.status_code < 500, (text, answered.get_data(as_text=True))
        assert answered.is_json
        assert answered.status_code in operation.answers, (answered.status_code, text)

    try:
        send()
    finally:
        app.testing = True
    assert len(seen) > 1 or operation.path == "/devices"


NO_JSON = (b"", b"{", b"[1,2", b"\xff\xfe", b"NaN", b'{"a":1e999}', b"[" * 100_000, b'{"key":"' + b"9" * 5000)
TOO_MANY = ("status", "state", "score", "region_id", "user_id", "is_published", "number", "id")


@pytest.mark.parametrize("operation", WRITING, ids=lambda each: each.path)
def test_what_is_no_json_is_refused_in_words(visit: Inspection, tablet: Tablet, operation: Operation) -> None:
    path = operation.path.strip("/").replace("{uuid}", visit.uuid)
    for body in NO_JSON:
        answered = tablet.client.post(
            f"/api/v1/{path}", data=body, content_type="application/json", headers=tablet.headers()
        )
        assert answered.status_code in {403, 422}
        assert answered.get_json()["message"]


@pytest.mark.parametrize("operation", WRITING, ids=lambda each: each.path)
def test_a_field_too_many_is_refused_and_changes_nothing(
    session: Session, visit: Inspection, tablet: Tablet, operation: Operation
) -> None:
    path, before = operation.path.strip("/").replace("{uuid}", visit.uuid), counted(session)
    for field in TOO_MANY:
        sent: dict[str, Any] = {"key": key(), "claimed_at": CLAIMED, field: "100"}
        if operation.path == "/visits/{uuid}/answers":
            sent = {"answers": [{**one("C03-05", {"value": "no"}), field: 1}]}
        assert tablet.post(path, sent).status_code in {403, 422}
    assert counted(session) == before


def counted(session: Session) -> dict[str, list[Any]]:
    session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if table.name in READING]
    return {table.name: list(session.execute(select(table))) for table in tables}
