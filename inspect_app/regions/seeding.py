"""The region data that comes with the application: added where missing, never changed where present."""

import csv
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.regions.levels import Kind, Level
from inspect_app.regions.models import Region
from inspect_app.regions.tree import Row, add_aliases, add_regions

EDITION = "2023"


def seed(session: Session) -> int:
    """Add regions, zones and aliases that are missing; returns how many regions were added. Safe to repeat."""
    known = set(session.scalars(select(Region.code)))
    fresh = add_regions(session, [row for row in (*_regions(), *_zones()) if row.code not in known])
    _locate_zones(session, fresh)
    _seed_aliases(session)
    return len(fresh)


def table(name: str) -> Iterator[dict[str, str]]:
    """Read one of the data files as dictionaries."""
    with (files("inspect_app.regions") / "data" / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _regions() -> Iterator[Row]:
    for row in table("regions.csv"):
        yield Row(row["code"], row["name"], Level(row["level"]), row["parent"])


def _zones() -> Iterator[Row]:
    for row in table("zones.csv"):
        yield Row(row["code"], row["name"], Level.COUNTY, row["parent"], Kind.ZONE)


def _locate_zones(session: Session, fresh: dict[str, int]) -> None:
    for row in table("zones.csv"):
        if row["code"] in fresh:
            district = select(Region.id).where(Region.code == row["located_in"])
            session.get_one(Region, fresh[row["code"]]).located_in_id = session.scalar(district)
    session.flush()


def _seed_aliases(session: Session) -> None:
    rows = list(table("aliases.csv"))
    codes = {row["code"] for row in rows}
    keys = dict(session.execute(select(Region.code, Region.id).where(Region.code.in_(codes))).tuples().all())
    add_aliases(
        session,
        [
            {
                "region_id": keys[row["code"]],
                "name": row["name"],
                "kind": row["kind"],
                "valid_until": date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
            }
            for row in rows
            if row["code"] in keys
        ],
    )
