"""Declared figures of registers stand behind indicators like any other fact; what nobody reported does not apply."""

from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.assessments.period import Period
from inspect_app.assessments.scoring import Fact
from inspect_app.assessments.sources import gather, sources
from inspect_app.core.database import transaction
from inspect_app.registers.loading import fact_names
from tests.accounts.factories import make_user, sign_in
from tests.registers.factories import OTHER_COUNTY, add_shelter, county

pytestmark = pytest.mark.usefixtures("clock")
NAMES = ("registers.shelters.updated", "registers.shelters.count")


def test_every_declared_figure_may_be_used() -> None:
    assert {f"registers.{name}" for name in fact_names()} <= sources().keys()


def test_a_county_that_reported_has_figures_and_another_none(session: Session) -> None:
    with transaction():
        add_shelter(session)
        add_shelter(session, "湖滨公园", updated_on="2025-01-01")
    here, there = county(session).id, county(session, OTHER_COUNTY).id
    found = gather(session, NAMES, [here, there], Period("2026", date(2026, 1, 1), date(2026, 12, 31)))
    on = date(2026, 6, 15)
    assert found[here] == {
        NAMES[0]: Fact(Decimal(1), Decimal(2), as_of=on),
        NAMES[1]: Fact(Decimal(2), Decimal(0), as_of=on),
    }
    assert found[there] == {}


def test_the_figure_of_an_assessment_leads_to_the_entries(client: FlaskClient, session: Session) -> None:
    with transaction():
        reference = add_shelter(session).reference
        assessor = make_user(session, Role.ASSESSOR, county(session, "6542"))
    sign_in(client, assessor)
    link = f"/registers/counted?fact={NAMES[0]}&county=654202&period=2026&part=numerator"
    assert reference in client.get(link, follow_redirects=True).get_data(as_text=True)
    assert client.get("/registers/counted?fact=registers.shelters.none&period=2026").status_code == 404
