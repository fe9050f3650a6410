"""Attempts to alter what was issued: refused by the database, named when its protection is taken off."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from inspect_app.audit.triggers import removals
from inspect_app.bulletins import queries, service
from inspect_app.bulletins.models import Bulletin
from inspect_app.bulletins.verifying import verify
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError
from inspect_app.documents import service as documents
from inspect_app.documents.models import Document
from tests.bulletins.conftest import Month

ROUNDS = 8
REFUSED = (
    "UPDATE bulletin SET texts = '{}'",
    "UPDATE bulletin SET title = 'x'",
    "UPDATE bulletin SET gathering = 2",
    "UPDATE bulletin SET content_hash = ''",
    "UPDATE bulletin SET document_uuid = ''",
    "UPDATE bulletin SET state = 'drafting'",
    "DELETE FROM bulletin",
    "UPDATE bulletin_figure SET numerator = 99",
    "UPDATE bulletin_figure SET rows = '[]'",
    "DELETE FROM bulletin_figure",
    "UPDATE bulletin_event SET action = 'withdraw'",
    "DELETE FROM bulletin_event",
)
ALTERED = {
    "UPDATE bulletin SET texts = '{}'": "内容或数字与发出时不一致",
    "UPDATE bulletin_figure SET numerator = 99 WHERE name = 'found'": "内容或数字与发出时不一致",
    "UPDATE bulletin_figure SET rows = '[]' WHERE name = 'overdue'": "不闭合",
    "UPDATE bulletin SET content_hash = 'x'": "审计记录中的不一致",
    "UPDATE bulletin SET state = 'drafting'": "状态与经过不一致",
}


def run(*orders: str) -> None:
    with transaction():
        for order in orders:
            db.session.execute(text(order))


@pytest.mark.parametrize("order", REFUSED)
def test_the_database_refuses_to_change_what_was_issued(month: Month, order: str) -> None:
    month.issue()
    with pytest.raises(DBAPIError, match=r"append-only|FOREIGN KEY|foreign key"):
        run(order)
    db.session.rollback()


def test_figures_are_never_changed_not_even_those_of_a_draft(month: Month) -> None:
    month.begin()
    run("UPDATE bulletin SET title = 'x'")
    with pytest.raises(DBAPIError, match="append-only"):
        run("UPDATE bulletin_figure SET numerator = 99")
    db.session.rollback()


@pytest.mark.parametrize(("order", "sentence"), ALTERED.items())
def test_what_was_altered_all_the_same_is_named(app: Flask, month: Month, order: str, sentence: str) -> None:
    month.issue()
    assert verify(db.session()) == []
    dialect = db.engine.dialect.name
    run(*(each for table in ("bulletin", "bulletin_figure") for each in removals(dialect, table)))
    run(order)
    db.session.expire_all()
    assert any(sentence in problem for problem in verify(db.session()))
    for group in ("bulletins", "audit"):
        told = app.test_cli_runner().invoke(args=[group, "verify"])
        assert told.exit_code == 1
        assert sentence in told.output


def test_verify_says_that_all_is_well(app: Flask, month: Month) -> None:
    month.issue()
    assert "通报核对无误" in app.test_cli_runner().invoke(args=["bulletins", "verify"]).output


def test_issuing_against_taking_back_leaves_one_of_them_whole(app: Flask, month: Month) -> None:
    cast, now = month.story.cast, clock.now()

    def act(what: str, key: str, seen: int) -> str:
        with app.app_context(), clock.set_to(now):
            session = db.session()
            try:
                with transaction():
                    if what == "issue":
                        document = session.scalars(select(Document).where(Document.uuid == key)).one()
                        documents.issue(session, cast.leader, document, seen)
                    else:
                        bulletin = queries.by_reference(session, cast.leader, key)
                        service.give_up(session, cast.officer, bulletin, "再改一句", seen)
            except DomainError as refused:
                return refused.code
            return what

    for _round in range(ROUNDS):
        bulletin, document = month.send()
        reference, keys = bulletin.reference, (document.uuid, bulletin.reference)
        seen = (document.version, bulletin.version)
        month.session.rollback()
        with ThreadPoolExecutor(2) as people:
            outcomes = list(people.map(act, ("issue", "give_up"), keys, seen))
        month.session.rollback()
        standing = month.session.scalars(select(Bulletin).where(Bulletin.reference == reference)).one()
        assert (standing.state, "issue" in outcomes, "give_up" in outcomes) in {
            ("issued", True, False), ("drafting", False, True),
        }, outcomes  # fmt: skip
    assert verify(db.session()) == []
