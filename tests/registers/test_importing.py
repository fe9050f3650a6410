"""Imports against the database: plans, applying, staleness, undoing, reports of nothing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid, Stale, StepRefused
from inspect_app.regions.queries import ensure_unit
from inspect_app.registers import facts, queries
from inspect_app.registers import service as entries
from inspect_app.registers.importing import service
from inspect_app.registers.importing.planning import CONTRADICTORY, NEWER, UNKNOWN_REFERENCE
from inspect_app.registers.importing.undoing import later_than, undo
from inspect_app.registers.loading import register_of
from inspect_app.registers.models import RegisterEntry, RegisterImport, RegisterVersion
from tests.accounts.factories import actor_of, make_user
from tests.registers.factories import COUNTY, OTHER_COUNTY, add_shelter, county, plain_file, send, township

pytestmark = pytest.mark.usefixtures("clock")
HEAD = ["编号", "场所名称", "乡镇", "可容纳人数", "联系电话"]
JUNE_1, JUNE_10, TODAY = date(2026, 6, 1), date(2026, 6, 10), date(2026, 6, 15)


class Desk:
    """A clerk of 乌苏市 who sends files about shelters."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session, self.folder = session, folder
        with transaction():
            self.clerk: Actor = actor_of(make_user(session, Role.COUNTY_CLERK, county(session)))
        self.place = township(session).name
        session.rollback()

    def row(self, name: str, capacity: object = "", phone: object = "", reference: str = "") -> list[object]:
        return [reference, name, self.place, capacity, phone]

    def receive(self, *rows: list[object], as_of: date = TODAY, head: list[str] | None = None) -> RegisterImport:
        path = plain_file(self.folder / "表.xlsx", head or HEAD, *rows)
        with transaction():
            return send(self.session, self.clerk, "shelters", path, as_of)

    def apply(self, batch: RegisterImport, **choices: bool) -> RegisterImport:
        with transaction():
            return service.apply(self.session, self.clerk, batch, version=batch.version, **choices)

    def imported(self, *rows: list[object], as_of: date = TODAY) -> RegisterImport:
        return self.apply(self.receive(*rows, as_of=as_of))

    def undo(self, batch: RegisterImport) -> RegisterImport:
        with transaction():
            return undo(self.session, self.clerk, batch, version=batch.version, reason="报错了")

    def entry(self, name: str) -> RegisterEntry:
        self.session.rollback()
        found = [one for one in self.session.scalars(select(RegisterEntry)) if one.values.get("name") == name]
        assert len(found) == 1
        return found[0]

    def names(self, **wanted: Any) -> list[str]:  # noqa: ANN401 - fields of a filter
        self.session.rollback()
        rows = queries.in_order(self.session, self.clerk, "shelters", queries.EntryFilter(**wanted))
        return [row.values["name"] for row in rows]

    def figure(self, name: str, on: date = TODAY) -> object:
        self.session.rollback()
        key = county(self.session).id
        found = facts.figures(self.session, [key], on, [register_of("shelters")])[key][f"shelters.{name}"]
        return None if found.value is None else int(found.value)


@pytest.fixture
def desk(session: Session, tmp_path: Path) -> Desk:
    return Desk(session, tmp_path)


def groups(batch: RegisterImport) -> dict[str, int]:
    return {name: number for name, number in batch.counts.items() if number}


def messages(batch: RegisterImport) -> list[str]:
    return [note["message"] for row in batch.plan["groups"]["refused"] for note in row["problems"]]


def test_every_row_stands_in_one_group_and_they_add_up(desk: Desk) -> None:
    desk.imported(desk.row("甲", 100), desk.row("乙", 200), as_of=JUNE_1)
    batch = desk.receive(
        desk.row("甲", 150), desk.row("乙", 200), desk.row("丙", 300), desk.row("丙", 300), desk.row("丁", "约3"),
        desk.row("合计", 950), [],
    )  # fmt: skip
    assert groups(batch) == {
        "create": 1, "update": 1, "unchanged": 1, "duplicates": 1, "refused": 1, "ignored": 2,
    }  # fmt: skip
    assert sum(batch.counts.values()) == 7
    assert batch.burden == {"rows": 5, "filled": 15, "changed": 3}


