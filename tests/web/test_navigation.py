import pytest
from flask import Flask, g

from inspect_app.access.actor import Actor
from inspect_app.access.guard import open_to_all
from inspect_app.access.permissions import Permission, Role
from inspect_app.web import navigation
from inspect_app.web.pages import Chrome

CLERK = Actor(1, "钱示例", Role.COUNTY_CLERK, 1, 1)
AUDITOR = Actor(2, "孙示例", Role.AUDITOR, None, None)


@pytest.fixture
def app(fresh_app: Flask) -> Flask:
    for path in ("/first", "/second", "/second/third"):
        fresh_app.add_url_rule(path, path, open_to_all(lambda: ""))
    fresh_app.extensions["navigation"] = navigation.Navigation()
    navigation.register(
        fresh_app, "次", "/second", Permission.VIEW_HAZARDS, count=lambda actor: 60 + (actor.id or 0), order=20
    )
    navigation.register(fresh_app, "首", "/first", order=10)
    navigation.register(fresh_app, "末", "/second/third", Permission.VIEW_AUDIT, Permission.VIEW_HAZARDS, order=30)
    navigation.register(fresh_app, "未建", "absent.page")
    navigation.name_place(fresh_app, lambda actor: f"{actor.name}的单位")
    return fresh_app


def labels(app: Flask, actor: Actor, path: str = "/first") -> list[tuple[str, int | None, bool]]:
    with app.test_request_context(path):
        return [(link.label, link.count, link.current) for link in navigation.links_for(actor)]


def test_people_see_what_they_may_use_in_order(app: Flask) -> None:
    assert labels(app, CLERK) == [("首", None, True), ("次", 61, False), ("末", None, False)]
    assert labels(app, AUDITOR) == [("首", None, True), ("末", None, False)]


def test_many_entries_stand_under_headings_and_few_do_not(app: Flask) -> None:
    with app.test_request_context("/first"):
        assert {link.heading for link in navigation.links_for(CLERK)} == {""}
        for order in (0, 5, 11, 12, 21, 31, 62):
            navigation.register(app, f"第 {order} 项", "/first", order=order)
        told = [(link.label, link.heading) for link in navigation.links_for(CLERK) if link.heading]
    assert told == [
        ("首", "隐患整改"), ("次", "督导检查"), ("末", "台账与报表"), ("第 62 项", "考核与通报"),
    ]  # fmt: skip


def test_the_entry_of_the_page_is_current_and_only_that(app: Flask) -> None:
    assert [label for label, _count, current in labels(app, CLERK, "/second/YH-1") if current] == ["次"]
    assert [label for label, _count, current in labels(app, CLERK, "/second/third") if current] == ["末"]
    assert [label for label, _count, current in labels(app, CLERK, "/secondary") if current] == []


def test_a_page_about_a_broken_database_asks_it_nothing(app: Flask) -> None:
    with app.test_request_context("/first"):
        g.actor = CLERK
        frame = Chrome()
        frame.calm = True
        assert [link.count for link in frame.links] == [None, None, None]
        assert frame.place == ""


def test_the_bar_names_the_unit_of_the_person(app: Flask) -> None:
    with app.test_request_context("/first"):
        g.actor = CLERK
        assert (Chrome().place, Chrome().role) == ("钱示例的单位", "县级填报员")
