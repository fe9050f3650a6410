"""Attempts to alter what was issued by SQL: refused by the database, and detected when its protection is taken off."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from inspect_app.audit.triggers import removals
from inspect_app.core.database import db, transaction
from inspect_app.documents import queries, service
from inspect_app.documents.models import Document, DocumentNumber
from inspect_app.documents.verifying import verify
from inspect_app.evidence import store
from tests.documents.factories import Desk, make_desk

pytestmark = pytest.mark.usefixtures("clock")
CLERKS = 8


@pytest.fixture
def desk(session: Session) -> Desk:
    with transaction():
        return make_desk(session)


@pytest.fixture
def issued(desk: Desk) -> Iterator[Document]:
    with transaction():
        document = desk.issued("inspection_record")
    yield document
    db.session.rollback()


def run(*orders: str) -> None:
    with transaction():
        for order in orders:
            db.session.execute(text(order))


def open_up(*tables: str) -> None:
    """Take the protection off, as somebody with the keys of the database could."""
    dialect = db.engine.dialect.name
    run(*(statement for table in tables for statement in removals(dialect, table)))


REFUSED = (
    "UPDATE document SET data = '{}'",
    "UPDATE document SET addressee = 'x'",
    "UPDATE document SET frozen = NULL",
    "UPDATE document SET content_hash = ''",
    "UPDATE document SET issued_on = '2026-01-01'",
    "UPDATE document SET number_id = NULL",
    "UPDATE document SET state = 'draft'",
    "DELETE FROM document",
    "UPDATE document_number SET text = 'x'",
    "UPDATE document_number SET number = 7",
    "UPDATE document_number SET standing = 'reserved'",
    "DELETE FROM document_number",
    "UPDATE document_signature SET name = 'x'",
    "DELETE FROM document_signature",
    "UPDATE document_event SET action = 'void'",
)


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize("order", REFUSED)
def test_the_database_refuses_to_change_what_was_issued(order: str) -> None:
    with pytest.raises(DBAPIError, match=r"append-only|FOREIGN KEY|foreign key"):
        run(order)


def test_a_draft_may_still_be_changed_and_a_voided_number_stays_voided(desk: Desk) -> None:
    with transaction():
        draft = desk.draft()
        service.reserve_number(desk.session, desk.officer, draft, draft.version)
    run("UPDATE document SET addressee = 'x'")
    with transaction():
        service.void(desk.session, desk.officer, draft, "作废")
    with pytest.raises(DBAPIError, match="append-only"):
        run("UPDATE document_number SET standing = 'used'")


ALTERED = {
    "UPDATE document SET data = '{}'": "现在的内容与发出时不一致",
    "UPDATE document SET addressee = 'x'": "现在的内容与发出时不一致",
    "UPDATE document SET issued_on = '2026-01-01'": "现在的内容与发出时不一致",
    "UPDATE document SET content_hash = 'x'": "内容与摘要不一致",
    "UPDATE document SET frozen = '{}'": "内容与摘要不一致",
    "UPDATE document SET frozen = NULL": "发出时的内容缺失",
    "UPDATE document SET state = 'draft'": "状态与经过不一致",
    "UPDATE document_number SET text = 'x'": "现在的内容与发出时不一致",
    "UPDATE document_number SET number = 7": "缺号",
    "UPDATE document_signature SET name = 'x'": "现在的内容与发出时不一致",
    "DELETE FROM document_signature": "现在的内容与发出时不一致",
    "DELETE FROM document_event": "状态与经过不一致",
    "UPDATE evidence SET sha256 = 'x'": "文件的登记与发出时不一致",
}


@pytest.mark.parametrize(("order", "sentence"), ALTERED.items())
def test_what_was_altered_all_the_same_is_named(app: Flask, issued: Document, order: str, sentence: str) -> None:
    assert verify(db.session()) == []
    assert issued.number is not None
    open_up("document", "document_number", "document_signature", "document_event", "evidence")
    run(order)
    db.session.expire_all()
    assert any(sentence in problem for problem in verify(db.session()))
    for group in ("documents", "audit"):
        told = app.test_cli_runner().invoke(args=[group, "verify"])
        assert told.exit_code == 1
        assert sentence in told.output


def test_a_hash_made_anew_does_not_agree_with_the_trail(issued: Document) -> None:
    from inspect_app.core.definitions import content_hash

    open_up("document")
    with transaction():
        document = db.session.get_one(Document, issued.id)
        assert document.frozen is not None
        document.data = {**document.data, "site": "别处"}
        document.frozen = {**document.frozen, "data": document.data}
        document.content_hash = content_hash(document.frozen)
    assert any("与签发时审计记录中的不一致" in problem for problem in verify(db.session()))


def test_a_changed_file_is_named_and_not_given_out(issued: Document) -> None:
    assert issued.frozen is not None
    store.current().path_of(issued.frozen["pdf"]).write_bytes(b"%PDF-1.7 other")
    assert any("pdf 文件缺失或已改动" in problem for problem in verify(db.session()))
    with pytest.raises(Exception, match="文件校验失败"):
        service.preview_pdf(issued)


def test_verify_says_that_all_is_well(app: Flask, issued: Document) -> None:
    assert issued.number is not None
    told = app.test_cli_runner().invoke(args=["documents", "verify"])
    assert (told.exit_code, "核对无误" in told.output) == (0, True)


def test_numbers_taken_at_once_have_no_gap_and_no_double(app: Flask, desk: Desk) -> None:
    with transaction():
        keys = [desk.draft().uuid for _ in range(CLERKS)]

    def clerk(key: str) -> None:
        with app.app_context(), transaction():
            document = queries.by_uuid(db.session(), desk.officer, key)
            service.reserve_number(db.session(), desk.officer, document, 1)

    with ThreadPoolExecutor(CLERKS) as clerks:
        list(clerks.map(clerk, keys))
    db.session.rollback()
    numbers = db.session.scalars(select(DocumentNumber.number).order_by(DocumentNumber.number))
    assert list(numbers) == list(range(1, CLERKS + 1))
    assert verify(db.session()) == []


def test_a_number_given_back_by_a_rollback_is_given_to_the_next(desk: Desk) -> None:
    with transaction():
        draft = desk.draft()

    def take_and_fail() -> None:
        with transaction():
            found = db.session.get_one(Document, draft.id)
            service.reserve_number(db.session(), desk.officer, found, 1)
            raise KeyError

    with pytest.raises(KeyError):
        take_and_fail()
    with transaction():
        found = db.session.get_one(Document, draft.id)
        assert service.reserve_number(db.session(), desk.officer, found, 1) == "塔震督〔2026〕1号"