def test_an_empty_cell_changes_nothing(desk: Desk) -> None:
    desk.imported(desk.row("甲", 100, "13900001234"), as_of=JUNE_1)
    desk.imported(desk.row("甲", 120))
    assert desk.entry("甲").values == {"name": "甲", "capacity": "120", "contact_phone": "13900001234"}


def test_a_masked_number_says_nothing(desk: Desk) -> None:
    desk.imported(desk.row("甲", 100, "13900001234"), as_of=JUNE_1)
    assert groups(desk.receive(desk.row("甲", 100, "139****1234"))) == {"unchanged": 1, "ignored": 1}


def test_a_reference_lets_an_entry_be_renamed(desk: Desk) -> None:
    desk.imported(desk.row("甲", 100), as_of=JUNE_1)
    reference = desk.entry("甲").reference
    desk.imported(desk.row("甲（新）", 100, reference=reference))
    assert desk.names() == ["甲（新）"]
    assert desk.entry("甲（新）").reference == reference


def test_a_reference_of_nobody_is_refused(desk: Desk) -> None:
    assert messages(desk.receive(desk.row("甲", reference="TZ-654202-SHELTERS-0099"))) == [UNKNOWN_REFERENCE]


def test_rows_that_contradict_each_other_are_all_refused(desk: Desk) -> None:
    batch = desk.receive(desk.row("甲", 100), desk.row("乙", 5), desk.row("甲", 200))
    assert groups(batch) == {"create": 1, "refused": 2, "ignored": 1}
    assert set(messages(batch)) == {CONTRADICTORY}


def test_two_rows_cannot_end_under_one_name(desk: Desk) -> None:
    desk.imported(desk.row("甲", 100), as_of=JUNE_1)
    batch = desk.receive(desk.row("乙", 5, reference=desk.entry("甲").reference), desk.row("乙", 9))
    assert groups(batch) == {"refused": 2, "ignored": 1}


def test_older_data_never_overwrites_newer(desk: Desk) -> None:
    desk.imported(desk.row("甲", 100), as_of=JUNE_10)
    assert messages(desk.receive(desk.row("甲", 50), as_of=JUNE_1)) == [NEWER]
    assert groups(desk.receive(desk.row("甲", 100), as_of=JUNE_1))["unchanged"] == 1


def test_a_place_outside_the_county_is_refused(desk: Desk, session: Session) -> None:
    foreign = township(session, code=OTHER_COUNTY).name
    session.rollback()
    batch = desk.receive(["", "甲", foreign, 5, ""], ["", "乙", "", 5, ""])
    assert groups(batch) == {"refused": 2, "ignored": 1}


def test_a_sheet_named_after_a_township_says_where_its_rows_lie(desk: Desk) -> None:
    path = plain_file(desk.folder / "表.xlsx", ["场所名称", "可容纳人数", "出入口数"], ["甲", 5, 2], sheet=desk.place)
    with transaction():
        batch = send(desk.session, desk.clerk, "shelters", path)
        service.apply(desk.session, desk.clerk, batch, version=batch.version)
    assert desk.entry("甲").region.name == desk.place


def test_what_the_file_does_not_mention_stays_and_is_counted(desk: Desk) -> None:
    desk.imported(desk.row("甲"), desk.row("乙"), as_of=JUNE_1)
    batch = desk.receive(desk.row("甲"))
    assert batch.plan["absent"]["first"] == [desk.entry("乙").reference]


def test_refused_rows_hold_everything_back_unless_the_good_ones_are_chosen(desk: Desk) -> None:
    batch = desk.receive(desk.row("甲", 5), desk.row("乙", "多"))
    with pytest.raises(StepRefused):
        desk.apply(batch)
    assert desk.names() == []
    desk.apply(batch, good_rows_only=True)
    assert desk.names() == ["甲"]


