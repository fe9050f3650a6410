"""Keeping restricted papers: who may, what stands still once people were told, and a trail without a word of it."""

import io
import json
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts.service import SCOPELESS
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from inspect_app.evidence.models import Evidence
from inspect_app.evidence.queries import by_uuid
from inspect_app.evidence.service import prepare_file
from inspect_app.opinions import queries, service
from inspect_app.opinions.facts import consultation_months, consultation_rows
from inspect_app.opinions.kinds import Kind
from inspect_app.opinions.views.keeping import PAPERS
from inspect_app.regions.queries import by_code
from tests.accounts.factories import actor_of, make_user
from tests.opinions.factories import WORD, make_opinion, paper

pytestmark = pytest.mark.usefixtures("clock")
PDF = b"%PDF-1.4\n" + WORD.encode()


def somebody(session: Session, role: Role = Role.PREFECTURE_OFFICER, region: str = "6542") -> Actor:
    return actor_of(make_user(session, role, None if role in SCOPELESS else by_code(session, region)))


def trail(session: Session) -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "opinion").order_by(AuditEntry.id)))


def attached(session: Session, reference: str) -> Evidence:
    prepared = prepare_file(io.BytesIO(PDF), f"{WORD}.pdf", PAPERS)
    with transaction():
        officer = somebody(session)
        opinion = queries.by_reference(session, officer, reference)
        made = service.add_file(session, officer, opinion, opinion.version, prepared)
        session.expunge(made)
        return made


def test_the_trail_tells_every_deed_and_no_word(session: Session) -> None:
    with transaction():
        officer = somebody(session)
        opinion = make_opinion(session, officer)
        service.change(session, officer, opinion, 1, paper(text=f"{WORD}改了", held_on=date(2026, 6, 4)))
        service.notify(session, officer, opinion, 2)
        service.note_opened(session, officer, opinion)
        service.withdraw(session, officer, opinion, 3)
        reference = opinion.reference
    assert reference == "HS-6542-2026-01"
    entries = trail(session)
    assert [each.action.partition(".")[2] for each in entries] == ["create", "update", "notify", "open", "withdraw"]
    told = json.dumps([each.changes for each in entries], ensure_ascii=False)
    assert WORD not in told
    assert entries[1].changes == {"held_on": ["2026-06-05", "2026-06-04"], "text": ["******", "******"]}
    assert entries[3].changes == {}
    assert {each.subject_reference for each in entries} == {reference}


def test_what_people_were_told_stands_still(session: Session) -> None:
    with transaction():
        opinion = make_opinion(session)
        service.notify(session, somebody(session), opinion, 1)
        with pytest.raises(Conflict):
            service.change(session, somebody(session), opinion, 2, paper(title="另一个"))
        with pytest.raises(Conflict):
            service.notify(session, somebody(session), opinion, 2)
        service.withdraw(session, somebody(session), opinion, 2)
        with pytest.raises(Conflict):
            service.withdraw(session, somebody(session), opinion, 3)


def test_two_people_on_one_page_and_nobody_to_tell(session: Session) -> None:
    with transaction():
        opinion = make_opinion(session, receivers=())
        with pytest.raises(Stale):
            service.change(session, somebody(session), opinion, 7, paper())
        with pytest.raises(Invalid):
            service.notify(session, somebody(session), opinion, 1)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PREFECTURE_OFFICER])
def test_only_the_officer_writes(session: Session, role: Role) -> None:
    with transaction():
        person = somebody(session, role)
        with pytest.raises(Forbidden):
            make_opinion(session, person)


def test_another_prefecture_neither_writes_nor_finds(session: Session) -> None:
    with transaction():
        opinion = make_opinion(session)
        stranger = somebody(session, region="6543")
        with pytest.raises(Forbidden):
            make_opinion(session, stranger)
        with pytest.raises(NotFound):
            queries.by_reference(session, stranger, opinion.reference)


@pytest.mark.parametrize("role", list(Role))
def test_only_two_roles_see(session: Session, role: Role) -> None:
    with transaction():
        make_opinion(session)
        person = somebody(session, role)
        seen = len(queries.page(session, person))
    assert seen == (role in {Role.PREFECTURE_OFFICER, Role.PREFECTURE_LEADER})


@pytest.mark.parametrize("role", list(Role))
def test_no_general_address_of_files_knows_its_files(session: Session, role: Role) -> None:
    with transaction():
        reference = make_opinion(session).reference
    made = attached(session, reference)
    with transaction():
        person = somebody(session, role)
        with pytest.raises(NotFound):
            by_uuid(session, person, made.uuid)
    assert made.perceptual_hash is None
    assert WORD not in json.dumps([each.changes for each in trail(session)], ensure_ascii=False)


def test_months_with_a_consultation_are_counted_for_counties_below_and_nobody_else(session: Session) -> None:
    with transaction():
        for kind, on in (
            (Kind.MONTHLY, date(2026, 1, 8)),
            (Kind.SPECIAL, date(2026, 1, 20)),
            (Kind.ANNUAL, date(2026, 3, 2)),
            (Kind.FORECAST, date(2026, 4, 2)),
            (Kind.DANGER_AREAS, date(2026, 5, 2)),
            (Kind.MONTHLY, date(2025, 12, 31)),
        ):
            make_opinion(session, kind=kind, held_on=on, covers_from=None, covers_until=None)
        taken_back = make_opinion(session)
        service.withdraw(session, somebody(session), taken_back, 1)
        here, elsewhere = by_code(session, "654202").id, by_code(session, "654301").id
        year = date(2026, 1, 1), date(2026, 12, 31)
        assert consultation_months(session, [here, elsewhere], *year) == {here: 2}
        rows = consultation_rows(session, here, *year)
    assert [(row.reference, row.label, row.amount) for row in rows] == [
        ("2026-01", "2026-01-08、2026-01-20", 1),
        ("2026-03", "2026-03-02", 1),
    ]
