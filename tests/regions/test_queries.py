from datetime import date

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.access.scope import capturable, visible
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import NotFound
from inspect_app.regions import queries
from inspect_app.regions.levels import Kind, Level
from inspect_app.regions.models import Region, RegionPath, Unit
from inspect_app.regions.queries import by_code
from inspect_app.regions.seeding import seed
from inspect_app.regions.units import add_unit_alias, ensure_unit, resolve_unit, resolve_units


def codes(regions: list[Region]) -> list[str]:
    return [region.code for region in regions]


def resolved(session: Session, within: str, text: str) -> list[str]:
    return codes(queries.resolve_region(session, by_code(session, within).id, text))


def actor(session: Session, view: str | None, capture: str | None = None, role: Role = Role.COUNTY_CLERK) -> Actor:
    keys = [by_code(session, code).id if code else None for code in (view, capture)]
    return Actor(id=1, name="测试", role=role, view_region_id=keys[0], capture_region_id=keys[1])


def test_seeding_again_adds_nothing(session: Session) -> None:
    with transaction():
        assert seed(session) == 0


def test_every_region_has_a_path_to_each_ancestor_and_no_other(session: Session) -> None:
    parents = dict(session.execute(select(Region.id, Region.parent_id)).tuples().all())
    paths = set(session.execute(select(RegionPath.descendant_id, RegionPath.ancestor_id, RegionPath.depth)).tuples())
    expected = set()
    for key in parents:
        ancestor: int | None = key
        depth = 0
        while ancestor is not None:
            expected.add((key, ancestor, depth))
            ancestor, depth = parents[ancestor], depth + 1
    assert paths == expected


@pytest.mark.parametrize(
    ("code", "all_of_them", "civil"), [("654202", 33, 22), ("654226", 12, 8), ("640302", 13, 12), ("371502", 24, 23)]
)
def test_townships_agree_with_the_statistical_table(session: Session, code: str, all_of_them: int, civil: int) -> None:
    townships = queries.townships_of(session, by_code(session, code).id)
    assert len(townships) == all_of_them
    assert sum(township.kind is Kind.CIVIL for township in townships) == civil


def test_zones_are_assessed_beside_counties_and_lie_in_a_district(session: Session) -> None:
    counties = queries.counties_of(session, by_code(session, "3715").id)
    assert len(counties) == 11
    zone = by_code(session, "371500K01")
    assert zone in counties
    assert zone.located_in_id == by_code(session, "371502").id
    assert queries.county_of(session, zone.id) == zone


def test_the_county_of_a_region_is_at_or_above_it(session: Session) -> None:
    assert queries.county_of(session, by_code(session, "654202100").id).code == "654202"
    with pytest.raises(NotFound):
        queries.county_of(session, by_code(session, "6542").id)


@pytest.mark.parametrize(("code", "now"), [("654223", "654203"), ("371523", "371503"), ("210122", "210115")])
def test_a_former_code_leads_to_the_region_of_today(session: Session, code: str, now: str) -> None:
    assert by_code(session, code).code == now


def test_an_unknown_code_is_said(session: Session) -> None:
    with pytest.raises(NotFound, match="999999"):
        by_code(session, "999999")


@pytest.mark.parametrize(
    ("within", "text", "found"),
    [
        ("6542", "乌苏市", ["654202"]),
        ("6542", "乌苏", ["654202"]),
        ("6542", " 乌 苏 市 ", ["654202"]),
        ("6542", "沙湾县", ["654203"]),
        ("6542", "654223", ["654203"]),
        ("6542", "和丰县", ["654226"]),
        ("6207", "肃南县", ["620721"]),
        ("6403", "利通", ["640302"]),
        ("3715", "茌平县", ["371503"]),
        ("3715", "高新区", ["371500K02"]),
        ("654202", "白杨沟镇人民政府", ["654202100"]),
        ("654202", "乌苏市白杨沟镇", ["654202100"]),
        ("654202", "塔城地区乌苏市白杨沟镇", ["654202100"]),
        ("6542", "新疆维吾尔自治区塔城地区乌苏市白杨沟镇", ["654202100"]),
        ("654202", "虹桥街道办事处", ["654202002"]),
        ("654202", "123团", ["654202500"]),
        ("654202", "654202100000", ["654202100"]),
        ("654221", "额敏(兵地、辽阳)工业园区", ["654221407"]),
        ("6542", "塔城", ["6542", "654201"]),
        ("6542", "塔城市", ["654201"]),
        ("654202", "沙湾市", []),
        ("654202", "沙湾市白杨沟镇", []),
        ("654202", "沙湾市四道河子镇", []),
        ("654202", "白杨", []),
        ("654202", "", []),
        ("654202", "%", []),
        ("654202", "乌苏市%", []),
    ],
)
def test_a_text_means_the_regions_it_names_and_nothing_is_guessed(
    session: Session, within: str, text: str, found: list[str]
) -> None:
    assert resolved(session, within, text) == found


def test_all_names_below_a_region_take_two_queries(session: Session) -> None:
    prefecture = by_code(session, "6542").id
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    named = {each.code: each for each in queries.named_regions(session, prefecture)}
    assert len(asked) == 2
    assert len(named) == 128
    assert {"沙湾县", "沙湾"} <= set(named["654203"].aliases)
    assert named["654203"].former_codes == ("654223",)
    assert named["654202100"].level is Level.TOWNSHIP


