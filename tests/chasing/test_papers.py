"""Each rung draws up the draft of its document, filled with what is known of the hazard."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.chasing.listings import Wish, delist, list_hazard
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.rungs import take_rung
from inspect_app.core.database import transaction
from inspect_app.documents.kinds import KINDS
from inspect_app.documents.lifecycle import DRAFT
from inspect_app.documents.models import Document
from inspect_app.hazards.words import State
from tests.chasing.days import day
from tests.chasing.factories import late
from tests.hazards.stories import Story

TODAY = date(2026, 6, 15)


def document(session: Session, uuid: str) -> Document:
    return session.scalars(select(Document).where(Document.uuid == uuid)).one()


def test_every_kind_the_ladder_names_exists() -> None:
    named = {rung.document for rung in chasing().rungs} | {
        chasing().listing.document, chasing().listing.delisting_document,
    }  # fmt: skip
    assert named - {""} <= KINDS.keys()


@pytest.mark.parametrize(
    ("code", "who", "days", "field", "said"),
    [
        ("urging_letter", "head", 3, "hazards", "2026-06-12"),
        ("interview", "officer", 7, "content", "已超期7天仍未整改完成"),
        ("circular", "leader", 15, "scope", "已超期15天仍未整改完成。已两次催办"),
    ],
)
def test_a_rung_draws_up_its_document(story: Story, code: str, who: str, days: int, field: str, said: str) -> None:
    rung: Any = chasing().rung(code)
    with transaction():
        hazard = late(story, TODAY - timedelta(days=days))
        taken = take_rung(story.session, getattr(story.cast, who), hazard, rung, note="已两次催办")
        made = document(story.session, taken.document_uuid)
        assert (made.kind, made.state, made.subject_reference) == (rung.document, DRAFT, hazard.reference)
        assert said in str(made.data[field])


def test_a_reminder_needs_no_document(story: Story) -> None:
    rung: Any = chasing().rung("reminder")
    with transaction():
        hazard = late(story, TODAY - timedelta(days=3))
        assert take_rung(story.session, story.cast.head, hazard, rung).document_uuid == ""


def test_listing_and_delisting_have_their_notices(story: Story) -> None:
    with transaction():
        hazard = late(story, day("6-30"), State.CLOSURE_PENDING)
        wish = Wish("prefecture", "鉴定为危楼仍在使用", day("12-1"))
        listing = list_hazard(story.session, story.cast.leader, hazard, wish)
        notice = document(story.session, listing.document_uuid)
        assert (notice.kind, notice.data["due_on"], notice.data["level"]) == (
            "listing_notice", "2026-12-01", "地市级",
        )  # fmt: skip
        delist(story.session, story.cast.leader, listing, "复查合格，同意摘牌")
        ended = document(story.session, listing.delisting_document_uuid)
        assert (ended.kind, ended.data["acceptance"]) == ("delisting_notice", "复查合格，同意摘牌")
