"""Pictures of a return on their way to its hazards."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient
from openpyxl.drawing.image import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import evidence_of
from inspect_app.hazards.models import Hazard
from inspect_app.regions.queries import by_code
from inspect_app.returns.models import ReturnBatch
from tests.accounts.factories import make_user, sign_in
from tests.inspections.factories import picture
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import apply, receive

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def batch(session: Session, tmp_path: Path) -> ReturnBatch:
    """A return of three hazards, whose second row and whose foot hold a picture."""
    del session  # the return needs its application
    path = write_ledger(tmp_path / "a.xlsx", [ledger_row(number) for number in range(1, 4)])
    book = openpyxl.load_workbook(path)
    book.worksheets[0].add_image(Image(BytesIO(picture(200))), "T5")
    book.worksheets[0].add_image(Image(BytesIO(picture(120))), "A12")
    book.save(path)
    return receive(path)


@pytest.fixture
def clerk(session: Session, client: FlaskClient) -> FlaskClient:
    with transaction():
        user = make_user(session, Role.COUNTY_CLERK, by_code(session, "654202"))
    sign_in(client, user)
    return client


def photos(session: Session) -> dict[str, int]:
    session.expire_all()
    hazards = session.scalars(select(Hazard).order_by(Hazard.id)).all()
    counted = {hazard.site_name: len(evidence_of(session, "hazard", hazard.id, Purpose.BEFORE)) for hazard in hazards}
    session.rollback()
    return counted


def test_a_picture_comes_to_the_hazard_of_its_row_once(
    batch: ReturnBatch, session: Session, clerk: FlaskClient
) -> None:
    place = f"/returns/{apply(batch).reference}"
    session.rollback()
    assert "1 张图片" in clerk.get(place).get_data(as_text=True)
    for _ in range(2):
        assert clerk.post(f"{place}/pictures").status_code == 302
        assert photos(session) == {"白杨沟镇第1小学": 0, "白杨沟镇第2小学": 1, "白杨沟镇第3小学": 0}


def test_before_the_import_there_is_nothing_to_tie_pictures_to(
    batch: ReturnBatch, session: Session, clerk: FlaskClient
) -> None:
    place = f"/returns/{batch.reference}"
    session.rollback()
    assert clerk.post(f"{place}/pictures").status_code == 409
    assert "把图片附到各自的隐患" not in clerk.get(place).get_data(as_text=True)
