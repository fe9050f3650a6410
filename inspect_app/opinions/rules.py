"""What must be true of a restricted paper before it is kept. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspect_app.core.labels import mark

LONGEST_TITLE, LONGEST_TEXT = 200, 20_000


@dataclass(frozen=True)
class Paper:
    """What is written of a paper."""

    kind: StrEnum
    held_on: date | None
    title: str
    text: str
    covers_from: date | None = None
    covers_until: date | None = None
    receivers: tuple[str, ...] = ()


def problems_of(paper: Paper, today: date) -> Mapping[str, list[str]]:
    """Return what is wrong, by field."""
    found: dict[str, list[str]] = {}
    if paper.held_on is None:
        found["held_on"] = [mark("请填写会商或形成意见的日期。")]
    elif paper.held_on > today:
        found["held_on"] = [mark("日期不能晚于今天。")]
    if not paper.title.strip():
        found["title"] = [mark("请填写标题。")]
    elif len(paper.title.strip()) > LONGEST_TITLE:
        found["title"] = [mark("标题太长，请控制在 200 字以内。")]
    if not paper.text.strip():
        found["text"] = [mark("请填写正文；全文在附件里的，写明“见附件”。")]
    elif len(paper.text.strip()) > LONGEST_TEXT:
        found["text"] = [mark("正文太长，请控制在 20000 字以内，全文请作附件上传。")]
    if paper.covers_from and paper.covers_until and paper.covers_until < paper.covers_from:
        found["covers_until"] = [mark("时段的结束日期不能早于开始日期。")]
    return found


def receivers_in(text: str) -> tuple[str, ...]:
    """Read receivers, one a line or apart by 、；, each once."""
    for sign in "、；;，,\r":
        text = text.replace(sign, "\n")
    return tuple(dict.fromkeys(part.strip() for part in text.split("\n") if part.strip()))
