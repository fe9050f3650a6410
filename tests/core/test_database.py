import threading
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from inspect_app.accounts.models import SignIn
from inspect_app.assessments.models import ScoreSnapshot
from inspect_app.core.database import db, prepare_engine, transaction
from inspect_app.core.references import ReferenceCounter, next_reference, next_references
from inspect_app.core.types import UtcDateTime


class Interrupted(Exception):
    """Something goes wrong in the middle."""


def count_up_then_fail(session: Session) -> None:
    with transaction():
        next_reference(session, "X")
        raise Interrupted


def test_an_exception_leaves_nothing_behind(session: Session) -> None:
    with pytest.raises(Interrupted):
        count_up_then_fail(session)
    assert session.get(ReferenceCounter, "X") is None


def test_transactions_do_not_nest(session: Session) -> None:
    assert session is not None
    with transaction(), pytest.raises(RuntimeError, match="do not nest"), transaction():
        pass


def test_many_writers_that_read_first_all_get_through(app: Flask) -> None:
    failures: list[Exception] = []

    def write() -> None:
        with app.app_context():
            try:
                db.session.execute(select(ReferenceCounter)).all()
                with transaction():
                    next_reference(db.session(), "W")
            except Exception as error:  # noqa: BLE001 - told by the assertion below
                failures.append(error)
            finally:
                db.session.remove()

    with app.app_context(), transaction():
        next_reference(db.session(), "W")
    threads = [threading.Thread(target=write) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert failures == []
        assert db.session.get_one(ReferenceCounter, "W").last == 21


def test_sqlite_is_durable_and_keeps_foreign_keys(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'plain.sqlite3'}")
    prepare_engine(engine)
    with engine.connect() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys")
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in names}
    engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_references_count_without_gaps_under_each_prefix(session: Session) -> None:
    with transaction():
        assert next_references(session, "YH-654202-2026-C03", 2) == [
            "YH-654202-2026-C03-0001",
            "YH-654202-2026-C03-0002",
        ]
        assert next_reference(session, "YH-654202-2026-C03") == "YH-654202-2026-C03-0003"
        assert next_reference(session, "BB-654202-20260615", width=2) == "BB-654202-20260615-01"


def test_a_foreign_key_to_nothing_is_refused(session: Session) -> None:
    orphan = SignIn(user_id=999_999, token_hash="x", started_at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(IntegrityError), transaction():
        session.add(orphan)


def test_naive_instants_are_never_stored(session: Session) -> None:
    naive = SignIn(user_id=1, token_hash="x", started_at=datetime(2026, 1, 1))  # noqa: DTZ001 - what must be refused
    with pytest.raises(StatementError, match="naive instant"), transaction():
        session.add(naive)
    assert UtcDateTime().cache_ok


def test_decimals_come_back_exact_and_are_never_rounded_in_silence(session: Session) -> None:
    column = ScoreSnapshot.__table__.c.score.type
    dialect = session.get_bind().dialect
    stored = column.process_bind_param(Decimal("5.513514"), dialect)  # type: ignore[attr-defined]
    assert stored == 5_513_514
    assert column.process_result_value(stored, dialect) == Decimal("5.513514")  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="more than 6 decimal places"):
        column.process_bind_param(Decimal("0.1234567"), dialect)  # type: ignore[attr-defined]
