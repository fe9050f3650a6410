"""What was worked out once is given again until anybody writes anything that concerns it (budget B4)."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock
from inspect_app.regions.models import RegionPath

T = TypeVar("T")
KEPT, RECENT = 256, 1_000
ELSEWHERE = ("user", "saved_filter", "tls", "upload")


@dataclass(frozen=True)
class Stamp:
    """The state of all data of a region: every change writes an entry of the trail in its own transaction.

    Keys are given out before transactions end, so a lower one may appear after a higher one: how many stand among the
    last ones tells. `era` counts those last ones, so that none passes by unseen.
    """

    day: date
    era: int
    last: int
    recent: int


def stamp(session: Session, region_id: int | None) -> Stamp:
    """Read the state of the data below a region, above it and of no region, along the last keys of the trail.

    Accounts and sessions change no figure; without a region every change counts.
    """
    newest = session.scalar(select(func.coalesce(func.max(AuditEntry.id), 0))) or 0
    counted = select(func.coalesce(func.max(AuditEntry.id), 0), func.count()).where(
        AuditEntry.id > newest - RECENT, AuditEntry.subject_kind.not_in(ELSEWHERE)
    )
    if region_id is not None:
        counted = counted.where(_concerns(region_id))
    last, recent = session.execute(counted).tuples().one()
    return Stamp(clock.today(), newest // RECENT, last, recent)


def _concerns(region_id: int) -> ColumnElement[bool]:
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == region_id)
    where = AuditEntry.region_id
    return or_(where.is_(None), where.in_(below), where.in_(above))


@dataclass
class Memory:
    """Answers of one process, each with the state of data it was worked out from; the least used go first."""

    answers: OrderedDict[Hashable, tuple[Stamp, object]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def recall(self, key: Hashable, state: Stamp, work_out: Callable[[], T]) -> T:
        """Return the answer for this state of data, worked out now if need be; `state` was read before."""
        with self.lock:
            known = self.answers.get(key)
            if known is not None and known[0] == state:
                self.answers.move_to_end(key)
                return cast("T", known[1])
        answer = work_out()
        self._keep(key, state, answer)
        return answer

    def _keep(self, key: Hashable, state: Stamp, answer: Any) -> None:  # noqa: ANN401 - whatever was worked out
        with self.lock:
            self.answers[key] = (state, answer)
            self.answers.move_to_end(key)
            while len(self.answers) > KEPT:
                self.answers.popitem(last=False)
