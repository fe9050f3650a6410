"""Journeys with several objects, and the combinations of lists that they are made with."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core.definitions import Problems
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.inspections import queries, service
from inspect_app.inspections.combinations import combination, combinations_for, read_combinations
from inspect_app.inspections.models import Inspection
from inspect_app.sites import service as sites
from inspect_app.sites.models import Site
from tests.accounts.factories import actor_of, make_user
from tests.inspections.factories import make_team
from tests.sites.factories import SHAWAN, WUSU, make_site, region

TODAY = date(2026, 6, 15)
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def government(session: Session) -> Site:
    return make_site(session, WUSU, name="乌苏市人民政府（示例）", category="C18")


def schools(session: Session, number: int = 3, code: str = "654202100") -> list[Site]:
    return [make_site(session, code, name=f"第{each}小学（示例）") for each in range(number)]


def journey(session: Session, site: Site, objects: list[Site], **over: Any) -> list[Inspection]:  # noqa: ANN401
    values = {"planned_on": TODAY, "inspector_ids": [user.id for user in make_team(session)]}
    made = combination("county_supervision")
    return service.plan_journey(session, SYSTEM, site=site, combination=made, objects=objects, **{**values, **over})


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Inspection)) or 0


def test_the_shipped_combination_is_county_supervision() -> None:
    made = combination("county_supervision")
    assert (made.lists, made.least, made.most) == (("C18", "C12", "C13", "C16"), 3, 5)
    assert combinations_for("C18") == [made]
    assert combinations_for("C03") == []
    with pytest.raises(NotFound, match="检查组合"):
        combination("nothing")


def test_a_journey_is_one_visit_at_the_county_and_one_to_each_object(session: Session, government: Site) -> None:
    objects = schools(session)
    made = journey(session, government, objects)
    assert [each.site for each in made] == [government, *objects]
    assert {each.trip for each in made} == {made[0].reference}
    assert [each.checklist_version.code for each in made[0].sheets] == ["C18", "C12", "C13", "C16"]
    assert [[sheet.checklist_version.code for sheet in each.sheets] for each in made[1:]] == [["C03"]] * 3
    assert {each.kind for each in made} == {"comprehensive"}
    assert len({(each.planned_on, tuple(member.user_id for member in each.inspectors)) for each in made}) == 1


def test_another_kind_may_be_chosen(session: Session, government: Site) -> None:
    assert {each.kind for each in journey(session, government, schools(session), kind="joint")} == {"joint"}


def test_a_journey_is_found_from_each_of_its_visits(session: Session, government: Site) -> None:
    made = journey(session, government, schools(session))
    assert list(queries.journey_of(session, SYSTEM, made[2])) == made
    stranger = actor_of(make_user(session, Role.COUNTY_HEAD, region(session, SHAWAN)))
    assert queries.journey_of(session, stranger, made[2]) == []


@pytest.mark.parametrize(("number", "sentence"), [(2, "现在选了 2 个"), (6, "现在选了 6 个")])
def test_too_few_or_too_many_objects_are_refused(
    session: Session, government: Site, number: int, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        journey(session, government, schools(session, number))
    assert list(refused.value.problems) == ["objects"]
    assert count(session) == 0


def test_objects_of_another_county_and_doubled_ones_are_refused(session: Session, government: Site) -> None:
    own = schools(session, 2)
    with pytest.raises(Invalid, match="不在乌苏市"):
        journey(session, government, [*own, *schools(session, 1, SHAWAN)])
    with pytest.raises(Invalid, match="只去一回"):
        journey(session, government, [*own, own[0]])


def test_a_journey_begins_at_a_site_of_its_category(session: Session) -> None:
    with pytest.raises(Invalid, match="从 C18 类对象开始"):
        journey(session, make_site(session, name="别的小学"), schools(session))


def test_every_object_that_cannot_be_visited_is_named(session: Session, government: Site) -> None:
    objects = schools(session)
    for each in objects[1:]:
        sites.update(session, SYSTEM, each, each.version, active=False)
    with pytest.raises(Invalid) as refused:
        journey(session, government, objects)
    assert [text[:4] for text in refused.value.problems["objects"]] == ["第1小学", "第2小学"]


def test_mistakes_of_combinations_are_named(tmp_path: Path) -> None:
    file, problems = tmp_path / "combinations.toml", Problems()
    text = """
    [[combinations]]
    code = "a"
    title = "甲"
    site = "C99"
    lists = ["C18", "C18", "C98"]
    objects = { least = 5, most = 3 }
    kind = "jont"
    [[combinations]]
    code = "a"
    title = "乙"
    site = "C18"
    lists = ["C18"]
    objects = { least = 0, most = 3, some = 1 }
    kind = "joint"
    """
    file.write_text(text, "utf-8")
    read_combinations(file, problems, {"C18"})
    told = "\n".join(problems.found)
    for mistake in ("C99", "jont", "不能重复", "也不能大于 most", "没有检查表 C98", "检查组合 a 重复", "字段 some"):
        assert mistake in told
    assert len(problems.found) == 7
