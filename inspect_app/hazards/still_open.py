"""What of the inventory can still be put right, and until when closing it counts as on time."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.hazards.facts import HOUSES, LIVED_IN
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import OPEN_STATES, is_overdue
from inspect_app.hazards.words import Grade
from inspect_app.regions.models import RegionPath


class StillOpen(NamedTuple):
    """An open hazard by what matters to figures; `due_on` None is without a due date."""

    reference: str
    site_name: str
    state: str
    grade: Grade | None
    due_on: date | None
    item_code: str
    category: str

    def is_overdue(self, today: date) -> bool:
        """Tell whether it is past its due date and not under interim control."""
        return is_overdue(self.state, self.due_on, today)

    @property
    def is_major(self) -> bool:
        """Tell whether it is a major one."""
        return self.grade == Grade.MAJOR

    @property
    def is_inhabited_danger(self) -> bool:
        """Tell whether it is a dangerous house that is lived in."""
        return self.category == HOUSES and self.item_code == LIVED_IN


def still_open(session: Session, region_id: int, *, of_township: bool = False) -> list[StillOpen]:
    """List the open hazards of a county, or of a township, the first due first."""
    query = select(
        Hazard.reference, Hazard.site_name, Hazard.state, Hazard.grade, Hazard.due_on, Hazard.item_code, Hazard.category
    ).where(Hazard.state.in_(OPEN_STATES))
    if of_township:
        inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)
        query = query.where(Hazard.region_id.in_(inside))
    else:
        query = query.where(Hazard.county_id == region_id)
    return [StillOpen(*row) for row in session.execute(query.order_by(Hazard.urgency, Hazard.id)).tuples()]
