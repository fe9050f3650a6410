"""The stage of the sample: acts happen in the order of their instants, each with the clock set to its own."""

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.accounts.models import User
from inspect_app.campaigns.models import Campaign
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.demo.photos import photo
from inspect_app.evidence.service import Prepared, prepare_photo

Act = Callable[[], None]
FIRST_HOUR, LAST_HOUR = 9, 18
ACTS_A_TRANSACTION = 200


@dataclass
class Stage:
    """What all acts share: the session, a repeatable generator, the present instant, the people by login."""

    seed: int
    present: datetime
    people: dict[str, tuple[User, Actor]] = field(default_factory=dict)
    campaigns: list[Campaign] = field(default_factory=list)
    rng: random.Random = field(init=False)
    _queue: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _order: "itertools.count[int]" = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)

    @property
    def session(self) -> Session:
        """The session of the application."""
        return db.session()

    @property
    def today(self) -> date:
        """The local date on which the sample ends."""
        return clock.local(self.present).date()

    def actor(self, login: str) -> Actor:
        """Return a person by login."""
        return self.people[login][1]

    def user_id(self, login: str) -> int:
        """Return the key of an account."""
        return self.people[login][0].id

    def at(self, on: date, share: float) -> datetime:
        """Return an instant within the working hours of a day; `share` runs from 0 to 1."""
        minutes = int((LAST_HOUR - FIRST_HOUR) * 60 * share)
        return datetime.combine(on, time(FIRST_HOUR), clock.LOCAL) + timedelta(minutes=minutes)

    def in_hours(self, instant: datetime) -> datetime:
        """Return the instant moved into the working hours of its day, keeping the order of instants."""
        local = clock.local(instant)
        return self.at(local.date(), (local.hour * 60 + local.minute) / (24 * 60))

    def then(self, instant: datetime, act: Act) -> None:
        """Let an act happen at an instant; what would lie in the future does not happen."""
        if instant <= self.present:
            heapq.heappush(self._queue, (instant, next(self._order), act))

    def play(self, report: Callable[[int], None]) -> int:
        """Let everything happen in order; returns the number of acts, told to `report` as it goes."""
        done = 0
        while self._queue:
            with transaction():
                done += self._some()
            report(done)
        return done

    def _some(self) -> int:
        for number in range(ACTS_A_TRANSACTION):
            if not self._queue:
                return number
            instant, _, act = heapq.heappop(self._queue)
            with clock.set_to(instant):
                act()
        return ACTS_A_TRANSACTION

    def picture(self, *, mended: bool) -> Prepared:
        """Take a photograph now."""
        return prepare_photo(photo(self.rng, clock.now(), mended=mended), "现场照片.jpg")

    def paper(self, title: str) -> Prepared:
        """Scan a document now."""
        return prepare_photo(photo(self.rng, clock.now(), mended=True), f"{title}.jpg")
