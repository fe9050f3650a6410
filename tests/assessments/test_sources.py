"""Every fact is told in words, asked for all counties at once, and opens exactly its rows."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import url_for
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.assessments.period import Period, period_of
from inspect_app.assessments.queries import schemes
from inspect_app.assessments.rules import Fact
from inspect_app.assessments.sources import gather, sources
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code, counties_of, townships_of
from tests.accounts.factories import make_user, sign_in
from tests.assessments.everything import COUNTY, ELSEWHERE, TODAY, fill_everything
from tests.sites.factories import TOWNSHIP
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("clock")
PERIOD = Period("2026", date(2026, 1, 1), TODAY)
DEFAULT = sorted(schemes()["DEFAULT"].facts)
EVERY = sorted(sources())


def opened(client: FlaskClient, name: str, code: str, part: str) -> Decimal:
    """Open the page behind a part of a figure, and return the figure that its rows make."""
    endpoint, arguments = sources()[name].link(code, PERIOD.code, part)
    values: dict[str, Any] = dict(arguments)
    with client.application.test_request_context():
        address = url_for(endpoint, **values)
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    text = page.get_data(as_text=True)
    if endpoint == "hazards.index":
        found = re.search(r"共 ([\d,]+) 条", text)
    else:
        found = re.search(r'<data value="([\d.]+)">', text)
    assert found, address
    return Decimal(found[1].replace(",", ""))


@pytest.fixture
def leader(client: FlaskClient, session: Session, tmp_path: Path) -> FlaskClient:
    fill_everything(session, tmp_path)
    with transaction():
        person = make_user(session, Role.PREFECTURE_LEADER, by_code(session, "6542"))
    sign_in(client, person)
    return client


def test_every_figure_of_every_scheme_opens_exactly_its_rows(leader: FlaskClient, session: Session) -> None:
    """For every fact there is, and so for every indicator, deduction and gate of DEFAULT."""
    assert set(DEFAULT) <= set(EVERY)
    here = by_code(session, COUNTY)
    found = gather(session, EVERY, [here.id], PERIOD)[here.id]
    for name in EVERY:
        assert opened(leader, name, COUNTY, "numerator") == found[name].numerator, name
        if not sources()[name].counts:
            assert opened(leader, name, COUNTY, "denominator") == found[name].denominator, name


def test_a_county_that_said_nothing_opens_empty_pages(leader: FlaskClient, session: Session) -> None:
    there = by_code(session, ELSEWHERE)
    found = gather(session, DEFAULT, [there.id], PERIOD)[there.id]
    for name in ("registers.shelters.updated", "schools_drilled", "coverage", "returns_on_time", "closed_on_time"):
        assert opened(leader, name, ELSEWHERE, "numerator") == found.get(name, Fact(0)).numerator == 0, name


def test_the_county_has_something_behind_every_figure_of_the_default_scheme(
    leader: FlaskClient, session: Session
) -> None:
    """Otherwise the test above would compare nothing with nothing."""
    assert leader.get("/assessments").status_code == 200
    found = gather(session, DEFAULT, [by_code(session, COUNTY).id], PERIOD)[by_code(session, COUNTY).id]
    assert [name for name in DEFAULT if not found[name].numerator] == []
    assert [name for name in DEFAULT if not sources()[name].counts and not found[name].denominator] == []


def test_townships_have_figures_that_open_their_rows_too(leader: FlaskClient, session: Session) -> None:
    place, visited = townships_of(session, by_code(session, COUNTY).id)[0], by_code(session, TOWNSHIP)
    names = [name for name in EVERY if sources()[name].by_township]
    found = gather(session, EVERY, [place.id], PERIOD)[place.id]
    assert set(found) <= set(names)
    for name in names:
        fact = found.get(name, Fact(0))
        assert opened(leader, name, place.code, "numerator") == fact.numerator, name
        if not sources()[name].counts:
            assert opened(leader, name, place.code, "denominator") == fact.denominator, name
    assert found["closed_on_time"].denominator > 0
    assert gather(session, ["coverage"], [visited.id], PERIOD)[visited.id]["coverage"].numerator > 0
    assert opened(leader, "coverage", TOWNSHIP, "denominator") > 1


def test_every_source_says_what_it_is_and_where_it_is_kept() -> None:
    for name, source in sources().items():
        assert source.name == name
        assert source.title
        assert source.unit
        assert str(source.origin)
        assert source.rows is not None or source.endpoint == "hazards.index"


def test_what_nobody_reported_is_left_out_and_not_zero(session: Session) -> None:
    county = by_code(session, COUNTY)
    found = gather(session, EVERY, [county.id], PERIOD)[county.id]
    assert "registers.shelters.updated" not in found
    assert "schools_drilled" not in found
    assert "inhabited_danger" not in found
    assert found["closed_on_time"] == Fact(0, 0, as_of=TODAY)
    assert found["returns_on_time"] == Fact(0, 5, as_of=TODAY)


def test_the_number_of_queries_does_not_grow_with_counties(session: Session, tmp_path: Path) -> None:
    fill_everything(session, tmp_path)
    counties = [county.id for county in counties_of(session, by_code(session, "6542").id)]
    far = [county.id for code in ("62", "37") for county in counties_of(session, by_code(session, code).id)]
    asked = []
    for keys in ([by_code(session, COUNTY).id], counties, [*counties, *far]):
        session.expunge_all()
        with statements() as made:
            gather(session, DEFAULT, keys, PERIOD)
        asked.append(len(made))
    assert len(counties) == 7
    assert len(far) > 200
    assert asked[0] == asked[1] == asked[2], asked


def test_a_year_that_is_over_is_gathered_as_of_its_end(session: Session) -> None:
    county = by_code(session, COUNTY)
    found = gather(session, ["closed_on_time"], [county.id], period_of("2025", TODAY))[county.id]
    assert found["closed_on_time"].as_of == date(2025, 12, 31)


OUT_OF_SIGHT = (
    "fact=none&county=654202", "fact=coverage&county=654202101x", "fact=coverage&county=6542",
    "fact=coverage&county=620702", "fact=manual.M1-01&county=654202", "fact=closed_on_time&county=654202", "",
)  # fmt: skip


def test_what_is_not_there_or_out_of_sight_is_not_found(leader: FlaskClient, session: Session) -> None:
    for asked in OUT_OF_SIGHT:
        assert leader.get(f"/assessments/rows?period=2026&{asked}").status_code == 404, asked
    with transaction():
        inspector = make_user(session, Role.INSPECTOR, by_code(session, COUNTY))
    sign_in(leader, inspector)
    own = leader.get(f"/assessments/rows?fact=returns_on_time&county={COUNTY}&part=denominator")
    assert own.status_code == 200
    assert "/returns/due/" not in own.get_data(as_text=True)
    assert leader.get(f"/assessments/rows?fact=returns_on_time&county={ELSEWHERE}").status_code == 404


def test_what_is_still_to_be_reached_is_listed_and_long_lists_have_pages(
    leader: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/assessments/rows?fact=registers.shelters.updated&county={COUNTY}&period=2026&part="
    whole, left = (leader.get(address + part).get_data(as_text=True) for part in ("denominator", "missing"))
    assert "还差的" in whole
    assert "没有差的" in left
    schools = f"/assessments/rows?fact=schools_drilled&county={COUNTY}&period=2026&part=missing"
    text = leader.get(schools).get_data(as_text=True)
    assert "胡杨中学" in text
    assert "东方红小学" not in text
    monkeypatch.setattr("inspect_app.assessments.views.behind.SHOWN", 5)
    address = f"/assessments/rows?fact=registers.shelters.count&county={COUNTY}&period=2026"
    first, last = (leader.get(f"{address}&first={number}").get_data(as_text=True) for number in (0, 10))
    assert 'value="12"' in first
    assert 'value="12"' in last
    assert "first=5" in first
    assert leader.get(f"{address}&endpoint=x&_external=1&first=-3").status_code == 200
