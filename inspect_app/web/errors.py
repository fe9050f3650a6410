"""From error to answer: one table from domain errors to statuses, one from statuses to what happened and what to do."""

from dataclasses import replace

import structlog
from flask import Flask, current_app, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import ClientDisconnected, HTTPException
from werkzeug.wrappers import Response

from inspect_app.access.guard import SignInNeeded
from inspect_app.core import errors as family
from inspect_app.core.database import db
from inspect_app.core.errors import DomainError
from inspect_app.core.labels import mark
from inspect_app.web.answers import BAD_REQUEST, SERVER_ERROR, UNAVAILABLE, Answer, give, wants_json
from inspect_app.web.language import said

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
# what SQLite says when a later try may succeed; its other operational errors are mistakes of ours
PASSING = ("locked", "busy", "unable to open", "disk is full", "disk I/O", "QueuePool limit")
TOO_LARGE, CONFLICT = 413, 409
UNIQUE_VIOLATION, TOO_BIG = "23505", "E_TOO_BIG"
log = structlog.get_logger("inspect_app")


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


def _domain(error: DomainError) -> Response:
    if isinstance(error, SignInNeeded) and not wants_json() and "accounts.sign_in" in current_app.view_functions:
        wish = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=wish))
    return give(answer_to(error))


def _http(error: HTTPException) -> Response | HTTPException:
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


def _integrity(error: IntegrityError) -> Response:
    db.session.rollback()
    state = getattr(error.orig, "sqlstate", None)
    if state == UNIQUE_VIOLATION or "UNIQUE constraint" in str(error.orig):
        log.warning("twice", path=request.path, constraint=str(error.orig))
        return give(Answer(CONFLICT, "conflict", said(TWICE)))
    raise error


def _unavailable(error: OperationalError | PoolTimeout) -> Response:
    db.session.rollback()
    cause = str(getattr(error, "orig", error))
    if not any(sign in cause for sign in PASSING) and db.engine.dialect.name == "sqlite":
        raise error
    log.error("database", path=request.path, cause=cause)
    full = "disk is full" in cause or "No space left" in cause
    return give(Answer(UNAVAILABLE, "storage_full" if full else "busy", said(FULL if full else SENTENCES[UNAVAILABLE])))
