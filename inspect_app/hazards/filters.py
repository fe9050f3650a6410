"""Which hazards a list shows, as one value that pages, exports and drill-downs share."""

from dataclasses import dataclass, fields
from datetime import date

COUNTED = frozenset({"region_id", "states", "grades", "overdue", "due_from", "due_to"})


@dataclass(frozen=True, kw_only=True)
class HazardFilter:
    """Conditions that all hold together; an empty one asks nothing.

    `region_id` takes everything at or below a region; `grades` may hold "" for an unknown grade; date ranges are
    inclusive; `on_time` True asks for closure on or before the due date; `open_on` takes what was not closed by the end
    of that day; `text` looks into description, object, unit, place and reference. `by` is "urgency" (open by due date,
    then the latest ended) or "found" (latest found first).
    """

    region_id: int | None = None
    states: frozenset[str] = frozenset()
    grades: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    overdue: bool = False
    due_from: date | None = None
    due_to: date | None = None
    found_from: date | None = None
    found_to: date | None = None
    looked_back_from: date | None = None
    looked_back_to: date | None = None
    review_to: date | None = None
    closed_to: date | None = None
    open_on: date | None = None
    listed: bool | None = None
    rebounded: bool | None = None
    on_time: bool | None = None
    text: str = ""
    origin: str = ""
    item_code: str = ""
    batch_id: int | None = None
    site_id: int | None = None
    by: str = "urgency"

    def asked(self) -> frozenset[str]:
        """Return the names of the conditions that ask something."""
        return frozenset(
            field.name for field in fields(self) if field.name != "by" and getattr(self, field.name) != field.default
        )

    def is_counted(self) -> bool:
        """Tell whether the kept counters can answer how many there are."""
        return self.asked() <= COUNTED
