from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts.sessions import actor_of
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.hazards import queries
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.models import Region
from inspect_app.regions.queries import townships_of
from inspect_app.reporting.ledger import export, file_name, rectification
from tests.accounts.factories import make_user
from tests.reporting.stock import TODAY, closed, days, fill, put

OFFICIAL_ORDER = (
    "序号｜隐患编号｜行政区划｜责任单位（被检对象）｜对象类别｜隐患部位/地址｜经度｜纬度｜检查类型｜检查批次｜发现日期｜"
    "发现单位｜检查人员｜问题描述｜隐患类别｜隐患等级｜判定依据（法规及条款）｜整改要求｜整改措施｜整改责任人｜整改责任领导｜"
    "整改资金（万元）｜整改时限｜临时管控/应急预案｜牵头督办单位｜督办责任人｜是否挂牌｜挂牌层级｜延期次数｜延期后时限｜整改进展｜"
    "整改完成日期｜整改前照片｜整改后照片｜复查日期｜复查结论｜复查人｜验收单位｜是否销号｜销号日期｜销号审批人｜是否回头看｜"
    "回头看日期｜是否反弹｜是否超期｜超期天数｜备注"
)
HEADINGS = OFFICIAL_ORDER.split("｜")
Sheet = list[dict[str, Any]]


def at_midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a spreadsheet knows no zones


@pytest.fixture
def counties(session: Session, clock: datetime) -> dict[str, Region]:
    assert clock.date() == TODAY
    with transaction():
        return fill(session)


