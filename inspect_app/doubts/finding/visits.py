"""Doubts about visits: too short for their lists, and too good too often."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Row as Selected
from sqlalchemy import Select, func, select

from inspect_app.accounts.models import User
from inspect_app.core.labels import mark, say
from inspect_app.doubts.doubt import Doubt, Row, Search
from inspect_app.doubts.kinds import Kind
from inspect_app.doubts.rules import clean_runs
from inspect_app.inspections.kinds import SELF_CHECK
from inspect_app.inspections.lifecycle import DONE_STATES
from inspect_app.inspections.models import Answer, Inspection, Inspector, Sheet
from inspect_app.inspections.queries import visible_to
from inspect_app.sites.models import Site

FULL = 100
MINUTE = 60


def short_visits(search: Search) -> Iterator[Doubt]:
    """Find visits that took less time, from start to submission, than their answers need at the office's rate."""
    answers = select(func.count()).where(Answer.inspection_id == Inspection.id).scalar_subquery().label("answers")
    rows = _done(search, search.since).add_columns(answers).where(Inspection.started_at.is_not(None))
    for visit in search.session.execute(rows):
        seconds = round((visit.submitted_at - visit.started_at).total_seconds())
        needed = visit.answers * search.limits.seconds_per_item
        if seconds < needed:
            sentence = say(
                mark("%(answers)s 项只用了 %(minutes)s 分钟（按每项 %(each)s 秒，至少要 %(needed)s 分钟）。"),
                answers=visit.answers,
                minutes=seconds // MINUTE,
                each=search.limits.seconds_per_item,
                needed=-(-needed // MINUTE),
            )
            yield Doubt(Kind.SHORT_VISIT, visit.county_id, visit.submitted_on, sentence, (_row(visit),))


def clean_sheets(search: Search) -> Iterator[Doubt]:
    """Find runs of visits of one lead inspector, in the order submitted, in which not one item failed.

    A run is followed back to its beginning, however long ago; its last visit is a recent one.
    """
    least = search.limits.clean_sheets
    scores = (
        select(Sheet.inspection_id, func.min(Sheet.score).label("lowest"), func.count(Sheet.score).label("scored"))
        .group_by(Sheet.inspection_id)
        .subquery("scores")
    )
    rows = (
        _done(search, search.start)
        .join(scores, scores.c.inspection_id == Inspection.id)
        .join(Inspector, Inspector.inspection_id == Inspection.id)
        .join(User, User.id == Inspector.user_id)
        .where(Inspector.position == 0, Inspection.kind != SELF_CHECK, scores.c.scored > 0)
        .add_columns(User.id.label("lead"), User.name.label("lead_name"), scores.c.lowest)
        .order_by(User.id, Inspection.submitted_at, Inspection.id)
    )
    for _lead, visits in groupby(search.session.execute(rows), attrgetter("lead")):
        for run in clean_runs(((visit, visit.lowest == FULL) for visit in visits), least):
            latest = run[-1]
            sentence = say(
                mark("%(name)s 带队连续 %(count)s 次检查没有一项不合格（%(first)s 至 %(last)s）。"),
                name=run[0].lead_name,
                count=len(run),
                first=run[0].submitted_on,
                last=latest.submitted_on,
            )
            if latest.submitted_on < search.since:
                continue
            yield Doubt(Kind.CLEAN_RUN, latest.county_id, latest.submitted_on, sentence, tuple(map(_row, run)))


def _done(search: Search, since: date) -> Select[Any]:
    return (
        select(
            Inspection.id,
            Inspection.county_id,
            Inspection.reference,
            Inspection.started_at,
            Inspection.submitted_at,
            Inspection.submitted_on,
            Site.name.label("site"),
        )
        .join(Site, Site.id == Inspection.site_id)
        .where(visible_to(search.actor), Inspection.state.in_(DONE_STATES), Inspection.submitted_on >= since)
    )


def _row(visit: Selected[Any]) -> Row:
    return Row(f"{visit.reference} {visit.site}", "inspections.show", (("reference", visit.reference),))
