import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from inspect_app.access.guard import SignInNeeded, open_to_all, requires
from inspect_app.core.errors import (
    Conflict,
    DomainError,
    FileRefused,
    Forbidden,
    Invalid,
    NotFound,
    Stale,
    StepRefused,
)

JSON = {"Accept": "application/json"}
Raise = Callable[[Exception], str]


@pytest.fixture
def app(fresh_app: Flask) -> Flask:
    return fresh_app


@pytest.fixture
def provoke(app: Flask) -> Raise:
    """Add an address that fails with a given error, and return it."""
    errors: list[Exception] = []

    @app.route("/fail", methods=["GET", "POST"])
    @open_to_all
    def fail() -> str:
        raise errors[-1]

    def prepare(error: Exception) -> str:
        errors.append(error)
        return "/fail"

    return prepare


def busy(text: str) -> OperationalError:
    return OperationalError("UPDATE hazard", {}, sqlite3.OperationalError(text))


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound(), 404, "not_found"),
        (Forbidden("您不能销号。"), 403, "forbidden"),
        (Stale(), 409, "stale"),
        (Conflict("这份报表已经导入过。"), 409, "conflict"),
        (Invalid({"due_on": ["整改时限早于发现日期。"]}), 422, "invalid"),
        (StepRefused(["缺少整改后照片。"]), 409, "step_refused"),
        (FileRefused("E_TYPE", "这不是图片。"), 422, "file_refused"),
        (FileRefused("E_TOO_BIG", "照片超过 25 MB。"), 413, "file_refused"),
        (SignInNeeded(), 401, "sign_in_needed"),
        (DomainError("年度 %(year)s 不存在。", year=2031), 400, "domain"),
        (StaleDataError(), 409, "stale"),
        (IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed: a.b")), 409, "conflict"),
        (busy("database is locked"), 503, "busy"),
        (busy("database or disk is full"), 503, "storage_full"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_each_error_has_its_status_and_code(
    client: FlaskClient, provoke: Raise, error: Exception, status: int, code: str
) -> None:
    answer = client.get(provoke(error), headers=JSON)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert answer.get_json()["request_id"] == answer.headers["X-Request-ID"]


def test_a_json_answer_names_reasons_and_fields(client: FlaskClient, provoke: Raise) -> None:
    invalid = client.get(provoke(Invalid({"due_on": ["早于发现日期。"]})), headers=JSON).get_json()
    refused = client.get(provoke(StepRefused(["缺少整改后照片。"])), headers=JSON).get_json()
    assert invalid["problems"] == {"due_on": ["早于发现日期。"]}
    assert refused["reasons"] == ["缺少整改后照片。"]


def test_a_page_says_what_happened_and_carries_the_request_id(client: FlaskClient, provoke: Raise) -> None:
    answer = client.post(provoke(StepRefused(["缺少整改后照片。", "复查人员不足两名。"])))
    assert answer.status_code == 409
    for expected in ("没有保存", "缺少整改后照片。", "复查人员不足两名。", answer.headers["X-Request-ID"], "回到首页"):
        assert expected in answer.text


def test_the_parameters_of_a_sentence_are_escaped(client: FlaskClient, provoke: Raise) -> None:
    answer = client.get(provoke(DomainError("没有名为 %(name)s 的工作表。", name="<script>alert(1)</script>")))
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_a_busy_database_says_when_to_come_back(client: FlaskClient, provoke: Raise) -> None:
    assert client.post(provoke(busy("database is locked"))).headers["Retry-After"] == "5"


@pytest.mark.parametrize(
    "error", [busy("no such table: hazard"), IntegrityError("", {}, sqlite3.IntegrityError("NOT NULL"))]
)
def test_a_mistake_of_ours_is_no_excuse(client: FlaskClient, provoke: Raise, app: Flask, error: Exception) -> None:
    if "sqlite" not in app.config["SQLALCHEMY_DATABASE_URI"] and isinstance(error, OperationalError):
        pytest.skip("PostgreSQL reports missing tables otherwise")
    with pytest.raises(type(error)):
        client.get(provoke(error))


@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_failure_shows_no_trace(client: FlaskClient, provoke: Raise, app: Flask, headers: dict[str, str]) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get(provoke(ZeroDivisionError("secret detail")), headers=headers)
    assert answer.status_code == 500
    assert "系统内部出错" in answer.text
    for hidden in ("Traceback", "ZeroDivisionError", "secret detail", ".py"):
        assert hidden not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status", "sentence"),
    [("GET", "/nowhere", 404, "这个地址没有内容"), ("DELETE", "/healthz", 405, "只能由页面上的按钮提交")],
)
def test_http_errors_are_told_in_chinese(
    client: FlaskClient, method: str, path: str, status: int, sentence: str
) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert sentence in answer.text


def test_an_upload_over_the_limit_is_refused_with_the_limit(app: Flask, client: FlaskClient) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 3 * 1024 * 1024
    answer = client.post("/language", data={"next": "x" * (4 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "3 MB" in answer.text


def test_errors_below_api_are_json(client: FlaskClient) -> None:
    assert client.get("/api/nowhere").get_json()["code"] == "http_404"


def test_an_expired_form_is_refused_with_a_sentence(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/language", data={"language": "en"})
    assert answer.status_code == 400
    assert "请刷新页面后重新提交" in answer.text


@pytest.fixture
def guarded(app: Flask) -> str:
    app.add_url_rule("/guarded", "guarded", requires()(lambda: "inside"), methods=["GET", "POST"])
    return "/guarded"


@pytest.mark.usefixtures("guarded")
def test_a_page_sends_strangers_to_sign_in_and_back(client: FlaskClient) -> None:
    answer = client.get("/guarded?a=1")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/guarded?a%3D1")


@pytest.mark.usefixtures("guarded")
def test_a_submission_of_a_stranger_is_not_repeated_after_sign_in(client: FlaskClient) -> None:
    assert client.post("/guarded").location == "/sign-in"


@pytest.mark.parametrize("request_arguments", [{"headers": JSON}, {"json": {"a": 1}}])
def test_a_script_without_session_gets_401(
    client: FlaskClient, guarded: str, request_arguments: dict[str, Any]
) -> None:
    assert client.post(guarded, **request_arguments).status_code == 401