def exported(session: Session, actor: Actor = SYSTEM, **wanted: Any) -> tuple[Sheet, Any]:  # noqa: ANN401 - a filter
    out = BytesIO()
    count = export(session, actor, HazardFilter(**wanted), out)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    rows = [dict(zip(HEADINGS, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=4)]
    assert len(rows) == count
    return rows, sheet


def test_the_columns_stand_in_the_official_order() -> None:
    assert [column.heading for column in rectification().layout.columns] == HEADINGS


def test_every_printed_page_fits_on_a_landscape_sheet() -> None:
    layout = rectification().layout
    repeated = sum((column.width * 7 + 5 for column in layout.columns[: layout.frozen]), Decimal(0))
    room = Decimal(1046) * 100 / layout.scale
    page = Decimal(0)
    for place, column in enumerate(layout.columns):
        page += column.width * 7 + 5
        if column.ends_page or place == len(layout.columns) - 1:
            assert page <= room, column.heading
            page = repeated


GIVEN: dict[str, Any] = {
    "site_name": "第一中学",
    "location": "教学楼三层",
    "longitude": Decimal("84.7136000"),
    "latitude": Decimal("44.4183000"),
    "origin": "inspection",
    "origin_reference": "JC-654202-2026-SPECIAL-0001",
    "inspection_kind": "special",
    "found_unit": "乌苏市应急管理局",
    "found_by": "张三、李四 13812345678",
    "description": "=1+1 外墙开裂",
    "hazard_kind": "结构",
    "grade": Grade.MAJOR,
    "basis": "《建设工程抗震管理条例》第二十一条",
    "requirement": "限期加固",
    "responsible_unit_name": "乌苏市教育局",
    "responsible_person": "王五 15900001111",
    "responsible_leader": "赵六",
    "fund_amount": Decimal("18.50"),
    "original_due_on": days(-40),
    "due_on": days(-10),
    "extension_count": 1,
    "interim_control": "停用三层",
    "emergency_plan": "学校应急预案",
    "supervising_unit_name": "塔城地区教育局",
    "listed": True,
    "listed_level": "地区级",
    "progress": "已加固",
    "done_on": days(-15),
    "rechecked_on": days(-13),
    "recheck_result": "合格",
    "rechecked_by": "孙七、周八",
    "accepted_by_unit": "检测公司",
    "looked_back_on": days(-1),
    "rebounded": False,
    "remark": "无",
}
WRITTEN: dict[str, Any] = {
    "序号": 1,
    "责任单位（被检对象）": "乌苏市教育局",
    "对象类别": "学校医院养老",
    "隐患部位/地址": "第一中学 教学楼三层",
    "经度": 84.7136,
    "纬度": 44.4183,
    "检查类型": "专项检查",
    "检查批次": "JC-654202-2026-SPECIAL-0001",
    "发现日期": at_midnight(days(-90)),
    "发现单位": "乌苏市应急管理局",
    "检查人员": "张三、李四 138****5678",
    "问题描述": "=1+1 外墙开裂",
    "隐患类别": "结构",
    "隐患等级": "重大",
    "判定依据（法规及条款）": "《建设工程抗震管理条例》第二十一条",
    "整改要求": "限期加固",
    "整改措施": "拆除开裂饰面砖并重新粉刷加固",
    "整改责任人": "王五 159****1111",
    "整改责任领导": "赵六",
    "整改资金（万元）": 18.5,
    "整改时限": at_midnight(days(-40)),
    "临时管控/应急预案": "停用三层；学校应急预案",
    "牵头督办单位": "塔城地区教育局",
    "督办责任人": None,
    "是否挂牌": "是",
    "挂牌层级": "地区级",
    "延期次数": 1,
    "延期后时限": at_midnight(days(-10)),
    "整改进展": "已加固",
    "整改完成日期": at_midnight(days(-15)),
    "整改前照片": "2 张",
    "整改后照片": "1 张",
    "复查日期": at_midnight(days(-13)),
    "复查结论": "合格",
    "复查人": "孙七、周八",
    "验收单位": "检测公司",
    "是否销号": "是",
    "销号日期": at_midnight(days(-12)),
    "销号审批人": "王主任",
    "是否回头看": "是",
    "回头看日期": at_midnight(days(-1)),
    "是否反弹": "否",
    "是否超期": "否",
    "超期天数": None,
    "备注": "无",
}


def test_a_hazard_is_written_cell_by_cell(session: Session, counties: dict[str, Region]) -> None:
    town = townships_of(session, counties["wusu"].id)[0]
    with transaction():
        hazard = closed(session, counties["wusu"], region_id=town.id, **GIVEN)
        for purpose, number in ((Purpose.BEFORE, 2), (Purpose.AFTER, 1)):
            session.add_all(photo_of(hazard, purpose, f"{purpose}{each}") for each in range(number))
    rows, _ = exported(session, region_id=town.id)
    assert rows == [{**WRITTEN, "隐患编号": hazard.reference, "行政区划": f"乌苏市{town.name}"}]


def test_formula_text_stays_text(session: Session, counties: dict[str, Region]) -> None:
    with transaction():
        put(session, counties["yumin"], State.REGISTERED, description='=HYPERLINK("http://x")', remark="@SUM(A1)")
    _, sheet = exported(session, region_id=counties["yumin"].id)
    for cell in sheet[4]:
        assert cell.data_type != "f"
    described = sheet.cell(4, HEADINGS.index("问题描述") + 1)
    assert described.value == '=HYPERLINK("http://x")'
    assert described.quotePrefix


def test_what_is_late_counts_its_days(session: Session, counties: dict[str, Region]) -> None:
    rows, _ = exported(session, region_id=counties["wusu"].id, overdue=True)
    assert sorted(row["超期天数"] for row in rows) == [1, 3, 7, 8, 15, 16, 30, 31, 60]
    assert {row["是否超期"] for row in rows} == {"是"}


def test_unknown_funds_are_empty_and_no_funds_are_nought(session: Session, counties: dict[str, Region]) -> None:
    with transaction():
        put(session, counties["yumin"], State.REGISTERED, fund_amount=None)
        put(session, counties["yumin"], State.REGISTERED, fund_amount=Decimal(0))
    rows, _ = exported(session, region_id=counties["yumin"].id)
    assert [row["整改资金（万元）"] for row in rows] == [None, 0]


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"overdue": True},
        {"states": frozenset({State.CLOSED})},
        {"grades": frozenset({Grade.MAJOR})},
        {"due_from": days(-20), "due_to": days(-5)},
        {"text": "外墙"},
    ],
)
def test_the_ledger_holds_exactly_what_the_list_counts(
    session: Session, counties: dict[str, Region], wanted: dict[str, Any]
) -> None:
    assert counties
    rows, sheet = exported(session, **wanted)
    condition = queries.conditions(session, SYSTEM, HazardFilter(**wanted))
    assert {row["隐患编号"] for row in rows} == set(session.scalars(select(Hazard.reference).where(*condition)))
    assert queries.count(session, SYSTEM, HazardFilter(**wanted)).number == len(rows)
    assert sheet["A2"].value.endswith(f"共 {len(rows)} 项")
    assert [row["序号"] for row in rows] == list(range(1, len(rows) + 1))


