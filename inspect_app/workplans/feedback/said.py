"""What a unit says of something it owes, as it is checked, kept and taken back. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from inspect_app.core.labels import mark

FIGURES = ("done", "whole")
LONGEST, LONGEST_PROOF = 5000, 500
PLACES = 4
GREATEST = Decimal(1_000_000_000)
UNDONE_BY = {
    ("report", "due"): "undo_report",
    ("report", "returned"): "undo_again",
    ("amend", "reported"): "undo_amend",
}
TELLING, TAKING_BACK = frozenset(action for action, _source in UNDONE_BY), frozenset(UNDONE_BY.values())
NOT_A_COUNT = mark("请填写 0 或更大的数，最多 4 位小数；不知道的留空，不要填 0。")
MORE_THAN_ALL = mark("已完成数不能大于总数。请核对这两个数。")
TOO_LONG = mark("完成情况最多 5000 字，请精简，详细材料作为佐证上传。")
PROOF_TOO_LONG = mark("佐证材料说明最多 500 字。")
NOT_ASKED = mark("“%(aspect)s”不在所要求的方面中，请刷新页面后重新勾选。")


@dataclass(frozen=True)
class Said:
    """A report: how far it is in words, `figures` "done" and "whole" (an unknown one None or absent), aspects done.

    `proof` says which material proves it, and where that is kept.
    """

    summary: str
    figures: Mapping[str, Decimal | None] = field(default_factory=dict)
    aspects: Sequence[str] = ()
    proof: str = ""

    def kept(self) -> dict[str, Any]:
        """Return what is kept beside the words: figures as texts of decimals, what is unknown or empty absent."""
        known = {name: number_text(value) for name in FIGURES if (value := self.figures.get(name)) is not None}
        more = {"aspects": list(self.aspects), "proof": self.proof.strip()}
        return {**known, **{name: value for name, value in more.items() if value}}


@dataclass(frozen=True)
class Told:
    """A report that counts: how it came, its words and figures as kept, when and by whom.

    `undone_by` is the step that takes it back.
    """

    undone_by: str
    summary: str
    figures: Mapping[str, Any]
    at: datetime
    by: int | None


def number_text(number: Decimal) -> str:
    """Write a number as it is kept: 30, 30.5, never 3E+1 nor 30.50."""
    return f"{number.normalize():f}"


def problems_of(said: Said, aspects: Sequence[str]) -> dict[str, list[str]]:
    """Return what is wrong with a report by field; `aspects` are those that are asked for."""
    problems: dict[str, list[str]] = {}
    for name in FIGURES:
        value = said.figures.get(name)
        if value is not None and not _is_count(value):
            problems[name] = [NOT_A_COUNT]
    done, whole = said.figures.get("done"), said.figures.get("whole")
    if not problems and done is not None and whole is not None and done > whole:
        problems["done"] = [MORE_THAN_ALL]
    if strange := [each for each in said.aspects if each not in aspects]:
        problems["aspects"] = [NOT_ASKED % {"aspect": each} for each in strange]
    if len(said.summary) > LONGEST:
        problems["summary"] = [TOO_LONG]
    if len(said.proof) > LONGEST_PROOF:
        problems["proof"] = [PROOF_TOO_LONG]
    return problems


def _is_count(value: Decimal) -> bool:
    if not value.is_finite() or not 0 <= value <= GREATEST:
        return False
    exponent = value.normalize().as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -PLACES


def standing_reports(events: Iterable[Any]) -> list[Told]:
    """Return the reports that count, the oldest first: what was taken back is left out."""
    told: list[Told] = []
    for event in events:
        if event.action in TELLING:
            undone_by = UNDONE_BY[event.action, event.source]
            told.append(
                Told(undone_by, event.facts["summary"], event.facts.get("figures", {}), event.at, event.actor_id)
            )
        elif event.action in TAKING_BACK and told:
            told.pop()
    return told
