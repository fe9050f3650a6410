"""What was worked out once is given again until anybody writes anything (budget B4)."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock

T = TypeVar("T")
KEPT, RECENT = 256, 500


@dataclass(frozen=True)
class Stamp:
    """The state of all data: every change writes an entry of the trail in its own transaction.

    Keys are given out before transactions end, so a lower one may appear after a higher one: how many stand among the
    last ones tells.
    """

    day: date
    last: int
    recent: int


def stamp(session: Session) -> Stamp:
    """Read the state of all data, in one query along the primary key."""
    last = select(func.coalesce(func.max(AuditEntry.id), 0)).scalar_subquery()
    counted = select(last, func.count()).select_from(AuditEntry).where(AuditEntry.id > last - RECENT)
    newest, recent = session.execute(counted).tuples().one()
    return Stamp(clock.today(), newest, recent)


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
