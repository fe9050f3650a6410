"""What importing does to the lists: a new one, the next version, another draft; and to nobody else's."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.checklists import queries
from inspect_app.checklists import service as lists
from inspect_app.checklists.definition import Checklist
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.workbook import sending, service
from inspect_app.checklists.workbook.sending import Form, Kept, Sent, recoded
from inspect_app.checklists.workbook.service import Way
from inspect_app.core.errors import Conflict, FileRefused, Invalid, Stale
from inspect_app.inspections import queries as inspected
from inspect_app.inspections import service as inspections
from inspect_app.workbooks.compose import PlainSheet, compose
from tests.accounts.factories import actor_of, make_user
from tests.checklists.workbook.school_form import write_form
from tests.checklists.workbook.sixty import MISTAKES, as_file, sixty
from tests.inspections.factories import lead_of, make_visit
from tests.sites.factories import SHAWAN, region

KEPT = Kept("0" * 64, "list.xlsx")
OWN = recoded(sixty(), "WS-60")
GOOD: dict[str, dict[str, object]] = {
    "WS-60-35": {"value": "a"},
    "WS-60-36": {"value": "2"},
    "WS-60-37": {"numerator": "3", "denominator": "3"},
    "WS-60-38": {"value": ["a", "b"]},
}


@pytest.fixture
def officer(session: Session) -> Actor:
    return actor_of(make_user(session, Role.COUNTY_HEAD, region(session)))


def sent(checklist: Checklist = OWN) -> Sent:
    return Sent(Form.EXCEL, checklist)


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ChecklistVersion)) or 0


def read(path: Path, code: str = "") -> Sent:
    return sending.read_file(path, queries.register(), lambda _code: None, code)


def test_a_list_with_mistakes_is_not_imported(session: Session, officer: Actor, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(as_file(sixty(), queries.register(), MISTAKES))
    before = count(session)
    with pytest.raises(Invalid) as refused:
        service.import_list(session, officer, read(file, "WS-60"), KEPT)
    assert len(refused.value.problems[""]) == 10
    assert count(session) == before


@pytest.mark.usefixtures("clock")
def test_a_mended_list_becomes_a_draft_is_tried_published_and_filled(
    session: Session, officer: Actor, tmp_path: Path
) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(as_file(sixty(), queries.register(), {}))
    assert service.aim_of(session, officer, read(file, "WS-60").checklist).way is Way.NEW
    version = service.import_list(session, officer, read(file, "WS-60"), KEPT)
    assert (version.code, version.number, version.state, version.owner) == ("WS-60", 1, "draft", region(session))
    lists.take_step(session, SYSTEM, version, "try_out")
    lists.take_step(session, SYSTEM, version, "publish")
    visit = make_visit(session, checklist_codes=["WS-60"])
    inspections.start(session, lead_of(visit), visit)
    for item in queries.content(version).items:
        inspections.answer(session, lead_of(visit), visit, item.code, GOOD.get(item.code, {"value": "yes"}), version=0)
    (sheet,) = inspected.tally_of(visit, inspected.answers_of(session, visit), {}).sheets
    assert sheet.score.score == 100
    assert sheet.score.unanswered == ()
    assert [each.item.code for each in sheet.items if each.skipped] == ["WS-60-47"]


def test_what_came_from_a_file_is_in_the_trail_with_its_hash(session: Session, officer: Actor) -> None:
    version = service.import_list(session, officer, sent(), KEPT)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "checklist.import")).one()
    assert (entry.subject_id, entry.subject_reference) == (version.id, "WS-60-1")
    assert KEPT.sha256 in str(entry.changes)


def test_the_same_code_again_changes_the_open_draft_and_tells_what(session: Session, officer: Actor) -> None:
    version = service.import_list(session, officer, sent(), KEPT)
    other = replace(OWN, title="另一名称", sections=OWN.sections[:2])
    aim = service.aim_of(session, officer, other)
    assert (aim.way, aim.version) == (Way.DRAFT, version)
    assert aim.changes
    assert len(aim.changes.removed) == 20
    assert [change.field for change in aim.changes.changed] == ["title"]
    with pytest.raises(Stale):
        service.import_list(session, officer, sent(other), KEPT, version.version - 1)
    assert service.import_list(session, officer, sent(other), KEPT, version.version) is version
    assert queries.content(version).title == "另一名称"


def test_a_published_list_of_ones_own_gets_a_next_version_and_stays(session: Session, officer: Actor) -> None:
    first = service.import_list(session, officer, sent(), KEPT)
    lists.take_step(session, SYSTEM, first, "try_out")
    with pytest.raises(Invalid, match="正在试用"):
        service.aim_of(session, officer, OWN)
    lists.take_step(session, SYSTEM, first, "publish")
    kept = first.content_hash
    assert service.aim_of(session, officer, OWN).way is Way.NEXT
    second = service.import_list(session, officer, sent(replace(OWN, title="改")), KEPT)
    assert (second.number, second.state, first.state, first.content_hash) == (2, "draft", "published", kept)


def test_a_shipped_list_is_not_changed_by_an_office(session: Session, officer: Actor) -> None:
    shipped = queries.content(queries.current(session, "C03"))
    with pytest.raises(Invalid, match="建立本地版"):
        service.import_list(session, officer, sent(shipped), KEPT)
    with pytest.raises(Invalid, match="留给系统"):
        service.import_list(session, officer, sent(recoded(shipped, "C99")), KEPT)


def test_the_code_of_a_neighbour_is_taken_and_its_draft_unseen(session: Session, officer: Actor) -> None:
    neighbour = actor_of(make_user(session, Role.COUNTY_HEAD, region(session, SHAWAN)))
    service.import_list(session, neighbour, sent(), KEPT)
    assert service.aim_of(session, officer, OWN).way is Way.NEW
    with pytest.raises((Invalid, Conflict), match="编号已经用过"):
        service.import_list(session, officer, sent(), KEPT)


def test_an_imported_form_may_be_a_draft_with_gaps(session: Session, officer: Actor, tmp_path: Path) -> None:
    form = read(write_form(tmp_path / "form.xlsx"))
    assert form.flaws
    version = service.import_list(session, officer, form, KEPT)
    assert queries.content(version) == form.checklist
    assert lists.problems(session, version) == form.flaws


def test_a_derived_list_is_read_beside_its_parent(session: Session, officer: Actor, tmp_path: Path) -> None:
    draft = lists.derive(session, officer, queries.current(session, "C03"), region(session))
    parent = service.parent_content(session, officer, draft.code)
    assert parent == queries.content(queries.current(session, "C03"))
    file = tmp_path / "list.xlsx"
    file.write_bytes(as_file(queries.content(draft), queries.register(), {}))
    got = sending.read_file(file, queries.register(), lambda code: service.parent_content(session, officer, code))
    assert (got.problems, got.flaws) == ((), ())
    assert service.aim_of(session, officer, got.checklist).way is Way.DRAFT


def test_another_code_renames_the_items_and_what_hangs_on_them() -> None:
    assert [item.code for item in OWN.items][:2] == ["WS-60-01", "WS-60-02"]
    assert OWN.item("WS-60-47").relevant[0].item == "WS-60-02"
    assert recoded(replace(OWN, objects=()), "X").objects == ()


def test_a_workbook_that_is_neither_is_refused_with_what_to_do(tmp_path: Path) -> None:
    compose(tmp_path / "x.xlsx", [PlainSheet("台账", [("序号", "问题")])])
    with pytest.raises(FileRefused, match="导出 Excel"):
        read(tmp_path / "x.xlsx")
