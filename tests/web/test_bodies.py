import gc
from io import BytesIO

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from inspect_app.access.guard import open_to_all

BOUNDARY = b"--x\r\n"
PART = (
    BOUNDARY
    + b'Content-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    + b"j" * 1000
    + b"\r\n--x--\r\n"
)


@pytest.fixture
def app(fresh_app: Flask) -> Flask:
    @fresh_app.post("/echo")
    @open_to_all
    def echo() -> dict[str, int]:
        return {
            "files": len(request.files),
            "bytes": len(request.get_data()),
            "json": len(request.get_json(silent=True) or ""),
        }

    return fresh_app


def send(client: FlaskClient, body: bytes, length: int, kind: str) -> tuple[int, str]:
    answer = client.post(
        "/echo",
        input_stream=BytesIO(body),
        headers={"Content-Type": kind, "Accept": "application/json"},
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": str(length)},
    )
    return answer.status_code, answer.get_json().get("code", "")


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Werkzeug leaves half a file to the collector
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "image/jpeg"])
def test_a_cut_upload_is_refused_even_when_the_server_says_its_input_ends_by_itself(
    client: FlaskClient, kind: str
) -> None:
    assert send(client, PART[:700], len(PART), kind) == (400, "upload_cut")
    gc.collect()


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "image/jpeg"])
def test_a_whole_upload_is_read(client: FlaskClient, kind: str) -> None:
    assert send(client, PART, len(PART), kind) == (200, "")


def test_a_cut_upload_is_answered_by_a_page_that_says_so(client: FlaskClient) -> None:
    answer = client.post("/echo", input_stream=BytesIO(b"short"), environ_overrides={"CONTENT_LENGTH": "900"})
    assert answer.status_code == 400
    assert "上传中断" in answer.text
