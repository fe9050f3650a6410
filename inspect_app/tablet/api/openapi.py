"""The API as an OpenAPI 3.1 document, made of the same shapes that bodies are checked against."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspect_app.core.labels import mark
from inspect_app.tablet.api import schema as s
from inspect_app.tablet.api import shapes

PREFIX = "/api/v1"
JSON_TYPE, BYTES_TYPE = "application/json", "application/offset+octet-stream"


@dataclass(frozen=True)
class Operation:
    """One thing that a client may ask for; `answers` maps statuses to names of answers below, "" for none."""

    method: str
    path: str
    summary: str
    answers: Mapping[int, str]
    body: s.Schema | None = None
    query: Mapping[str, s.Schema] | None = None
    headers: Mapping[str, s.Schema] | None = None
    open: bool = False


RECEIVED = {201: "Receipt", 200: "Receipt"}
ASKED = {401: "Problem", 403: "Problem"}
SENT = {**ASKED, 404: "Problem", 409: "Problem", 422: "Problem", 503: "Problem"}
OFFSET = {"Upload-Offset": s.integer(0, 2**31, "where the portion begins")}

OPERATIONS: Sequence[Operation] = (
    Operation(
        "get", "/handshake", mark("确认对方是本系统的服务器；带令牌时返回 nonce 的证明"),
        {200: "Handshake", 401: "Problem", 422: "Problem"}, query={"nonce": s.text(200)}, open=True,
    ),
    Operation("get", "/openapi.json", mark("本接口说明"), {200: ""}, open=True),
    Operation("get", "/docs", mark("本接口说明（网页）"), {200: ""}, open=True),
    Operation("get", "/me", mark("当前人员和设备"), {200: "Me", **ASKED}),
    Operation(
        "post", "/devices", mark("把手中的设备登记为本人可用（须先用账号登录）"), {201: "Registered", **SENT},
        shapes.DEVICE,
    ),
    Operation("get", "/pack", mark("出发前下载的任务包"), {200: "", **ASKED}),
    Operation(
        "get", "/pack/visits/{visit}/photos", mark("一次检查的对象上未销号隐患的照片（小图）"),
        {200: "", **ASKED, 404: "Problem"},
    ),
    Operation("post", "/visits/{uuid}/start", mark("开始检查"), {**RECEIVED, **SENT}, shapes.START),
    Operation(
        "post", "/visits/{uuid}/answers", mark("发送答案，逐项各有回执"), {200: "Receipts", **SENT}, shapes.ANSWERS
    ),
    Operation(
        "post", "/visits/{uuid}/signatures", mark("发送签名，或拒签及见证人"), {**RECEIVED, **SENT}, shapes.SIGNATURES
    ),
    Operation("post", "/visits/{uuid}/submit", mark("提交检查"), {**RECEIVED, **SENT}, shapes.SUBMIT),
    Operation(
        "post", "/uploads/{uuid}", mark("登记要上传的文件，或询问已到多少"), {200: "Upload", **SENT, 413: "Problem"},
        shapes.UPLOAD,
    ),
    Operation(
        "get", "/uploads/{uuid}", mark("文件已到多少（HEAD 只返回头）"), {200: "Upload", **ASKED, 404: "Problem"}
    ),
    Operation(
        "patch", "/uploads/{uuid}", mark("上传一段；最后一段返回回执"),
        {200: "Upload", 400: "Problem", 411: "Problem", **SENT, 413: "Problem"}, headers=OFFSET,
    ),
    Operation("post", "/hazards", mark("检查表以外发现的隐患"), {**RECEIVED, **SENT}, shapes.HAZARD),
    Operation("post", "/sites", mark("新的检查对象，或登记建议"), {**RECEIVED, **SENT}, shapes.SITE),
    Operation("post", "/rechecks", mark("隐患复查结论"), {**RECEIVED, **SENT}, shapes.RECHECK),
    Operation(
        "get", "/outbox", mark("按编号询问发送内容的状态"), {200: "Outbox", **ASKED, 422: "Problem"},
        query={"keys": s.text(8000)},
    ),
)  # fmt: skip

TEXT, FLAG, WHOLE = {"type": "string"}, {"type": "boolean"}, {"type": "integer"}
RECEIPT = {
    "key": TEXT, "number": {"type": ["string", "null"]}, "kind": TEXT, "status": WHOLE, "again": FLAG,
    "received_at": TEXT, "offset_seconds": {"type": ["integer", "null"]}, "clock_is_off": FLAG,
    "result": {"type": "object"},
}  # fmt: skip
PERSON = {"type": "object", "properties": {"id": WHOLE, "name": TEXT, "login": TEXT, "role": TEXT}}
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "Receipt": {"properties": RECEIPT, "required": ["key", "number", "kind", "status", "again", "result"]},
    "Receipts": {"properties": {"receipts": {"type": "array", "items": {"$ref": "#/components/schemas/Receipt"}}}},
    "Problem": {
        "properties": {
            "code": TEXT, "message": TEXT, "reasons": {"type": "array", "items": TEXT},
            "problems": {"type": "object"}, "file_code": TEXT, "request_id": TEXT, "offset": WHOLE,
        },
        "required": ["code", "message"],
    },
    "Handshake": {
        "properties": {"server": TEXT, "api": WHOLE, "time": TEXT, "nonce": TEXT, "proof": TEXT,
                       "offset_seconds": {"type": ["integer", "null"]}},
        "required": ["server", "api", "time", "nonce"],
    },
    "Me": {"properties": {"person": PERSON, "device": {"type": ["object", "null"]}}, "required": ["person", "device"]},
    "Registered": {
        "properties": {"device": TEXT, "name": TEXT, "token": TEXT, "secret": TEXT, "person": PERSON},
        "required": ["device", "token", "secret"],
    },
    "Upload": {
        "properties": {"upload": TEXT, "size": WHOLE, "offset": WHOLE, "portion": WHOLE, "done": FLAG,
                       "receipt": {"type": ["object", "null"]}},
        "required": ["upload", "size", "offset", "done"],
    },
    "Outbox": {"properties": {"items": {"type": "array", "items": {"type": "object"}}}, "required": ["items"]},
}  # fmt: skip


def document(server_version: str = "1") -> dict[str, Any]:
    """Return the document."""
    paths: dict[str, dict[str, Any]] = {}
    for each in OPERATIONS:
        paths.setdefault(PREFIX + each.path, {})[each.method] = _operation(each)
    return {
        "openapi": "3.1.0",
        "info": {"title": "防震减灾督导检查：平板接口", "version": server_version, "description": ABOUT},
        "paths": paths,
        "components": {
            "schemas": {name: {"type": "object", **shape} for name, shape in ANSWERS.items()},
            "securitySchemes": {
                "device": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "session"},
            },
        },
        "security": [{"device": []}, {"session": []}],
    }


ABOUT = mark(
    "写入内容须带 key（客户端生成的 UUID）和 claimed_at（设备时钟）；同一 key、同一内容重复发送得到同一回执"
    "（again 为真），同一 key、不同内容返回 409。设备用 Authorization: Bearer 令牌；用登录会话的写入须带 X-CSRFToken。"
    "请求可带 Device-Clock（设备现在的时间）和 Request-Nonce；带令牌的应答有 Answer-Proof，"
    "即以设备密钥对 answer、nonce、状态码、正文 SHA-256（各占一行）所作的 HMAC-SHA-256；"
    "服务器换过密钥时有多个证明，以逗号分隔，其一相符即可。"
)


def _operation(each: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {"summary": each.summary, "operationId": f"{each.method} {each.path}", "parameters": []}
    for name in re.findall(r"{(\w+)}", each.path):
        told["parameters"].append({"name": name, "in": "path", "required": True, "schema": s.uuid()})
    for place, given in (("query", each.query), ("header", each.headers)):
        told["parameters"] += [
            {"name": name, "in": place, "required": place == "header", "schema": shape}
            for name, shape in (given or {}).items()
        ]
    if each.body is not None:
        told["requestBody"] = {"required": True, "content": {JSON_TYPE: {"schema": each.body}}}
    elif each.method == "patch":
        told["requestBody"] = {"required": True, "content": {BYTES_TYPE: {"schema": {"type": "string"}}}}
    told["responses"] = {str(status): _answer(name) for status, name in each.answers.items()}
    if each.open:
        told["security"] = []
    return told


def _answer(name: str) -> dict[str, Any]:
    if not name:
        return {"description": "OK"}
    return {"description": name, "content": {JSON_TYPE: {"schema": {"$ref": f"#/components/schemas/{name}"}}}}
