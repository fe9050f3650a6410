"""Whether a file is the return of another county: by its title, else by where most of its rows say they lie. Pure."""

from collections.abc import Sequence

from inspect_app.core.errors import FileRefused
from inspect_app.returns import codes
from inspect_app.returns.places import Places
from inspect_app.returns.result import Rejection, Row

FEWEST = 2


def refuse_other_title(preamble: Sequence[str], places: Places) -> None:
    """The title and the reporting unit decide together; a file that names no county at all is judged by its rows."""
    if any(places.is_own(text) for text in preamble):
        return
    for text in preamble:
        if places.is_foreign(text):
            raise FileRefused("E_REGION_SCOPE", codes.OTHER_COUNTY, title=text, county=places.county.name)


def refuse_other_rows(
    preamble: Sequence[str], rows: Sequence[Row], rejected: Sequence[Rejection], places: Places
) -> None:
    """Refuse a file without the county's name on it when most of its rows name townships or units of a neighbour."""
    if any(places.is_own(text) for text in preamble):
        return
    strange = [
        refusal.number for refusal in rejected if any(each.code == "E_REGION_SCOPE" for each in refusal.problems)
    ]
    strange += [row.number for row in rows if _unit_elsewhere(row.responsible_unit, places)]
    if len(strange) >= FEWEST and 2 * len(strange) > len(rows) + len(rejected):
        raise FileRefused(
            "E_REGION_SCOPE", codes.OTHER_ROWS, county=places.county.name, count=len(strange), row=min(strange)
        )


def _unit_elsewhere(unit: str, places: Places) -> bool:
    return not places.is_own(unit) and any(unit.startswith(name) for name in places.neighbour_names)
