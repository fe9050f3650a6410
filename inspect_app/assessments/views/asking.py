"""What an address asks for: which scheme, which year, which region; and the boards that answer."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import current_app, request

from inspect_app.access.guard import current_actor
from inspect_app.assessments import queries
from inspect_app.assessments.definition import Scheme, SchemeLevel
from inspect_app.assessments.leaders.board import Board, ranked_with, work_out
from inspect_app.assessments.leaders.memory import Memory, stamp
from inspect_app.assessments.period import Period, period_of
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, covers

T = TypeVar("T")
MEMORY = "assessment_memory"
YEARS_BACK = 4
ABOVE_COUNTIES = (None, Level.PROVINCE)


@dataclass(frozen=True)
class Asked:
    """A scheme, a year, and the region asked for (None: all that the person sees)."""

    scheme: Scheme
    period: Period
    region: Region | None

    @property
    def arguments(self) -> dict[str, str | None]:
        """Return what an address repeats to ask for the same; what goes without saying is left out."""
        usual = self.scheme.code == queries.DEFAULT_SCHEME
        return {
            "scheme": None if usual else self.scheme.code,
            "period": self.period.code,
            "region": self.region.code if self.region else None,
        }


def asked() -> Asked:
    """Read scheme, year and region from the address; a region out of sight is not found."""
    code = request.args.get("region", "").strip()
    region = by_code(db.session(), code) if code else _own_region()
    return Asked(scheme_asked(), period_asked(), region)


def scheme_asked(name: str = "scheme") -> Scheme:
    """Read a scheme from the address, the usual one when none is named."""
    return queries.scheme_of(request.args.get(name) or queries.DEFAULT_SCHEME)


def period_asked() -> Period:
    """Read the year from the address, the present one when none is named."""
    today = clock.today()
    return period_of(request.args.get("period") or str(today.year), today)


def years() -> list[str]:
    """List the years to choose from, newest first."""
    return [str(clock.today().year - back) for back in range(YEARS_BACK + 1)]


def county_schemes() -> list[Scheme]:
    """List the schemes by which counties are assessed, drafts last."""
    found = [scheme for scheme in queries.schemes().values() if scheme.level is SchemeLevel.COUNTY]
    return sorted(found, key=lambda scheme: (scheme.draft, scheme.code != queries.DEFAULT_SCHEME, scheme.code))


def stands_above(region: Region | None) -> bool:
    """Tell whether a region holds prefectures, so that its page names prefectures instead of counties."""
    return (region.level if region else None) in ABOVE_COUNTIES


def board_of(asking: Asked, counties: Sequence[Region] | None = None) -> Board:
    """Return the counties at or below the region asked for, as ranked in their prefecture.

    `counties` are those, where they are known to be in sight. Who does not see all that are ranked together is not
    told ranks.
    """
    shown = below(asking.region) if counties is None else counties
    parent_id = parent_of(asking.region)
    board = board_below(asking.scheme, asking.period, parent_id).within({county.id for county in shown})
    return board if sees(parent_id) else board.unranked()


def board_below(scheme: Scheme, period: Period, parent_id: int | None) -> Board:
    """Return all counties directly below a region, worked out anew only after something was written."""
    session = db.session()

    def now() -> Board:
        return work_out(session, scheme, period, ranked_with(session, parent_id))

    return remembered(("board", scheme.code, scheme.version, period, parent_id), parent_id, now)


def remembered(key: Hashable, region_id: int | None, now: Callable[[], T]) -> T:
    """Return an answer of this process for the present data of a region (None: of all)."""
    memory: Memory = current_app.extensions.setdefault(MEMORY, Memory())
    return memory.recall(key, stamp(db.session(), region_id), now)


def sees(region_id: int | None) -> bool:
    """Tell whether a region lies wholly in the person's view."""
    actor = current_actor()
    if actor.role is None:
        return True
    top = actor.view_region_id
    return top is not None and region_id is not None and covers(db.session(), top, region_id)


def below(region: Region | None) -> Sequence[Region]:
    """List the counties that the person sees at or below a region."""
    return queries.counties_in_scope(db.session(), current_actor(), region.id if region else None)


def _own_region() -> Region | None:
    region_id = current_actor().view_region_id
    return db.session.get(Region, region_id) if region_id else None


def parent_of(region: Region | None) -> int | None:
    """Return the key of the region whose counties are ranked together with one, or below it."""
    if region is None:
        return None
    return region.parent_id if region.level is Level.COUNTY else region.id
