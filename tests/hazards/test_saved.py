import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from inspect_app.accounts.models import User
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Invalid, NotFound
from inspect_app.hazards.saved import MOST, forget, save, saved_by
from tests.accounts.factories import sign_in
from tests.hazards.stories import Story


def test_a_filter_is_kept_under_a_name_and_replaced_under_the_same(story: Story) -> None:
    with transaction():
        save(story.session, story.cast.clerk, "  逾期  重大 ", "overdue=1")
        save(story.session, story.cast.clerk, "逾期 重大", "overdue=1&grade=major")
    kept = saved_by(story.session, story.cast.clerk)
    assert [(each.name, each.query) for each in kept] == [("逾期 重大", "overdue=1&grade=major")]
    actions = story.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "saved_filter"))
    assert list(actions) == ["saved_filter.save"] * 2


def test_nobody_sees_or_deletes_the_filter_of_another(story: Story) -> None:
    with transaction():
        key = save(story.session, story.cast.clerk, "我的", "overdue=1").id
    assert saved_by(story.session, story.cast.head) == []
    with pytest.raises(NotFound), transaction():
        forget(story.session, story.cast.head, key)
    with transaction():
        assert forget(story.session, story.cast.clerk, key) == "我的"
    assert saved_by(story.session, story.cast.clerk) == []


@pytest.mark.parametrize(
    ("name", "query"), [("", "overdue=1"), ("名" * 31, "overdue=1"), ("空", ""), ("长", "x" * 2001)]
)
def test_what_cannot_be_kept_is_refused(story: Story, name: str, query: str) -> None:
    with pytest.raises(Invalid), transaction():
        save(story.session, story.cast.clerk, name, query)


def test_there_is_an_end_to_the_number_of_filters(story: Story) -> None:
    with transaction():
        for number in range(MOST):
            save(story.session, story.cast.clerk, f"第{number}个", "overdue=1")
        save(story.session, story.cast.clerk, "第0个", "overdue=1&by=found")
    with pytest.raises(Conflict, match="20"), transaction():
        save(story.session, story.cast.clerk, "又一个", "overdue=1")


def test_the_list_offers_the_kept_filters(client: FlaskClient, story: Story) -> None:
    sign_in(client, story.session.get_one(User, story.cast.clerk.id))
    assert "保存现在的筛选" not in client.get("/hazards").get_data(as_text=True)
    assert "保存现在的筛选" in client.get("/hazards?overdue=1&after=5.5").get_data(as_text=True)
    form = {"name": "逾期的", "overdue": "1", "state": ["draft", "registered"], "after": "5.5", "csrf": "x"}
    answer = client.post("/hazards/saved", data=form)
    assert answer.location == "/hazards?state=draft&state=registered&overdue=1"
    kept = saved_by(story.session, story.cast.clerk)[0]
    key = kept.id
    assert kept.query == "state=draft&state=registered&overdue=1"
    page = client.get("/hazards").get_data(as_text=True)
    assert '/hazards?state=draft&amp;state=registered&amp;overdue=1">逾期的</a>' in page
    assert client.post(f"/hazards/saved/{key}/forget").status_code == 302
    assert "逾期的</a>" not in client.get("/hazards").get_data(as_text=True)
    assert client.post(f"/hazards/saved/{key}/forget").status_code == 404
