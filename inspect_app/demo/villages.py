"""Villages of the sample: two invented ones in every township, so that there is something to share observers among."""

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.demo.cast import COUNTIES
from inspect_app.regions.importing import apply_rows
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.regions.tree import Row

VILLAGES = ("东风村", "团结村", "新建村", "红旗村", "幸福社区", "友谊村", "胡杨村", "绿洲社区")
FIRST_CODE, A_TOWNSHIP = 201, 2


def import_villages(session: Session) -> None:
    """Put the villages into the tree."""
    rows: list[Row] = []
    for temper in COUNTIES:
        places = civil_townships(session, temper.code)
        for number in range(len(places) * A_TOWNSHIP):
            place, name = village(places, number)
            code = f"{place.code}{FIRST_CODE + number // len(places)}"
            rows.append(Row(code, name, Level.VILLAGE, place.code, line=len(rows) + 2))
    apply_rows(session, SYSTEM, rows)


def village(places: list[Region], number: int) -> tuple[Region, str]:
    """Return the township and the name of a county's village by its number; two of one township never share a name."""
    turn = number // len(places)
    return places[number % len(places)], VILLAGES[(number % len(places) + turn) % len(VILLAGES)]


def civil_townships(session: Session, code: str) -> list[Region]:
    """List the townships and streets of a county that its government answers for."""
    return [region for region in townships_of(session, by_code(session, code).id) if region.kind == "civil"]
