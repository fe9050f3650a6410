"""The rectification ledger that the system itself exports, sent back as a return."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import transaction
from inspect_app.hazards.drafts import HazardDraft
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.service import register
from inspect_app.hazards.words import State
from inspect_app.regions.queries import by_code
from inspect_app.reporting.ledger import export
from inspect_app.returns.models import ReturnBatch
from tests.returns.ledgers import ledger_row
from tests.returns.sending import receive, send

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def hazards(session: Session, tmp_path: Path) -> list[Hazard]:
    send(tmp_path / "first.xlsx", [ledger_row(number) for number in range(1, 5)])
    return list(session.scalars(select(Hazard).order_by(Hazard.id)))


def sent_back(session: Session, folder: Path) -> ReturnBatch:
    path = folder / "ledger.xlsx"
    with path.open("wb") as out:
        export(session, SYSTEM, HazardFilter(region_id=by_code(session, "654202").id), out)
    session.rollback()
    return receive(path)


def plan_of(batch: ReturnBatch) -> dict[str, int]:
    return {name: number for name, number in batch.counts.items() if number and name != "ignored"}


def test_a_ledger_that_comes_back_as_it_went_out_changes_nothing(
    session: Session, tmp_path: Path, hazards: list[Hazard]
) -> None:
    assert plan_of(sent_back(session, tmp_path)) == {"unchanged": len(hazards)}


def test_numbers_that_were_masked_are_no_change(session: Session, tmp_path: Path, hazards: list[Hazard]) -> None:
    with transaction():
        hazards[0].responsible_person = "赵强 13899991234"
        hazards[0].responsible_unit_name = "乌苏市教育局（0992-8500000）"
        hazards[0].measures = "联系 13899991234 加固墙体"
        hazards[1].description = "值班电话 0992-8500000 无人接听，预案未更新"
    assert plan_of(sent_back(session, tmp_path)) == {"unchanged": len(hazards)}


def test_what_was_written_here_about_the_work_is_no_claim_of_the_county(
    session: Session, tmp_path: Path, hazards: list[Hazard]
) -> None:
    with transaction():
        hazards[0].progress = "正在施工，部分墙体已拆除"
        hazards[1].progress = "部分构件更换后全部完成"
        hazards[1].done_on, hazards[1].state = date(2026, 6, 10), State.DONE
    assert plan_of(sent_back(session, tmp_path)) == {"unchanged": len(hazards)}


def test_two_hazards_in_the_same_words_are_told_apart_by_their_numbers(session: Session, tmp_path: Path) -> None:
    county = by_code(session, "654202").id
    draft = HazardDraft(
        county,
        county,
        "manual",
        found_on=date(2026, 6, 1),
        description="楼梯间扶手松动，需加固",
        site_name="白杨沟镇中心小学",
        responsible_unit_name="乌苏市教育局",
    )
    with transaction():
        for _ in range(2):
            register(session, SYSTEM, draft)
    assert plan_of(sent_back(session, tmp_path)) == {"unchanged": 2}
