"""While files are made, which takes a while, nobody who wants to write has to wait."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.core import database
from inspect_app.core.database import transaction
from inspect_app.documents import rendering
from inspect_app.documents.models import Document
from inspect_app.documents.pdf import set_pdf
from tests.accounts.factories import sign_in
from tests.documents.factories import make_desk

pytestmark = pytest.mark.usefixtures("clock")


def test_files_are_made_outside_the_transaction_that_issues(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        desk = make_desk(session)
        one, other = desk.draft(), desk.draft()
        addresses = [f"/documents/{one.uuid}/steps/issue", "/documents/issue"]
        posted = [{"version": one.version}, {"pick": f"{other.uuid}@{other.version}"}]
        keys = one.id, other.id
    writing: list[bool] = []
    make = set_pdf

    def noting(*given: object) -> bytes:
        writing.append(database._writing.get())
        return make(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(rendering, "set_pdf", noting)
    sign_in(client, session.get_one(User, desk.leader.id))
    session.rollback()
    for address, data in zip(addresses, posted, strict=True):
        assert client.post(address, data=data).status_code in (200, 302)
    assert writing == [False, False]
    session.rollback()
    assert [session.get_one(Document, key).state for key in keys] == ["issued", "issued"]
