"""From error to answer: one table from domain errors to statuses, one from statuses to what happened and what to do."""

from dataclasses import dataclass, replace

import structlog
from flask import Flask, current_app, g, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import ClientDisconnected, HTTPException
from werkzeug.wrappers import Response as AnyResponse

from inspect_app.access.guard import SignInNeeded
from inspect_app.core import errors as family
from inspect_app.core.database import db
from inspect_app.core.errors import DomainError
from inspect_app.core.labels import mark
from inspect_app.web.language import said
from inspect_app.web.pages import chrome

STATUSES: dict[type[DomainError], int] = {
    family.NotFound: 404,
    family.Forbidden: 403,
    family.Stale: 409,
    family.Conflict: 409,
    family.Invalid: 422,
    family.StepRefused: 409,
    family.FileRefused: 422,
    family.DefinitionProblems: 422,
    SignInNeeded: 401,
    DomainError: 400,
}
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
SENTENCES = {
    400: mark("浏览器发来的内容不完整或不合规，什么都没有改变。请返回上一页重新操作。"),
    401: mark("登录已结束或尚未登录。请登录后再试。"),
    403: mark("您的账号不能打开这一页。如确有需要，请联系安全管理员。"),
    404: mark("这个地址没有内容：它可能已经改变，也可能不在您的管辖范围内。请核对地址，或从左侧菜单进入。"),
    405: mark("这个地址只能由页面上的按钮提交，不能直接打开。请返回上一页操作。"),
    413: mark("上传的内容超过 %(limit)s MB，没有保存。请压缩照片或拆分文件后再传。"),
    429: mark("短时间内操作次数过多。请稍等片刻再试。"),
    500: mark("系统内部出错，本次操作没有保存。请稍后再试；如再次出现，请把下面的编号告诉系统管理员。"),
    503: mark("现在使用的人较多，本次操作没有保存。请等几秒钟再试一次。"),
}
EXPIRED = mark("页面停留太久或登录已变化，为防止他人冒用，这次提交没有被接受。请刷新页面后重新提交。")
CUT = mark("上传中断：服务器收到的内容比浏览器声明的少，什么都没有保存。请检查网络后重新上传。")
TWICE = mark("同样的内容刚刚已被保存，本次没有重复保存。请刷新页面查看。")
FULL = mark("服务器磁盘空间不足，本次操作没有保存。请联系系统管理员清理磁盘。")
RETRY_AFTER_SECONDS = "5"
SERVER_ERROR, UNAVAILABLE, TOO_LARGE, UNAUTHORIZED, BAD_REQUEST = 500, 503, 413, 401, 400
UNIQUE_VIOLATION, TOO_BIG = "23505", "E_TOO_BIG"
log = structlog.get_logger("inspect_app")


@dataclass(frozen=True)
class Answer:
    """What the user is told: status, stable code, sentence, further reasons (flat, or by field)."""

    status: int
    code: str
    message: str
    reasons: tuple[str, ...] = ()
    fields: dict[str, list[str]] | None = None
    file_code: str | None = None


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StaleDataError, lambda _error: give(answer_to(family.Stale())))
    app.register_error_handler(IntegrityError, _integrity)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(PoolTimeout, _unavailable)


def answer_to(error: DomainError) -> Answer:
    """Look a domain error up in the table."""
    status = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    told = Answer(status, error.code, said(error))
    if isinstance(error, family.Invalid):
        fields = {name: [said(text) for text in texts] for name, texts in error.problems.items()}
        return replace(told, fields=fields, reasons=tuple(text for texts in fields.values() for text in texts))
    if isinstance(error, family.StepRefused):
        return replace(told, reasons=tuple(said(text) for text in error.missing))
    if isinstance(error, family.FileRefused):
        return replace(told, file_code=error.file_code, status=TOO_LARGE if error.file_code == TOO_BIG else status)
    return told


def wants_json() -> bool:
    """Tell whether the client reads JSON rather than pages: by path, by Accept, or because it sent JSON."""
    if request.path.startswith("/api") or request.path.endswith(".json") or request.is_json:
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def give(answer: Answer) -> AnyResponse:
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


def _domain(error: DomainError) -> AnyResponse:
    if isinstance(error, SignInNeeded) and not wants_json() and "accounts.sign_in" in current_app.view_functions:
        wish = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=wish))
    return give(answer_to(error))


def _http(error: HTTPException) -> AnyResponse | HTTPException:
    status = error.code or SERVER_ERROR
    if status < BAD_REQUEST or error.response is not None:
        return error
    if status >= SERVER_ERROR:
        log.error("failure", path=request.path, exc_info=getattr(error, "original_exception", None) or error)
        db.session.rollback()
    if isinstance(error, CSRFError):
        return give(Answer(status, "csrf", said(EXPIRED)))
    if isinstance(error, ClientDisconnected):
        return give(Answer(status, "upload_cut", said(CUT)))
    limit = int(current_app.config["MAX_CONTENT_LENGTH"]) // (1024 * 1024)
    sentence = said(SENTENCES.get(status, SENTENCES[SERVER_ERROR if status >= SERVER_ERROR else BAD_REQUEST]))
    return give(Answer(status, f"http_{status}", sentence % {"limit": limit}))


def _integrity(error: IntegrityError) -> AnyResponse:
    db.session.rollback()
    state = getattr(error.orig, "sqlstate", None)
    if state == UNIQUE_VIOLATION or "UNIQUE constraint" in str(error.orig):
        log.warning("twice", path=request.path, constraint=str(error.orig))
        return give(Answer(409, "conflict", said(TWICE)))
    raise error


def _unavailable(error: OperationalError | PoolTimeout) -> AnyResponse:
    db.session.rollback()
    cause = str(getattr(error, "orig", error))
    log.error("database", path=request.path, cause=cause)
    full = "disk is full" in cause or "No space left" in cause
    return give(Answer(UNAVAILABLE, "storage_full" if full else "busy", said(FULL if full else SENTENCES[UNAVAILABLE])))
