"""A visit under way on 15 June 2026, and the tablet of its first inspector."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from inspect_app.inspections.models import Inspection
from tests.tablet.senders import Tablet, begun, tablet_of


@pytest.fixture
def visit(session: Session, clock: datetime) -> Inspection:
    assert clock.year == 2026
    return begun(session)


@pytest.fixture
def tablet(app: Flask, session: Session, visit: Inspection) -> Tablet:
    return tablet_of(app, session, visit.inspectors[0].user)
