"""What a source of facts is: asked once for many regions, in words that a county understands, with rows behind it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from inspect_app.assessments.rules import Fact
from inspect_app.core import clock
from inspect_app.core.counted import Counted
from inspect_app.core.labels import Sentence

OWN_PAGE = "assessments.rows"


@dataclass(frozen=True)
class Asked:
    """Regions of one level, and the days from first to last that count; `today` bounds what has come."""

    region_ids: Collection[int]
    start: date
    end: date
    of_townships: bool = False

    @property
    def today(self) -> date:
        """The present day."""
        return clock.today()

    @property
    def as_of(self) -> date:
        """The last day of the period that has come."""
        return min(self.end, self.today)


Figures = Mapping[int, Fact]
Gather = Callable[[Session, Collection[str], Asked], Mapping[str, Figures]]
Rows = Callable[[Session, str, Asked, str], list[Counted]]


@dataclass(frozen=True)
class Source:
    """A named fact. Facts with one `gather` are asked together; `rows` lists what a part counts ("numerator" or not).

    A region that `gather` leaves out has figures of zero, or with `absent_is_unknown` none at all. `endpoint` is the
    page that lists the rows of "fact", "county" (a code, of a township too), "period" and "part". `origin` says where
    the rows are kept, `counts` that a figure has no denominator, `by_township` that townships have figures too, `gaps`
    that what is below the line and not above it is what is still to be reached.
    """

    name: str
    title: str
    unit: str
    origin: str | Sentence
    gather: Gather
    rows: Rows | None = None
    endpoint: str = OWN_PAGE
    absent_is_unknown: bool = False
    counts: bool = False
    by_township: bool = False
    gaps: bool = True

    def listed(self, session: Session, asked: Asked, part: str) -> list[Counted]:
        """Return the rows of a part for the one region asked about; none where another page lists them."""
        return self.rows(session, self.name, asked, part) if self.rows else []

    def link(self, code: str, period: str, part: str) -> tuple[str, dict[str, str]]:
        """Return endpoint and arguments of the page that lists the rows of a part for a region."""
        return self.endpoint, {"fact": self.name, "county": code, "period": period, "part": part}
