"""What becomes of an answer from a tablet beside the one that is stored. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from inspect_app.core.labels import mark

Content = Mapping[str, Any]
FIELDS = ("value", "note", "immediate_measure")


class Verdict(StrEnum):
    """Kept as given, merged with what was stored, both kept until somebody chooses, or taken no further."""

    KEPT = "kept"
    MERGED = "merged"
    DISAGREEMENT = "disagreement"
    NEEDS_YOU = "needs_you"
    STRANDED = "stranded"
    REFUSED = "refused"


VERDICT_LABELS: Mapping[str, str] = {
    Verdict.KEPT: mark("已接收"),
    Verdict.MERGED: mark("已与另一台平板的内容合并"),
    Verdict.DISAGREEMENT: mark("与另一台平板的答案不同，待带队人员选择"),
    Verdict.NEEDS_YOU: mark("题目已改，需要重新作答"),
    Verdict.STRANDED: mark("已收到，未能并入这次检查"),
    Verdict.REFUSED: mark("没有接受"),
}


class Why(StrEnum):
    """Why something sent could not enter its visit."""

    VOIDED = "voided"
    DONE = "done"
    REASSIGNED = "reassigned"
    MOVED = "moved"
    GONE = "gone"


WHY_LABELS: Mapping[str, str] = {
    Why.VOIDED: mark("检查已作废，内容已由服务器保存，可由有关人员查看、转到另一次检查。"),
    Why.DONE: mark("检查已经提交，内容已由服务器保存，退回修改后可由检查人员采用。"),
    Why.REASSIGNED: mark("这次检查已改由他人进行，内容已由服务器保存，可由现在的检查人员采用。"),
    Why.GONE: mark("新版检查表已没有这一项，文件已由服务器保留备查。"),
    Why.MOVED: mark("您已调离这个地区，内容已由服务器保存，可由现在的检查人员采用。"),
}


@dataclass(frozen=True)
class Judged:
    """A verdict, and what is to be stored then."""

    verdict: Verdict
    content: Content


def judge(stored: Content | None, stored_version: int, offered: Content, base_version: int, *, own: bool) -> Judged:
    """Decide what becomes of an answer that replaces `base_version`; `own`: the same hand gave the stored one.

    Two first answers that say nothing against each other become one. Where what is stored was changed by somebody else
    since, and says something else, it stays.
    """
    if stored is None or dict(stored) == dict(offered) or own or stored_version == base_version:
        return Judged(Verdict.KEPT, offered)
    joined = {name: stored[name] or offered[name] for name in FIELDS}
    agrees = all(offered[name] in ({}, "", joined[name]) for name in FIELDS)
    if base_version == 0 and agrees:
        return Judged(Verdict.MERGED, joined)
    return Judged(Verdict.DISAGREEMENT, stored)