def test_nobody_exports_another_county(session: Session, counties: dict[str, Region]) -> None:
    with transaction():
        clerk = actor_of(make_user(session, Role.COUNTY_CLERK, counties["shawan"]))
    rows, sheet = exported(session, clerk)
    assert {row["行政区划"] for row in rows} == {"沙湾市"}
    assert sheet["A1"].value == "沙湾市地震灾害风险隐患整改台账"
    with pytest.raises(NotFound):
        exported(session, clerk, region_id=counties["wusu"].id)


def test_the_caption_says_region_range_time_and_person(session: Session, counties: dict[str, Region]) -> None:
    _, sheet = exported(
        session,
        region_id=counties["wusu"].id,
        states=frozenset({State.CLOSED, State.DONE}),
        found_from=date(2026, 1, 1),
    )
    assert sheet["A2"].value == (
        "行政区划：乌苏市　范围：2026-01-01 至 2026-06-15 发现，待复查、已销号　数据时间：2026-06-15 10:00　"
        "导出人：系统　共 6 项"
    )
    assert file_name(session, SYSTEM, HazardFilter(region_id=counties["wusu"].id)) == "乌苏市整改台账_20260615.xlsx"


def test_the_command_writes_the_file_whole(
    app: Flask, session: Session, counties: dict[str, Region], tmp_path: Path
) -> None:
    target = tmp_path / "台账.xlsx"
    order = ["ledger", "export", "--region", "654202", "--out", str(target), "--state", "closed", "待复查"]
    result = app.test_cli_runner().invoke(args=order)
    assert result.exit_code == 0, result.output
    sheet = openpyxl.load_workbook(target).worksheets[0]
    kept = select(func.count()).where(
        Hazard.county_id == counties["wusu"].id, Hazard.state.in_([State.CLOSED, State.DONE])
    )
    assert sheet.max_row - 3 == session.scalar(kept) == 6
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_the_command_stays_within_what_an_account_sees(
    app: Flask, session: Session, counties: dict[str, Region], tmp_path: Path
) -> None:
    with transaction():
        login = make_user(session, Role.COUNTY_CLERK, counties["shawan"]).login
    order = ["ledger", "export", "--region", "654202", "--out", str(tmp_path / "x.xlsx"), "--as", login]
    result = app.test_cli_runner().invoke(args=order)
    assert (result.exit_code, "看不到 乌苏市 的数据" in result.output) == (2, True)
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (["--state", "gone"], "没有“gone”这个状态"),
        (["--as", "nobody"], "没有登录名为“nobody”的账号"),
        (["closed"], "多余的参数"),
    ],
)
def test_bad_arguments_end_in_a_sentence(app: Flask, tmp_path: Path, extra: list[str], said: str) -> None:
    order = ["ledger", "export", "--region", "654202", "--out", str(tmp_path / "x.xlsx"), *extra]
    result = app.test_cli_runner().invoke(args=order)
    assert (result.exit_code, said in result.output) == (2, True), result.output


def test_a_folder_that_is_not_there_is_said(app: Flask, tmp_path: Path) -> None:
    order = ["ledger", "export", "--region", "654202", "--out", str(tmp_path / "no" / "x.xlsx")]
    result = app.test_cli_runner().invoke(args=order)
    assert (result.exit_code, "不能写入" in result.output) == (2, True), result.output


def photo_of(hazard: Hazard, purpose: Purpose, name: str) -> Evidence:
    return Evidence(
        uuid=name,
        subject_kind="hazard",
        subject_id=hazard.id,
        purpose=purpose,
        county_id=hazard.county_id,
        region_id=hazard.region_id,
        sha256=name,
        size=1,
        media_type="image/jpeg",
        original_name=f"{name}.jpg",
        uploaded_at=clock.now(),
    )