def test_a_plan_that_was_outrun_is_not_applied(desk: Desk, session: Session) -> None:
    desk.imported(desk.row("甲", 100), as_of=JUNE_1)
    batch = desk.receive(desk.row("甲", 120))
    with transaction():
        entry = session.scalars(select(RegisterEntry)).one()
        said = entries.Said(entry.region, {"name": "甲", "capacity": "110"}, JUNE_10)
        entries.change(session, desk.clerk, register_of("shelters"), entry, said, entry.version)
    with pytest.raises(Stale):
        desk.apply(batch)
    with transaction():
        service.check(session, desk.clerk, batch, version=batch.version)
    desk.apply(batch)
    assert desk.entry("甲").values["capacity"] == "120"


def test_a_page_drawn_before_is_stale(desk: Desk, session: Session) -> None:
    batch = desk.receive(desk.row("甲"))
    for version in (None, batch.version - 1):
        with pytest.raises(Stale), transaction():
            service.apply(session, desk.clerk, batch, version=version)


def test_the_same_file_for_the_same_day_is_applied_once(desk: Desk) -> None:
    path = plain_file(desk.folder / "原件.xlsx", HEAD, desk.row("甲", 1))
    with transaction():
        batch = send(desk.session, desk.clerk, "shelters", path)
    desk.apply(batch)
    with pytest.raises(Conflict), transaction():
        send(desk.session, desk.clerk, "shelters", path)
    with transaction():
        assert send(desk.session, desk.clerk, "shelters", path, JUNE_10).counts["unchanged"] == 1


def test_an_import_that_was_put_aside_is_over(desk: Desk, session: Session) -> None:
    batch = desk.receive(desk.row("甲"))
    with transaction():
        service.discard(session, desk.clerk, batch, version=batch.version)
    with pytest.raises(StepRefused):
        desk.apply(batch)


def test_nobody_sends_for_another_county_nor_for_days_to_come(desk: Desk, session: Session) -> None:
    path = plain_file(desk.folder / "表.xlsx", HEAD, desk.row("甲"))
    with pytest.raises(Forbidden), transaction():
        send(session, desk.clerk, "shelters", path, county_code=OTHER_COUNTY)
    with pytest.raises(Invalid), transaction():
        send(session, desk.clerk, "shelters", path, date(2026, 6, 16))


def test_undoing_leaves_nothing_of_what_was_new_and_brings_back_what_was_changed(desk: Desk) -> None:
    desk.imported(desk.row("甲", 100), as_of=JUNE_1)
    batch = desk.imported(desk.row("甲", 500), desk.row("乙", 7), as_of=JUNE_10)
    assert (desk.names(), desk.figure("capacity")) == (["甲", "乙"], 507)
    desk.undo(batch)
    assert (desk.names(), desk.names(ended=True)) == (["甲"], [])
    assert (desk.entry("甲").values["capacity"], desk.entry("甲").as_of) == ("100", JUNE_1)
    assert [desk.figure("capacity", on) for on in (JUNE_1, JUNE_10, TODAY)] == [100, 100, 100]
    assert desk.names(on=JUNE_10) == ["甲"]


def test_after_undoing_the_same_file_may_be_imported_again(desk: Desk) -> None:
    rows = [desk.row("甲", 1), desk.row("乙", 2)]
    desk.undo(desk.imported(*rows))
    again = desk.receive(*rows)
    assert groups(again) == {"create": 2, "ignored": 1}
    desk.apply(again)
    assert desk.names() == ["甲", "乙"]
    desk.undo(again)
    assert desk.names() == []


