"""Which rows exist for a person: the one filter by region that every list, page, export, file and counter uses.

It stands below the regions and the stored files because both need it, so it names tables without their models.
"""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, SQLColumnExpression, column, false, select, table, true

from inspect_app.access.actor import Actor
from inspect_app.core.database import db

REGION = table("region", column("id"), column("level"))
PATH = table("region_path", column("ancestor_id"), column("descendant_id"))
BELOW_COUNTY = ("township", "village")


def visible(
    actor: Actor, county_column: SQLColumnExpression[int], region_column: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    """Rows at or below what the person sees; the system sees all, a person without a view region nothing."""
    if actor.role is None:
        return true()
    return _within(actor.view_region_id, county_column, region_column)


def capturable(
    actor: Actor, county_column: SQLColumnExpression[int], region_column: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    """Rows where the person may enter data; none when they capture nowhere."""
    if actor.role is None:
        return true()
    return _within(actor.capture_region_id, county_column, region_column)


def _within(
    top_id: int | None, county_column: SQLColumnExpression[int], region_column: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    if top_id is None:
        return false()
    narrow = region_column if level_of(top_id) in BELOW_COUNTY else county_column
    return narrow.in_(select(PATH.c.descendant_id).where(PATH.c.ancestor_id == top_id))


def know_levels(levels: Mapping[int, str]) -> None:
    """Keep the levels of regions that were read anyway, by key, so that `level_of` need not ask."""
    db.session().info.setdefault("region_levels", {}).update(levels)


def level_of(region_id: int) -> str | None:
    """Level of a region; asked once a session, since a region never changes its level."""
    levels: dict[int, str | None] = db.session().info.setdefault("region_levels", {})
    if region_id not in levels:
        levels[region_id] = db.session.scalar(select(REGION.c.level).where(REGION.c.id == region_id))
    return levels[region_id]