def test_a_township_is_labelled_with_its_county(session: Session) -> None:
    assert queries.region_label(by_code(session, "654202100")) == "乌苏市白杨沟镇"
    assert queries.region_label(by_code(session, "654202")) == "乌苏市"


def seen(session: Session, person: Actor) -> set[str]:
    """Units stand in for any table with a county and a region column: here a unit's region is both."""
    return set(session.scalars(select(Unit.name).where(visible(person, Unit.region_id, Unit.region_id))))


@pytest.fixture
def units(session: Session) -> None:
    with transaction():
        for code in ("6542", "654202", "654202100", "654202101", "654203", "3715"):
            ensure_unit(session, by_code(session, code).id, f"样例单位{code}")


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("6542", {"6542", "654202", "654202100", "654202101", "654203"}),
        ("654202", {"654202", "654202100", "654202101"}),
        ("654202100", {"654202100"}),
        (None, set()),
    ],
)
def test_a_person_sees_what_lies_at_or_below_their_region(
    session: Session, view: str | None, expected: set[str]
) -> None:
    assert seen(session, actor(session, view)) == {f"样例单位{code}" for code in expected}


@pytest.mark.usefixtures("units")
def test_the_system_sees_everything(session: Session) -> None:
    assert len(seen(session, SYSTEM)) == 6


@pytest.mark.parametrize(
    ("view", "column"), [("6542", "unit.id"), ("654202", "unit.id"), ("654202100", "unit.region_id")]
)
def test_the_county_column_decides_down_to_counties_and_the_region_column_below(
    session: Session, view: str, column: str
) -> None:
    condition = visible(actor(session, view), Unit.id, Unit.region_id)
    assert str(condition).startswith(f"{column} IN")


@pytest.mark.usefixtures("units")
def test_who_captures_nowhere_may_change_nothing_though_they_see_it(session: Session) -> None:
    leader = actor(session, "6542", None, Role.PREFECTURE_LEADER)
    clerk = actor(session, "6542", "654203")
    names = select(Unit.name)
    assert not session.scalars(names.where(capturable(leader, Unit.region_id, Unit.region_id))).all()
    assert session.scalars(names.where(capturable(clerk, Unit.region_id, Unit.region_id))).all() == ["样例单位654203"]


@pytest.mark.parametrize(
    "text",
    [
        "乌苏市应急管理局",
        "县应急管理局",
        "应急局",
        "乌苏市应急局",
        "塔城地区乌苏市应急管理局",
        "市 应急管理局",
        "安监局",
    ],
)
def test_one_unit_is_found_by_the_names_people_use(session: Session, text: str) -> None:
    county = by_code(session, "654202").id
    with transaction():
        unit = ensure_unit(session, county, "乌苏市应急管理局")
        ensure_unit(session, county, "乌苏市教育局")
        assert resolve_unit(session, county, text) == [unit]
        assert ensure_unit(session, county, text) == unit


def test_a_unit_of_another_county_is_not_taken_for_ours(session: Session) -> None:
    here, there = by_code(session, "654202").id, by_code(session, "654203").id
    with transaction():
        ensure_unit(session, here, "乌苏市应急管理局")
        assert resolve_unit(session, here, "沙湾市应急管理局") == []
        assert resolve_unit(session, there, "应急管理局") == []
        assert resolve_unit(session, by_code(session, "6542").id, "地区应急管理局") == []


def test_a_unit_is_found_by_an_alias_it_was_given(session: Session) -> None:
    county = by_code(session, "654202").id
    with transaction():
        unit = ensure_unit(session, county, "样例化工有限公司", "enterprise")
        for _again in range(2):
            add_unit_alias(session, unit, "样例化工")
        assert resolve_unit(session, county, "样例化工") == [unit]
        assert resolve_unit(session, county, "样例") == []


def test_many_names_are_read_as_each_alone_would_be(session: Session) -> None:
    here, there = by_code(session, "654202").id, by_code(session, "654221").id
    township = by_code(session, "654202100").id
    with transaction():
        ensure_unit(session, here, "乌苏市应急管理局")
        add_unit_alias(session, ensure_unit(session, here, "样例化工有限公司", "enterprise"), "样例化工")
        ensure_unit(session, there, "额敏县水利局")
        ensure_unit(session, township, "样例学校")
        session.add_all(Unit(region_id=each, name="样例医院") for each in (here, township))
        session.add(Unit(region_id=here, name="乌苏市林业局", valid_until=date(2020, 1, 1)))
    sure = ["应急局", "市应急管理局", "乌苏市应急管理局", "样例化工", "样例学校"]
    texts = [*sure, "样例医院", "水利局", "林业局", "样例", " ", ""]
    alone = {text: resolve_unit(session, here, text) for text in texts}
    together = resolve_units(session, here, texts)
    assert together == {text: found[0].id for text, found in alone.items() if len(found) == 1}
    assert together.keys() == set(sure)
    assert resolve_units(session, there, ["应急局"]) == {}
