"""What is told to the user when something is refused or fails, as a page or as JSON."""

from dataclasses import dataclass

from flask import g, make_response, render_template, request
from werkzeug.wrappers import Response

from inspect_app.core.labels import mark
from inspect_app.web.pages import chrome

TITLES = {
    400: mark("请求没有被接受"),
    401: mark("请先登录"),
    403: mark("没有权限"),
    404: mark("没有找到"),
    405: mark("不能这样打开"),
    409: mark("没有保存"),
    413: mark("文件太大"),
    422: mark("内容有误"),
    429: mark("操作太频繁"),
    500: mark("系统出错了"),
    503: mark("系统正忙"),
}
SERVER_ERROR, UNAVAILABLE, BAD_REQUEST = 500, 503, 400
RETRY_AFTER_SECONDS = "5"


@dataclass(frozen=True)
class Answer:
    """What the user is told: status, stable code, sentence, further reasons (flat, or by field)."""

    status: int
    code: str
    message: str
    reasons: tuple[str, ...] = ()
    fields: dict[str, list[str]] | None = None
    file_code: str | None = None


def wants_json() -> bool:
    """Tell whether the client reads JSON rather than pages: by path, by Accept, or because it sent JSON."""
    if request.path.startswith("/api") or request.path.endswith(".json") or request.is_json:
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def give(answer: Answer) -> Response:
    """Draw the answer as JSON or as a page."""
    response = make_response(_body(answer) if wants_json() else _page(answer))
    response.status_code = answer.status
    if answer.status == UNAVAILABLE:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def _body(answer: Answer) -> dict[str, object]:
    body: dict[str, object] = {"code": answer.code, "message": answer.message, "request_id": g.request_id}
    if answer.reasons:
        body["reasons"] = answer.reasons
    if answer.fields is not None:
        body["problems"] = answer.fields
    if answer.file_code:
        body["file_code"] = answer.file_code
    return body


def _page(answer: Answer) -> str:
    chrome().calm = answer.status in (SERVER_ERROR, UNAVAILABLE)
    title = TITLES.get(answer.status, TITLES[BAD_REQUEST])
    return render_template("errors/error.html", answer=answer, title=title)
