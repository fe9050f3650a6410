"""What is to become of every row of a register, and carrying it out."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core.errors import Conflict, Forbidden, Stale, StepRefused
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.regions import places
from inspect_app.sites import service as sites
from inspect_app.sites.exporting import export
from inspect_app.sites.importing import planning, service
from inspect_app.sites.importing.plan import Plan
from inspect_app.sites.importing.queries import file_of
from inspect_app.sites.importing.reading import ReadRegister, read_register
from inspect_app.sites.importing.values import NOT_A_NUMBER
from inspect_app.sites.importing.vocabularies import NOT_IN_LIST
from inspect_app.sites.likeness import SAME_NAME
from inspect_app.sites.models import Site, SiteImport
from inspect_app.sites.queries import SiteFilter
from tests.accounts.factories import actor_of, make_user
from tests.sites.factories import SHAWAN, TOWNSHIP, make_site, region
from tests.sites.importing.registers import HEAD, site_row, write_register

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def clerk(session: Session) -> Actor:
    return actor_of(make_user(session, Role.COUNTY_CLERK, region(session)))


@pytest.fixture
def township(session: Session) -> str:
    return region(session, TOWNSHIP).name


class Desk:
    """A clerk with files to import."""

    def __init__(self, session: Session, actor: Actor, folder: Path) -> None:
        self.session, self.actor, self.folder = session, actor, folder

    def read(self, rows: Sequence[Sequence[Any]], head: Sequence[Any] = HEAD) -> ReadRegister:
        return read_register(write_register(self.folder / "a.xlsx", rows, head), date(2026, 6, 15))

    def plan(self, rows: Sequence[Sequence[Any]], head: Sequence[Any] = HEAD) -> Plan:
        return service.plan_for(self.session, self.actor, self.read(rows, head))

    def receive(self, rows: Sequence[Sequence[Any]], head: Sequence[Any] = HEAD) -> tuple[SiteImport, ReadRegister]:
        read = self.read(rows, head)
        with (self.folder / "a.xlsx").open("rb") as stream:
            prepared = prepare_file(stream, "名册.xlsx", WORKBOOKS)
        return service.receive(self.session, self.actor, prepared, read), read

    def bring_in(self, rows: Sequence[Sequence[Any]], head: Sequence[Any] = HEAD, **chosen: bool) -> SiteImport:
        batch, read = self.receive(rows, head)
        return service.apply(self.session, self.actor, batch, read, version=batch.version, **chosen)

    def number_of_sites(self) -> int:
        return self.session.scalar(select(func.count()).select_from(Site)) or 0


@pytest.fixture
def desk(session: Session, clerk: Actor, tmp_path: Path) -> Desk:
    return Desk(session, clerk, tmp_path)


def problems(plan: Plan) -> list[tuple[str, str]]:
    return [(note.column, note.message) for row in plan.refused for note in row.problems]


def row(number: int, township: str, **over: Any) -> list[Any]:  # noqa: ANN401 - cells
    return site_row(number, 所在乡镇=township, **over)


def test_the_groups_add_up_to_the_rows_of_the_file(desk: Desk, township: str) -> None:
    plan = desk.plan([row(1, township), row(1, township), row(2, township, 层数="多层"), [], ["合计", 3]])
    assert plan.counts == {"create": 1, "update": 0, "unchanged": 0, "duplicates": 1, "refused": 1, "ignored": 4}
    assert sum(plan.counts.values()) == 7


def test_a_file_is_imported_and_the_second_time_changes_nothing(desk: Desk, session: Session, township: str) -> None:
    rows = [row(number, township) for number in (1, 2, 3)]
    assert desk.bring_in(rows).counts["create"] == 3
    site = session.scalars(select(Site).where(Site.name == "第1小学")).one()
    assert (site.reference, site.region.name, site.built_year) == ("DX-654202-C03-0001", township, 2005)
    assert (str(site.area_m2), site.fortification_intensity, str(site.pga_g)) == ("800.00", 7, "0.15")
    again = desk.bring_in(rows)
    assert (again.counts["create"], again.counts["update"], again.counts["unchanged"]) == (0, 0, 3)
    assert desk.number_of_sites() == 3
    assert site.version == 1


def test_the_exported_register_comes_back_and_changes_nothing(desk: Desk, session: Session, tmp_path: Path) -> None:
    make_site(session, key_object=True, built_year=1999, credit_code="91654202MA00000000", fortification_intensity=8)
    make_site(session, "654202", name="无乡镇医院", appraisal_result="retrofit", fortification_category="moderate")
    out = BytesIO()
    export(session, desk.actor, SiteFilter(), out)
    (tmp_path / "out.xlsx").write_bytes(out.getvalue())
    plan = service.plan_for(session, desk.actor, read_register(tmp_path / "out.xlsx", date(2026, 6, 15)))
    assert plan.counts == {"create": 0, "update": 0, "unchanged": 2, "duplicates": 0, "refused": 0, "ignored": 3}


def test_a_registered_site_is_changed_cell_by_cell_and_empty_cells_keep_what_is_held(
    desk: Desk, session: Session
) -> None:
    site = make_site(session, name="第1小学", floors=3, structure="砖混")
    head = ["编号", "名称", "层数", "结构类型", "主管部门"]
    batch = desk.bring_in([[site.reference, "", "5层", "", "教育局"]], head)
    assert batch.plan["groups"]["update"][0]["changes"] == {"floors": [3, 5], "supervising_unit": ["", "教育局"]}
    assert (site.name, site.floors, site.structure, site.version) == ("第1小学", 5, "砖混", 2)


def test_a_site_is_found_by_its_name_and_place(desk: Desk, session: Session, township: str) -> None:
    site = make_site(session, name="第1小学")
    plan = desk.plan([row(1, township)])
    assert [match.reference for match in plan.update] == [site.reference]
    assert "region_id" not in plan.update[0].changes


def test_a_unit_under_another_name_is_no_change(desk: Desk, session: Session) -> None:
    site = make_site(session, name="第1小学", supervising_unit="乌苏市教育局")
    plan = desk.plan([[site.reference, "市教育局", 3]], ["编号", "主管部门", "层数"])
    assert plan.update[0].changes.keys() == {"floors"}


def test_what_is_only_like_a_site_waits_for_a_person(desk: Desk, session: Session, township: str) -> None:
    site = make_site(session, name="乌苏市第1小学")
    rows = [row(1, township)]
    plan = desk.plan(rows)
    assert [(one.reference, one.why.message) for one in plan.duplicates] == [(site.reference, SAME_NAME)]
    assert desk.bring_in(rows).counts["duplicates"] == 1
    assert desk.number_of_sites() == 1
    desk.bring_in(rows, doubles_too=True)
    assert desk.number_of_sites() == 2
    assert desk.plan(rows).counts["unchanged"] == 1


def test_two_rows_of_a_file_that_may_be_one_are_told(desk: Desk, township: str) -> None:
    plan = desk.plan([row(1, township), row(1, township, 单位名称="乌苏市第1小学")])
    assert [(one.why.message, one.of and one.of.number) for one in plan.duplicates] == [(SAME_NAME, 3)]


def test_a_retired_namesake_is_told_and_never_doubled(desk: Desk, session: Session, township: str) -> None:
    site = make_site(session, name="第1小学", active=False)
    plan = desk.plan([row(1, township)])
    assert [(one.reference, one.why.message, one.card) for one in plan.duplicates] == [
        (site.reference, planning.RETIRED, None)
    ]


def test_everything_wrong_with_a_row_is_told_at_its_cell(desk: Desk, township: str) -> None:
    plan = desk.plan(
        [
            row(1, township, 单位名称="", 类别=""),
            row(2, "不存在的镇"),
            row(3, township, 建成年代=2099, 层数=900),
            row(4, township, 类别="不详", 层数="很高"),
        ]
    )
    assert problems(plan) == [
        ("单位名称", "请填写名称。"),
        ("类别", "请选择检查对象的类别。"),
        ("所在乡镇", places.UNKNOWN_NAME),
        ("层数", "层数应在 1–200 之间。"),
        ("建成年代", "建成年份不合理。"),
        ("类别", NOT_IN_LIST),
        ("层数", NOT_A_NUMBER),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        (["DX-654202-C03-0099", "甲", "", "", ""], "编号", planning.UNKNOWN_REFERENCE),
        (["", "甲", "C03", "999999", ""], "区划代码", places.UNKNOWN_CODE),
        (["", "甲", "C03", SHAWAN, ""], "区划代码", places.NOT_YOURS),
        (["", "甲", "C03", "6542", ""], "区划代码", places.TOO_HIGH),
        (["", "甲", "C03", TOWNSHIP, "西大沟镇"], "区划代码", places.CONTRADICTION),
        (["DX-654202-C03-0001", "", "C06", "", ""], "类别", planning.CATEGORY_STAYS),
    ],
)
def test_a_row_that_fits_nowhere_is_refused(
    desk: Desk, session: Session, cells: list[str], column: str, message: str
) -> None:
    make_site(session)
    plan = desk.plan([cells], ["编号", "名称", "类别", "区划代码", "乡镇"])
    assert problems(plan) == [(column, message)]


def test_a_county_sends_without_naming_itself_and_a_prefecture_does_not(desk: Desk, session: Session) -> None:
    head, rows = ["名称", "类别", "层数"], [["甲小学", "C03", 3]]
    assert desk.plan(rows, head).counts["create"] == 1
    desk.actor = actor_of(make_user(session, Role.PREFECTURE_OFFICER, region(session, "6542")))
    assert problems(desk.plan(rows, head)) == [("", places.NOT_SAID)]


def test_a_site_of_another_county_is_neither_found_nor_changed(desk: Desk, session: Session) -> None:
    there = make_site(session, SHAWAN, name="第1小学")
    plan = desk.plan([[there.reference, "改名", 9]], ["编号", "名称", "层数"])
    assert problems(plan) == [("编号", planning.UNKNOWN_REFERENCE)]


def test_a_plan_that_the_register_has_outrun_is_refused(desk: Desk, session: Session, township: str) -> None:
    site = make_site(session, name="第1小学")
    batch, read = desk.receive([row(1, township)])
    sites.update(session, desk.actor, site, site.version, floors=9)
    with pytest.raises(Stale):
        service.apply(session, desk.actor, batch, read, version=batch.version)
    service.check(session, desk.actor, batch, read, version=batch.version)
    service.apply(session, desk.actor, batch, read, version=batch.version)
    assert site.floors == 4
    with pytest.raises(Conflict):
        service.apply(session, desk.actor, batch, read, version=batch.version)


def test_good_rows_are_imported_alone_only_when_that_was_chosen(desk: Desk, township: str) -> None:
    rows = [row(1, township), row(2, township, 层数="多层")]
    with pytest.raises(StepRefused):
        desk.bring_in(rows)
    assert desk.number_of_sites() == 0
    assert desk.bring_in(rows, good_rows_only=True).counts["refused"] == 1
    assert desk.number_of_sites() == 1


def test_the_file_is_kept_and_every_step_is_audited(
    desk: Desk, session: Session, township: str, tmp_path: Path
) -> None:
    batch = desk.bring_in([row(1, township)])
    assert file_of(session, batch).read_bytes() == (tmp_path / "a.xlsx").read_bytes()
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "site_import"))
    assert list(actions) == ["site_import.receive", "site_import.apply"]


def test_a_register_put_aside_changes_nothing(desk: Desk, session: Session, township: str) -> None:
    batch, read = desk.receive([row(1, township)])
    service.discard(session, desk.actor, batch, version=batch.version)
    with pytest.raises(Conflict):
        service.apply(session, desk.actor, batch, read, version=batch.version)
    assert desk.number_of_sites() == 0


@pytest.mark.parametrize("role", [Role.COUNTY_HEAD, Role.INSPECTOR])
def test_who_may_not_edit_imports_nothing(desk: Desk, session: Session, role: Role, township: str) -> None:
    desk.actor = actor_of(make_user(session, role, region(session)))
    with pytest.raises(Forbidden):
        desk.plan([row(1, township)])
