"""What is known of a region decides which conditions hold; what is not known stays open."""

import pytest
from sqlalchemy.orm import Session

from inspect_app.core.errors import Invalid
from inspect_app.regions.queries import by_code
from inspect_app.workplans.library.places import Place
from inspect_app.workplans.library.surveying import place_of
from inspect_app.workplans.library.words import Condition, Level


def place(session: Session, code: str, year: int = 2026) -> Place:
    return place_of(session, by_code(session, code), year)


def key(found: Place) -> tuple[bool | None, bool | None]:
    return found.facts.get(Condition.KEY_COUNTY), found.facts.get(Condition.OTHER_COUNTY)


def test_a_path_leads_up_to_the_province(session: Session) -> None:
    found = place(session, "654202100")
    assert (found.path, found.level) == (("654202100", "654202", "6542", "65"), Level.TOWNSHIP)


def test_a_development_zone_stands_below_its_prefecture(session: Session) -> None:
    found = place(session, "371500K01")
    assert (found.path, found.level) == (("371500K01", "3715", "37"), Level.COUNTY)


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("654202", 2026, (True, False)),
        ("654203", 2024, (True, False)),
        ("654221", 2026, (False, True)),
        ("654202100", 2026, (True, False)),
        ("654202", 2023, (None, None)),
        ("620721", 2026, (None, None)),
        ("6542", 2026, (None, None)),
    ],
)
def test_key_counties_are_told_apart_where_some_are_known(
    session: Session, code: str, year: int, expected: tuple[bool | None, bool | None]
) -> None:
    assert key(place(session, code, year)) == expected


def test_townships_and_corps_are_seen_and_villages_that_nobody_loaded_stay_open(session: Session) -> None:
    facts = place(session, "654202").facts
    assert facts[Condition.HAS_TOWNSHIPS]
    assert facts[Condition.HAS_CORPS]
    assert Condition.HAS_VILLAGES not in facts
    assert Condition.HAS_SCHOOLS not in facts


def test_a_province_is_refused(session: Session) -> None:
    with pytest.raises(Invalid, match="地市、县"):
        place(session, "65")