def test_undoing_waits_for_nothing_later(desk: Desk, session: Session) -> None:
    first = desk.imported(desk.row("甲", 1), desk.row("乙", 2), as_of=JUNE_1)
    second = desk.imported(desk.row("甲", 3), as_of=JUNE_10)
    assert [one.entry.values["name"] for one in later_than(session, first)] == ["甲"]
    with pytest.raises(StepRefused):
        desk.undo(first)
    desk.undo(second)
    with pytest.raises(StepRefused):
        desk.undo(first)


def test_the_history_says_who_what_when_and_as_of_when(desk: Desk, session: Session) -> None:
    with clock.set_to(clock.start_of(JUNE_1)):
        desk.imported(desk.row("甲", 1), as_of=JUNE_1)
    desk.imported(desk.row("甲", 2), as_of=JUNE_10)
    told = [
        (version.values["capacity"], version.as_of, version.recorded_by_name, version.import_id is not None)
        for version, _region in queries.history(session, desk.entry("甲"))
    ]
    assert told == [("2", JUNE_10, desk.clerk.name, True), ("1", JUNE_1, desk.clerk.name, True)]
    assert [desk.figure("capacity", on) for on in (date(2026, 5, 31), JUNE_1, JUNE_10)] == [None, 1, 2]


def test_a_report_of_nothing_is_zero_and_not_unknown(desk: Desk, session: Session) -> None:
    assert desk.figure("count") is None
    with transaction():
        service.report_nothing(session, desk.clerk, register_of("shelters"), county(session), JUNE_1)
    assert (desk.figure("count"), desk.figure("count", date(2026, 5, 31))) == (0, None)


def test_a_file_may_report_nothing(desk: Desk) -> None:
    batch = desk.receive(["零报告"])
    assert (groups(batch), batch.plan["groups"]["create"]) == ({"ignored": 2}, [])
    desk.apply(batch)
    assert desk.figure("count") == 0


def test_nothing_cannot_be_reported_while_entries_stand(desk: Desk, session: Session) -> None:
    desk.imported(desk.row("甲"))
    with pytest.raises(Invalid), transaction():
        service.report_nothing(session, desk.clerk, register_of("shelters"), county(session), TODAY)
    with pytest.raises(Invalid):
        desk.receive(["零报告"])


def test_units_are_kept_under_their_official_names(desk: Desk) -> None:
    with transaction():
        ensure_unit(desk.session, county(desk.session).id, "乌苏市应急管理局")
    head = ["场所名称", "乡镇", "管理部门"]
    desk.apply(desk.receive(["甲", desk.place, "应急局"], head=head))
    desk.apply(desk.receive(["乙", desk.place, "乌苏市应急管理局"], head=head))
    assert [desk.entry(name).values["manager"] for name in "甲乙"] == ["乌苏市应急管理局"] * 2


def test_every_step_is_in_the_trail(desk: Desk, session: Session) -> None:
    desk.undo(desk.imported(desk.row("甲", 1, "13900001234")))
    actions = session.scalars(
        select(AuditEntry.action).where(AuditEntry.subject_kind == "register_import").order_by(AuditEntry.id)
    )
    assert list(actions) == ["register_import.receive", "register_import.apply", "register_import.undo"]


def test_what_was_said_is_never_taken_out_of_the_database(desk: Desk, session: Session) -> None:
    desk.undo(desk.imported(desk.row("甲", 1)))
    assert session.scalar(select(func.count()).select_from(RegisterVersion)) == 2


def test_counties_do_not_see_each_other(desk: Desk, session: Session) -> None:
    with transaction():
        theirs = add_shelter(session, "额敏广场", OTHER_COUNTY).reference
        stranger = actor_of(make_user(session, Role.COUNTY_CLERK, county(session, OTHER_COUNTY)))
    desk.imported(desk.row("甲", 1))
    assert desk.names() == ["甲"]
    rows = queries.in_order(session, stranger, "shelters", queries.EntryFilter())
    assert [row.entry.reference for row in rows] == [theirs]
    every = queries.in_order(session, SYSTEM, "shelters", queries.EntryFilter(region_id=county(session, COUNTY).id))
    assert [row.values["name"] for row in every] == ["甲"]
