"""In how many months a consultation was held: the days alone, nothing of what was said."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.core.counted import Counted, Thing
from inspect_app.opinions.kinds import CONSULTATIONS
from inspect_app.opinions.models import Opinion
from inspect_app.regions.models import RegionPath


def consultation_days(session: Session, region_ids: Collection[int], start: date, end: date) -> dict[int, list[date]]:
    """Return the days of the consultations held for each region or one above it; regions without any are absent."""
    rows = (
        select(RegionPath.descendant_id, Opinion.held_on)
        .join(RegionPath, RegionPath.ancestor_id == Opinion.region_id)
        .where(
            RegionPath.descendant_id.in_(region_ids),
            Opinion.kind.in_(CONSULTATIONS),
            Opinion.withdrawn_at.is_(None),
            Opinion.held_on.between(start, end),
        )
        .order_by(Opinion.held_on)
    )
    found: dict[int, list[date]] = defaultdict(list)
    for region_id, on in session.execute(rows).tuples():
        found[region_id].append(on)
    return dict(found)


def consultation_months(session: Session, region_ids: Collection[int], start: date, end: date) -> dict[int, int]:
    """Count the months with a consultation, by region."""
    days = consultation_days(session, region_ids, start, end)
    return {region_id: len({(on.year, on.month) for on in held}) for region_id, held in days.items()}


def consultation_rows(session: Session, region_id: int, start: date, end: date) -> list[Counted]:
    """List the months with the days of their consultations."""
    months: dict[str, list[date]] = defaultdict(list)
    for on in consultation_days(session, [region_id], start, end).get(region_id, []):
        months[f"{on:%Y-%m}"].append(on)
    return [
        Counted(Thing.NUMBER, month, "、".join(dict.fromkeys(on.isoformat() for on in held)))
        for month, held in months.items()
    ]
