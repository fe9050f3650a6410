"""The course of a bulletin: figures by hand, what is refused, who issues, how it is corrected."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from docx import Document as Word
from sqlalchemy import func, select

from inspect_app.access.permissions import Role
from inspect_app.bulletins import gathering, measures, papers, queries, service
from inspect_app.bulletins.composing import Figures
from inspect_app.bulletins.definition import Followed
from inspect_app.bulletins.models import Bulletin, BulletinFigure
from inspect_app.bulletins.service import Wish
from inspect_app.campaigns import service as campaigns
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale, StepRefused
from inspect_app.documents import service as documents
from inspect_app.documents.freezing import stored
from inspect_app.documents.models import Document
from inspect_app.inspections.queries import hazards_of
from inspect_app.regions.queries import by_code
from tests.accounts.factories import actor_of, make_user
from tests.bulletins.conftest import MAY, PREFECTURE, Month
from tests.campaigns.factories import make_office, running
from tests.inspections.factories import make_visit, submitted
from tests.statements import statements

WUSU = "654202"


def figures_of(month: Month, bulletin: Bulletin) -> Figures:
    return Figures(bulletin, queries.figures_of(month.session, bulletin))


def test_the_figures_of_a_month_are_those_counted_by_hand(month: Month) -> None:
    figures = figures_of(month, month.begin())
    told = {each.name: (each.numerator, each.denominator) for each in figures.rows if each.region.code == WUSU}
    assert told == {
        "found": (4, None), "closed": (2, None), "rectifying": (0, None), "overdue": (1, None),
        "suspended": (1, None), "transferred": (1, None), "major": (0, None), "major_closed": (0, None),
        "long_overdue": (0, None), "new_found": (4, None), "new_closed": (2, None), "due": (4, None),
        "on_time": (2, None), "undated": (0, None), "looked_back": (0, None), "rebounded": (0, None),
        "visits": (0, None), "closing_rate": (2, 4), "overdue_rate": (1, 4), "on_time_rate": (2, 4),
        "major_rate": (0, 0), "rebound_rate": (0, 0),
    }  # fmt: skip
    assert figures.references("overdue", WUSU) == [month.hazards["overdue"].reference]
    assert set(figures.references("found", PREFECTURE)) == {
        month.hazards[name].reference for name in ("closed", "also_closed", "overdue", "suspended")
    }


def test_visits_of_the_month_count_and_self_checks_do_not(month: Month) -> None:
    with transaction():
        for kind in ("special", "self_check"):
            submitted(month.session, make_visit(month.session, kind=kind))
    figures = figures_of(month, month.begin(month=date(2026, 6, 1)))
    assert figures.of("visits", PREFECTURE).numerator == 1
    assert "SPECIAL" in figures.references("visits", PREFECTURE)[0]


def test_the_document_says_what_the_figures_say_and_unknown_is_a_dash(month: Month) -> None:
    data = papers.data_of(month.session, month.begin())
    assert "按期销号率50.0%" in data["overview"]
    assert "2026年1月1日至2026年5月31日，塔城地区各县（市、区）共发现隐患4条。截至2026年6月15日" in data["overview"]
    first, second = data["ranking"][:2]
    assert first == {
        "unit": "乌苏市", "place": "1", "found": "4", "closed": "2", "rectifying": "0", "overdue": "1",
        "suspended": "1", "closing_rate": "50.0%",
    }  # fmt: skip
    assert (second["place"], second["closing_rate"]) == ("—", "—")
    assert "乌苏市：发现4条，逾期未改1条，逾期率25.0%" in data["laggards"]
    assert data["good"] == "2026年5月没有按期销号率和逾期率都达到表扬标准的县（市、区）。"


def test_the_number_of_queries_does_not_grow_with_the_counties(month: Month) -> None:
    bulletin = month.begin()
    scope = gathering.scope_of(month.session, bulletin, Followed.YEAR, clock.today())
    with statements() as asked:
        gathering.rows_of(month.session, scope)
    assert len(asked) == 2


def test_an_issued_bulletin_is_numbered_and_read_back_from_word(month: Month) -> None:
    bulletin, document = month.issue()
    assert bulletin.state == "issued"
    assert bulletin.content_hash
    assert document.number is not None
    assert document.title == bulletin.title == "关于2026年5月防震减灾隐患排查整改情况的通报"
    word = Word(io.BytesIO(stored(document, "docx")))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    cells = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert "逾期未改1条" in text
    assert {"乌苏市", "50.0%", "—"} <= set(cells)
    assert stored(document, "pdf").startswith(b"%PDF")


def test_figures_that_do_not_add_up_are_refused_with_their_numbers(
    month: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind = replace(measures.MEASURES["overdue"], hazards=lambda _row, _span: False)
    monkeypatch.setattr(gathering, "MEASURES", {**measures.MEASURES, "overdue": blind})
    bulletin = month.begin()
    with pytest.raises(StepRefused) as refused, transaction():
        service.send(month.session, month.story.cast.officer, bulletin, bulletin.version)
    said = "\n".join(map(str, refused.value.missing))
    assert "塔城地区发现 4，而已销号 2、整改中 0、逾期未改 0、长期管控 1合计 3" in said
    assert month.hazards["overdue"].reference in said
    assert month.session.scalar(select(func.count()).select_from(Document)) == 0


def test_old_figures_must_be_taken_again(month: Month) -> None:
    bulletin = month.begin()
    with clock.set_to(clock.now() + timedelta(days=8)):
        assert "已经过时" in str(papers.problems(month.session, bulletin)[0])
        with transaction():
            service.gather(month.session, month.story.cast.officer, bulletin, bulletin.version)
        assert papers.problems(month.session, bulletin) == []


def test_taking_figures_again_keeps_the_wording_and_the_old_figures(month: Month) -> None:
    story, bulletin = month.story, month.begin()
    with transaction():
        told = {**bulletin.texts, "requirement": "立即整改。", f"laggards/{WUSU}": "【县】连续落后。"}
        service.write(month.session, story.cast.officer, bulletin, bulletin.version, told)
    before = [each.id for each in queries.figures_of(month.session, bulletin)]
    with transaction():
        story.take(month.hazards["overdue"], "suspend")
        service.gather(month.session, story.cast.officer, bulletin, bulletin.version)
    assert bulletin.gathering == 2
    assert bulletin.texts["requirement"] == "立即整改。"
    assert f"laggards/{WUSU}" not in bulletin.texts
    assert bulletin.texts["laggards"] == "没有逾期率达到一成的县（市、区）。"
    assert figures_of(month, bulletin).of("suspended", WUSU).numerator == 2
    assert month.session.scalars(select(BulletinFigure.id).where(BulletinFigure.gathering == 1)).all() == before


def test_figures_by_hand_and_unfit_words_are_refused_beside_their_text(month: Month) -> None:
    bulletin, officer = month.begin(), month.story.cast.officer
    wrong = {"overview": "共发现 500 条", "requirement": "按会商意见加强值守", "good": ""}
    with pytest.raises(Invalid) as refused, transaction():
        service.write(month.session, officer, bulletin, bulletin.version, {**bulletin.texts, **wrong})
    assert refused.value.problems.keys() == wrong.keys()


def test_a_second_window_is_told_that_the_first_has_saved(month: Month) -> None:
    bulletin, officer = month.begin(), month.story.cast.officer
    seen = bulletin.version
    with transaction():
        service.write(month.session, officer, bulletin, seen, {**bulletin.texts, "requirement": "立即整改。"})
    with pytest.raises(Stale), transaction():
        service.write(month.session, officer, bulletin, seen, {**bulletin.texts, "requirement": "另一句。"})
    with pytest.raises(Stale), transaction():
        service.gather(month.session, officer, bulletin, seen)


def test_nobody_issues_what_they_wrote(month: Month) -> None:
    _bulletin, document = month.send()
    with pytest.raises(Forbidden), transaction():
        documents.issue(month.session, month.story.cast.officer, document, document.version)


def test_what_was_sent_is_not_changed_as_a_document(month: Month) -> None:
    bulletin, document = month.send()
    with pytest.raises(Conflict, match="所依据的事项生成"), transaction():
        documents.update(month.session, month.story.cast.officer, document, document.version, document.data)
    with pytest.raises(Conflict, match="不能再改"), transaction():
        service.write(month.session, month.story.cast.officer, bulletin, bulletin.version, bulletin.texts)


def test_a_document_that_says_something_else_is_not_issued(month: Month) -> None:
    _bulletin, document = month.send()
    with transaction():
        document.data = {**document.data, "overview": "共发现一条隐患。"}
    with pytest.raises(StepRefused, match="与通报不一致"), transaction():
        documents.issue(month.session, month.story.cast.leader, document, document.version)


def test_a_document_drawn_up_beside_the_bulletin_is_not_issued(month: Month) -> None:
    bulletin, officer = month.begin(), month.story.cast.officer
    with transaction():
        document = documents.draw_up(
            month.session, officer, kind="bulletin", subject_kind="bulletin", subject_reference=bulletin.reference,
            region=bulletin.region, data=papers.data_of(month.session, bulletin),
        )  # fmt: skip
    with pytest.raises(StepRefused, match="不是由通报送签发的"), transaction():
        documents.issue(month.session, month.story.cast.leader, document, document.version)


def test_what_was_sent_comes_back_with_a_reason(month: Month) -> None:
    bulletin, document = month.send()
    with pytest.raises(Invalid), transaction():
        service.give_up(month.session, month.story.cast.leader, bulletin, " ", bulletin.version)
    with transaction():
        service.give_up(month.session, month.story.cast.leader, bulletin, "漏写要求", bulletin.version)
    assert (bulletin.state, document.state, bulletin.document_uuid) == ("drafting", "voided", "")
    assert [event.action for event in bulletin.events] == ["send", "return"]
    again, second = month.issue(bulletin)
    assert again.state == "issued"
    assert second.id != document.id


def test_a_voided_document_takes_its_bulletin_with_it(month: Month) -> None:
    bulletin, document = month.issue()
    with transaction():
        documents.void(month.session, month.story.cast.leader, document, "数字有误", document.version)
    assert bulletin.state == "withdrawn"


def test_a_correction_names_what_it_corrects_and_keeps_its_figures(month: Month) -> None:
    old, first = month.issue()
    officer = month.story.cast.officer
    with transaction():
        month.story.take(month.hazards["overdue"], "suspend")
        new = service.correct(month.session, officer, old, "漏写一句")
    assert [each.numerator for each in queries.figures_of(month.session, new)] == [
        each.numerator for each in queries.figures_of(month.session, old)
    ]
    with pytest.raises(Conflict, match="已有一份更正"), transaction():
        service.correct(month.session, officer, old, "再改一句")
    _new, second = month.issue(new)
    assert second.replaces_id == first.id
    assert first.number is not None
    assert f"本文书更正并替代{first.number.text}" in "\n".join(
        paragraph.text for paragraph in Word(io.BytesIO(stored(second, "docx"))).paragraphs
    )


def test_counties_read_what_was_issued_above_them_and_nobody_else_does(month: Month) -> None:
    session, cast = month.session, month.story.cast
    with transaction():
        stranger = actor_of(make_user(session, Role.PREFECTURE_LEADER, by_code(session, "6543")))
    bulletin, document = month.send()
    for actor in (cast.clerk, cast.other_clerk, stranger):
        with pytest.raises(NotFound):
            queries.by_reference(session, actor, bulletin.reference)
    assert queries.by_reference(session, cast.leader, bulletin.reference) is bulletin
    with transaction():
        documents.issue(session, cast.leader, document, document.version)
    for actor in (cast.clerk, cast.other_clerk):
        assert queries.by_reference(session, actor, bulletin.reference) is bulletin
    with pytest.raises(NotFound):
        queries.by_reference(session, stranger, bulletin.reference)


def test_counties_write_none_and_a_month_to_come_has_none(month: Month) -> None:
    session, cast = month.session, month.story.cast
    wish = Wish("monthly", by_code(session, PREFECTURE), MAY)
    for actor in (cast.head, cast.leader, cast.clerk):
        with pytest.raises(Forbidden), transaction():
            service.begin(session, actor, wish)
    for wrong in (replace(wish, month=date(2026, 7, 1)), replace(wish, month=None), replace(wish, template="weekly")):
        with pytest.raises(Invalid), transaction():
            service.begin(session, cast.officer, wrong)


def test_a_campaign_is_told_of_once_it_is_closed(month: Month) -> None:
    session, officer = month.session, month.story.cast.officer
    with transaction():
        office = make_office(session)
        campaign, visits = running(session, office)
        submitted(session, visits[0], C03_05={"value": "no"})
    wish = Wish("campaign", by_code(session, PREFECTURE), campaign=campaign)
    with pytest.raises(Invalid, match="已办结"), transaction():
        service.begin(session, officer, wish)
    with transaction():
        campaigns.take_step(session, office.planner, campaign, "close", "其余转入下半年。")
        bulletin = service.begin(session, officer, wish)
    figures, county = figures_of(month, bulletin), visits[0].county.code
    found = {each.reference for each in hazards_of(session, visits[0]).values()}
    assert found
    assert set(figures.references("found", PREFECTURE)) == found
    assert (figures.of("visits", PREFECTURE).numerator, figures.of("visits", county).numerator) == (1, 1)
    assert bulletin.title == "关于2026 年全域专项检查情况的通报"
    assert papers.problems(session, bulletin) == []
