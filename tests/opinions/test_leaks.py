"""A word that stands in restricted papers alone is read nowhere else: no page, export, trail, log, table."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core.database import Base, transaction
from inspect_app.evidence.service import prepare_file
from inspect_app.opinions import service
from inspect_app.opinions.models import Opinion
from inspect_app.opinions.views.keeping import PAPERS
from tests.opinions.factories import WORD
from tests.scene import enter
from tests.test_scope import Stage, text_of

PLACES = ("hazards", "sites", "inspections", "documents", "campaigns", "bulletins")
OWN_TABLES = {"opinion", "evidence"}


def said_by(answer: TestResponse) -> str:
    """Return everything that an answer says, of an archive that of all its parts."""
    if (answer.mimetype or "").endswith("sheet"):
        return text_of(answer)
    data: bytes = answer.data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    return data.decode(errors="replace")


def looked_for(stage: Stage, place: str) -> str:
    """Return what a list says when it is searched for the word."""
    return said_by(stage.client.get(f"/{place}?text={WORD}"))


@pytest.fixture
def scene(client: FlaskClient, session: Session, clock: datetime, tmp_path: Path) -> Stage:
    assert clock.year == 2026
    stage = Stage(client, session, tmp_path).furnished()
    prepared = prepare_file(io.BytesIO(b"%PDF-1.4 " + WORD.encode()), f"{WORD}.pdf", PAPERS)
    with transaction():
        opinion = session.scalars(select(Opinion)).one()
        service.add_file(session, SYSTEM, opinion, opinion.version, prepared)
    return stage


def test_nobody_reads_a_word_of_it_at_any_address_that_only_reads(
    scene: Stage, capfd: pytest.CaptureFixture[str]
) -> None:
    officer = Role.PREFECTURE_OFFICER
    people = [*scene.crowd.insiders.items(), (officer, scene.crowd.strangers[officer])]
    assert scene.session.scalars(select(Opinion.title)).one().startswith(WORD)
    scene.session.rollback()
    wrong = []
    for role, login in people:
        enter(scene.client, login)
        for line, method, rule in scene.lines():
            if method == "GET" and WORD in said_by(scene.ask(rule.endpoint, method)):
                wrong.append(f"{role} {line}")
        wrong += [f"{role} finds it in {place}" for place in PLACES if scene.county.opinion in looked_for(scene, place)]
    assert not wrong, "\n".join(wrong)
    assert WORD not in "".join(capfd.readouterr())


def test_no_other_table_holds_a_word_of_it(scene: Stage) -> None:
    found = []
    for table in Base.metadata.sorted_tables:
        if table.name not in OWN_TABLES:
            rows = scene.session.execute(text(f'SELECT * FROM "{table.name}"')).all()  # noqa: S608 - own names
            found += [table.name] if any(WORD in str(row) for row in rows) else []
    assert found == []
