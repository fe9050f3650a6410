"""Drawing up, signing and issuing one document of the sample, through the services."""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from inspect_app.demo.stage import Stage
from inspect_app.documents import service
from inspect_app.documents.beginning import begin
from inspect_app.documents.loading import definition_of
from inspect_app.documents.models import Document
from inspect_app.documents.signatures import Given
from inspect_app.documents.signatures import sign as add_signature
from inspect_app.documents.sources import Case

# what people write where the case says nothing
OTHERWISE: Mapping[str, Any] = {
    "person": "何志远",
    "position": "负责人",
    "address": "见登记地址",
    "method": "现场查看、查阅资料、询问人员",
    "interim": "整改完成前停用有关部位，安排专人值守，每日巡查并记录。",
    "supervisor": "塔城地区抗震救灾指挥部办公室",
    "acceptance": "复查、验收合格。",
    "attendee": "分管负责人和整改责任人",
    "place": "地区应急指挥中心三楼会议室",
    "done": "已完成检测和施工图设计，材料已订购。",
    "overseer_opinion": "同意延期，抓紧施工。",
    "consent": "同意销号。",
    "measures": "按方案补强加固并清理通道。",
    "recheck": "复查合格。",
    "level": "地区级",
    "proofs": [{"text": "整改照片"}],
}
People = Mapping[str, Sequence[tuple[str, str]]]
WIDTH, MIDDLE, STROKES = 600, 100, 4


def write(
    stage: Stage, login: str, kind: str, subject: Case, given: Mapping[str, Any], replaces: Document | None = None
) -> Document:
    """Draw up a complete draft."""
    region, known = begin(stage.session, stage.actor(login), kind, subject, replaces)
    return service.draw_up(
        stage.session, stage.actor(login), kind=kind, subject_kind=subject[0], subject_reference=subject[1],
        region=region, data=_filled(known, given), replaces=replaces,
    )  # fmt: skip


def complete(stage: Stage, document: Document, given: Mapping[str, Any], login: str = "leader") -> None:
    """Fill in what a draft still lacks; what it says already stays."""
    told = {name: value for name, value in document.data.items() if value}
    service.update(stage.session, stage.actor(login), document, document.version, _filled({**given, **told}, {}))


def sign(stage: Stage, document: Document, people: People, login: str = "leader", witness: str = "") -> None:
    """Let people sign in the roles that the kind asks for, or refuse before a witness."""
    for signer in definition_of(document.kind).signers:
        for name, credential in people.get(signer.role, ()):
            shown = credential if signer.credential else ""
            strokes = "" if witness else _drawn(name)
            given = Given(signer.role, name, shown, strokes, refused=bool(witness), witness=witness)
            add_signature(stage.session, stage.actor(login), document, document.version, given)


def issue(stage: Stage, login: str, document: Document) -> Document:
    """Issue a document."""
    return service.issue(stage.session, stage.actor(login), document, document.version)


def _filled(known: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in known.items() if value}
    every = {**OTHERWISE, **told, **given}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in every.items()}


def _drawn(name: str) -> str:
    """Draw something like a signature, always the same for a name."""
    rng = random.Random(name)
    step = WIDTH // (len(name) * STROKES + 2)
    x, path = step, ""
    for _ in name:
        for _stroke in range(STROKES):
            points = [(x + rng.randint(0, 2 * step), MIDDLE + rng.randint(-75, 75)) for _ in range(4)]
            path += "M" + "L".join(f"{across} {down}" for across, down in points)
            x += step
    return path
