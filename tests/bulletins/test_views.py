"""Bulletins through the browser: begun, worded, sent, issued, corrected; every figure leads to its rows."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from inspect_app.accounts.models import User
from inspect_app.bulletins import presentation, queries
from inspect_app.bulletins.models import Bulletin
from inspect_app.core.database import transaction
from inspect_app.documents.models import Document
from tests.accounts.factories import sign_in
from tests.bulletins.conftest import Month

WUSU = "654202"


def sit(client: FlaskClient, month: Month, who: str) -> FlaskClient:
    client.delete_cookie("session")
    sign_in(client, month.session.get_one(User, getattr(month.story.cast, who).id))
    month.session.rollback()
    return client


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def newest(month: Month) -> Bulletin:
    month.session.rollback()
    return month.session.scalars(select(Bulletin).order_by(Bulletin.id.desc())).first() or Bulletin()


def number(month: Month, bulletin: Bulletin, name: str, code: str) -> int:
    figures = queries.figures_of(month.session, bulletin)
    return next(each.number for each in figures if (each.name, each.region.code) == (name, code))


def test_a_bulletin_goes_from_the_first_figure_to_the_county_that_reads_it(client: FlaskClient, month: Month) -> None:
    sit(client, month, "officer")
    assert "起草第一份" in text_of(client, "/bulletins")
    assert '<option value="2026-05">2026 年 5 月</option>' in text_of(client, "/bulletins/new").replace(" selected", "")
    assert client.post("/bulletins/new", data={"template": "monthly", "month": "2026-05"}).status_code == 302
    bulletin = newest(month)
    address = f"/bulletins/{bulletin.reference}"
    page = text_of(client, address)
    assert re.search(r"4 = \D*2\D+ \+ \D*0\D+ \+ \D*1\D+ \+ \D*1\D", plain(page))
    assert "相符" in page
    texts = {name.replace("/", "__"): text for name, text in bulletin.texts.items()}
    told = {**texts, "requirement": "一周内报告。", "version": bulletin.version}
    assert client.post(f"{address}/edit", data=told).status_code == 302
    assert "一周内报告。" in text_of(client, address)
    assert client.post(f"{address}/steps/send", data={"version": newest(month).version}).status_code == 302
    sit(client, month, "leader")
    page = text_of(client, address)
    document = month.session.scalars(select(Document).where(Document.kind == "bulletin")).one()
    assert f'href="/documents/{document.uuid}">核对并签发' in page
    assert "填写或修改" not in text_of(client, f"/documents/{document.uuid}")
    answer = client.post(f"/documents/{document.uuid}/steps/issue", data={"version": document.version})
    assert answer.status_code == 302
    sit(client, month, "other_clerk")
    assert "塔地抗震办〔2026〕1号" in text_of(client, address)
    assert address in text_of(client, "/bulletins")
    assert bulletin.title in text_of(client, "/")
    assert client.get(f"/documents/{document.uuid}/preview.pdf").data.startswith(b"%PDF")
    assert "开具更正文书" not in text_of(client, f"/documents/{document.uuid}")


def test_every_figure_on_the_page_opens_as_many_rows_as_it_says(client: FlaskClient, month: Month) -> None:
    bulletin, _document = month.issue()
    sit(client, month, "officer")
    page = text_of(client, f"/bulletins/{bulletin.reference}")
    links = set(re.findall(r'<a class="counted" href="([^"]+)">([^<]+)</a>', page))
    assert len(links) > 55
    for address, shown in links:
        opened = text_of(client, address)
        assert f"<b>{shown}</b>" in opened
        if not re.fullmatch(r"\d+", shown):
            assert "分母" in opened
            continue
        assert len(set(re.findall(r'href="/(?:hazards|inspections)/((?:YH|JC)-[^"]+)"', opened))) == int(shown), address


def test_a_figure_shows_the_rows_of_then_beside_what_stands_today(client: FlaskClient, month: Month) -> None:
    bulletin, _document = month.issue()
    late = month.hazards["overdue"]
    with transaction():
        month.story.take(late, "suspend")
    sit(client, month, "officer")
    page = text_of(client, f"/bulletins/{bulletin.reference}/figures/{number(month, bulletin, 'overdue', WUSU)}")
    assert late.reference in page
    assert "不再算" in page
    assert "少了 1 条，多了 0 条" in page
    assert "整改中" in page
    assert "长期管控" in page
    assert "2026-01-01 至 2026-05-31 发现的隐患" in page
    page = text_of(client, f"/bulletins/{bulletin.reference}/figures/{number(month, bulletin, 'suspended', WUSU)}")
    assert "今天新符合口径的" in page
    assert late.reference in page


def test_a_county_sees_the_figure_of_another_and_none_of_its_rows(client: FlaskClient, month: Month) -> None:
    bulletin, _document = month.issue()
    sit(client, month, "other_clerk")
    for name in ("found", "overdue", "closed"):
        for code in ("6542", WUSU):
            page = text_of(client, f"/bulletins/{bulletin.reference}/figures/{number(month, bulletin, name, code)}")
            assert "不在您的管辖范围内" in page
            assert "按同样口径今天是" not in page
            assert not re.search(r"YH-654202|外廊|楼梯间", page)
    sit(client, month, "clerk")
    page = text_of(client, f"/bulletins/{bulletin.reference}/figures/{number(month, bulletin, 'overdue', '6542')}")
    assert month.hazards["overdue"].reference in page
    assert client.get(f"/bulletins/{bulletin.reference}/figures/9999").status_code == 404


def test_many_rows_come_in_pages(client: FlaskClient, month: Month, monkeypatch: object) -> None:
    from pytest import MonkeyPatch  # noqa: PT013 - the type of the fixture alone

    assert isinstance(monkeypatch, MonkeyPatch)
    monkeypatch.setattr(presentation, "SIZE", 3)
    monkeypatch.setattr("inspect_app.bulletins.views.showing.SIZE", 3)
    bulletin, _document = month.issue()
    sit(client, month, "officer")
    address = f"/bulletins/{bulletin.reference}/figures/{number(month, bulletin, 'found', WUSU)}"
    first, second = text_of(client, address), text_of(client, f"{address}?page=2")
    assert "page=2" in first
    rows = [set(re.findall(r"YH-[0-9A-Z-]+", page)) for page in (first, second)]
    assert (len(rows[0]), len(rows[1])) == (3, 1)
    assert not rows[0] & rows[1]


def test_what_may_not_be_written_stands_beside_its_field(client: FlaskClient, month: Month) -> None:
    bulletin = month.begin()
    sit(client, month, "officer")
    address = f"/bulletins/{bulletin.reference}/edit"
    texts = {name.replace("/", "__"): text for name, text in bulletin.texts.items()}
    answer = client.post(address, data={**texts, "overview": "共有 300 条隐患", "version": bulletin.version})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "“300 条”是手写的数字" in page
    assert "共有 300 条隐患" in page
    assert client.post(address, data={**texts, "version": 99}).status_code == 409


def test_a_reason_is_asked_for_before_anything_is_taken_back(client: FlaskClient, month: Month) -> None:
    bulletin, _document = month.issue()
    sit(client, month, "officer")
    address = f"/bulletins/{bulletin.reference}"
    for what in ("give-up", "correct"):
        answer = client.post(f"{address}/{what}", data={"version": bulletin.version, "reason": ""})
        assert answer.status_code == 422
        assert "请填写原因。" in answer.get_data(as_text=True)
    given = {"version": bulletin.version, "reason": "漏写一句"}
    assert client.post(f"{address}/correct", data=given).status_code == 302
    other = newest(month).reference
    assert f"/bulletins/{other}" in text_of(client, address)
    assert "原因：漏写一句" in text_of(client, f"/bulletins/{other}")
    assert client.post(f"{address}/give-up", data=given).status_code == 302
    sit(client, month, "clerk")
    page = text_of(client, address)
    assert "本通报已撤回，不再有效：漏写一句" in page
    assert other not in page
    assert client.get(f"/bulletins/{other}").status_code == 404


def test_a_month_that_has_not_begun_is_refused_in_a_sentence(client: FlaskClient, month: Month) -> None:
    sit(client, month, "officer")
    for given in ({"template": "monthly", "month": "2026-09"}, {"template": "monthly", "month": "x"}):
        answer = client.post("/bulletins/new", data=given)
        assert answer.status_code == 422
        assert "请选择已经开始的月份" in answer.get_data(as_text=True)
    answer = client.post("/bulletins/new", data={"template": "campaign"})
    assert answer.status_code == 422
    assert "已办结的督导方案" in answer.get_data(as_text=True)
    assert client.post("/bulletins/new", data={}).status_code == 422
