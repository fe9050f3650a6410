"""Draw up the answer to a return from the file as it came and the plan as it stands."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import BinaryIO

from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.core import clock
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import evidence_of, open_file
from inspect_app.returns.answering.account import SHAPES_LOST, SHEET, WITHOUT_LOOK, About, account_of
from inspect_app.returns.answering.marking import Groups, marks_of
from inspect_app.returns.choosing.queries import choices_of
from inspect_app.returns.heads import Head
from inspect_app.returns.issuing.reading import is_own_sheet
from inspect_app.returns.lifecycle import STATES
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.plan import Group
from inspect_app.returns.recognise import recognise
from inspect_app.workbooks.model import Sheet
from inspect_app.workbooks.read import read_workbook
from inspect_app.workbooks.write.answer import Answer, write_answer


def write_answer_to(session: Session, batch: ReturnBatch, out: BinaryIO) -> str:
    """Write the answer to a return to `out` and return the name of the file; NotFound while there is nothing to say."""
    original = next(iter(evidence_of(session, "return", batch.id, Purpose.ORIGINAL)), None)
    if original is None or "groups" not in batch.plan:
        raise NotFound
    path = open_file(original)
    book = read_workbook(path)
    groups: Groups = {**batch.plan["groups"], Group.CREATE.value: []}
    told = {entry["sheet"] for group in groups.values() for entry in group}
    heads = _heads(session, batch, [sheet for sheet in book.sheets if sheet.name in told])
    account = account_of(_about(session, batch), batch.counts, groups[Group.REFUSED])
    answer = Answer(SHEET, account, tuple(marks_of(book.sheets, heads, groups)), WITHOUT_LOOK, SHAPES_LOST)
    ending = write_answer(out, path, book, answer)
    return f"{PurePath(batch.original_name).stem}_{SHEET}{ending}"


def _heads(session: Session, batch: ReturnBatch, sheets: Sequence[Sheet]) -> Mapping[str | None, list[Head]]:
    choices = choices_of(session, batch.county_id)
    shown = [sheet for sheet in sheets if not is_own_sheet(sheet)]
    return {sheet.name: [table.head for table in recognise(sheet, choices).tables] for sheet in shown}


def _about(session: Session, batch: ReturnBatch) -> About:
    sender = session.get(User, batch.received_by_id) if batch.received_by_id else None
    return About(
        county=batch.county.name,
        reference=batch.reference,
        report_on=batch.report_on.isoformat(),
        period=batch.period,
        file=batch.original_name,
        received=f"{clock.local(batch.received_at):%Y-%m-%d %H:%M}",
        sender=sender.name if sender else "",
        state=STATES[batch.state],
        drawn=f"{clock.local(clock.now()):%Y-%m-%d %H:%M}",
    )
