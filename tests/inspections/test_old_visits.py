"""A visit reads as it was filled, whatever becomes of its lists and of their legal bases."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.checklists import queries as lists
from inspect_app.checklists.definition import Checklist, Severity
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.questions import Number, YesNo
from inspect_app.core.database import transaction
from inspect_app.core.frozen import freeze
from inspect_app.hazards.models import Hazard
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import hazards_of
from inspect_app.inspections.results import lines_of
from inspect_app.law.definitions import Doubtful, Register
from tests.accounts.factories import make_user, sign_in
from tests.inspections.factories import submitted
from tests.inspections.lists import altered, make_item, publish
from tests.sites.factories import region

pytestmark = pytest.mark.usefixtures("clock")
C03 = load_library().checklists["C03"]
BAD: dict[str, Any] = {"C03_05": {"value": "yes"}, "C03_13": {"value": "400"}}


def second() -> Checklist:
    """Change words and points."""
    texts: dict[str, dict[str, Any]] = {
        item.code: {"text": f"改写：{item.text}", "guidance": "另一种看法"} for item in C03.items
    }
    texts["C03-05"] |= {"severity": Severity.GENERAL, "veto": False}
    return altered(C03, texts)


def third(before: Checklist) -> Checklist:
    """Turn an answer round, take away options and items."""
    item = before.item("C03-05")
    other = {"parts": (replace(item.parts[0], question=YesNo("no")),)}
    part = before.item("C03-12").parts[0]
    assert isinstance(part.question, Number)
    fewer = {"parts": (replace(part, question=replace(part.question, rules=part.question.rules[1:])),)}
    return altered(before, {"C03-05": other, "C03-12": fewer}, ("C03-13", "C03-16", "C03-08"))


def fourth(before: Checklist) -> Checklist:
    """Cite nothing, ask for other proofs, judge more strictly, and ask something new."""
    bare: dict[str, dict[str, Any]] = {item.code: {"citations": (), "evidence": ()} for item in before.items}
    bare["C03-11"] |= {"weight": Decimal(1)}
    made = altered(before, bare)
    new = replace(make_item(1, YesNo("no")), code="C03-99", weight=Decimal(5))
    first = made.items[0]
    section = made.sections[0]
    items = (replace(first, weight=first.weight - 5), *section.items[1:], new)
    return replace(made, sections=(replace(section, items=items), *made.sections[1:]), pass_mark=Decimal(95))


def retired(register: Register) -> Register:
    """Let every legal basis have lapsed before the visit, and nobody have found its text."""
    lapsed: dict[str, Any] = {"in_force_until": date(2026, 1, 1), "unverified": (Doubtful.TITLE,)}
    return Register({code: replace(basis, **lapsed) for code, basis in register.items()})


def steady(page: str) -> str:
    """Leave out what every answer says anew: nonces and form tokens."""
    return re.sub(r'nonce="[^"]*"|I[\w-]{40,}\.[\w-]+\.[\w-]+', "", page)


def record(session: Session, visit: Inspection) -> dict[str, Any]:
    """Return everything that is kept of the result: lines, scores, notes, and the hazards that were made."""
    hazards = hazards_of(session, visit)
    columns = [column.key for column in Hazard.__mapper__.column_attrs]
    return {
        "sheets": [(sheet.score, sheet.vetoed, sheet.conclusion, sheet.lines) for sheet in visit.sheets],
        "lines": [freeze(lines_of(sheet)) for sheet in visit.sheets],
        "notes": [(note.item_code, note.text) for note in visit.notes],
        "hazards": {code: [getattr(each, name) for name in columns] for code, each in hazards.items()},
        "events": [event.facts for event in visit.events],
    }


def test_an_old_visit_reads_as_filled_after_three_later_versions(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        visit = submitted(session, **BAD)
        head, lead = make_user(session, Role.COUNTY_HEAD, region(session)), visit.inspectors[0].user
    addresses = [f"/inspections/{visit.reference}", "/inspections"]

    def read() -> list[str]:
        pages = []
        for user in (head, lead):
            client.post("/sign-out")
            sign_in(client, user)
            pages += [steady(client.get(address).get_data(as_text=True)) for address in addresses]
        return pages

    before, kept = read(), record(session, visit)
    assert "C03-13" in before[0]
    assert "400" in before[0]
    versions = [second()]
    versions.append(third(versions[-1]))
    versions.append(fourth(versions[-1]))
    for version in versions:
        with transaction():
            publish(session, version)
    register = retired(lists.register())
    monkeypatch.setattr(lists, "register", lambda: register)
    session.expire_all()
    assert lists.current(session, "C03").number == 4
    assert read() == before
    assert record(session, session.get_one(Inspection, visit.id)) == kept
