import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from inspect_app.core.errors import DomainError, Forbidden
from inspect_app.core.labels import mark, say
from inspect_app.web.language import said


def test_pages_speak_chinese_unless_asked_otherwise(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers={"Accept-Language": "de"})
    assert '<html lang="zh-Hans">' in answer.text
    assert "没有找到" in answer.text


def test_the_switch_goes_back_to_the_page_in_the_other_language(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "en", "next": "/nowhere?a=1"})
    assert (answer.status_code, answer.location) == (302, "/nowhere?a=1")
    assert '<html lang="en">' in client.get("/nowhere").text


def test_the_switch_back_to_chinese_holds(client: FlaskClient) -> None:
    for language in ("en", "zh_Hans_CN"):
        client.post("/language", data={"language": language})
    assert '<html lang="zh-Hans">' in client.get("/nowhere").text


def test_the_choice_outlives_the_session(client: FlaskClient) -> None:
    client.post("/language", data={"language": "en"})
    with client.session_transaction() as session:
        session.clear()
    assert '<html lang="en">' in client.get("/nowhere").text


def test_an_unknown_language_changes_nothing(client: FlaskClient) -> None:
    client.post("/language", data={"language": "xx"})
    assert '<html lang="zh-Hans">' in client.get("/nowhere").text


@pytest.mark.parametrize(
    "wish",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "hazards", ""],
)
def test_the_switch_never_leads_to_another_host(client: FlaskClient, wish: str) -> None:
    assert client.post("/language", data={"language": "en", "next": wish}).location == "/"


def test_a_sentence_is_told_with_its_parameters(app: Flask) -> None:
    with app.test_request_context():
        assert said(say(mark("得分 %(points)s。"), points=3)) == "得分 3。"
        assert said(Forbidden("您没有权限执行“%(label)s”。", label="销号")) == "您没有权限执行“销号”。"
        assert said(DomainError("已完成 100%")) == "已完成 100%"
        assert said("") == ""
        g.pop("chrome", None)
