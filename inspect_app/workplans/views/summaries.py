"""The half-year and year-end summary: on the page, as a draft document, as a workbook."""

import io

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.documents import service
from inspect_app.documents.beginning import begin
from inspect_app.workplans.boards.matrix import Wish
from inspect_app.workplans.boards.reading import Known, read
from inspect_app.workplans.boards.summaries import (
    SUMMARY,
    Summary,
    figures_of,
    latest,
    period_of,
    problems_of,
    summary_data,
    summary_of,
)
from inspect_app.workplans.boards.urging import SUBJECT
from inspect_app.workplans.boards.workbook import write_summary
from inspect_app.workplans.queries import plan_of
from inspect_app.workplans.views.board import surroundings
from inspect_app.workplans.views.place import blueprint

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHOLE = "all"


@blueprint.get("/<reference>/summaries")
@requires(Permission.VIEW_WORKPLANS)
def summaries(reference: str) -> str:
    """Show one row a task, up to a reporting date or for the whole year."""
    summary = _summary(reference)
    return render_template(
        "workplans/summaries.html",
        summary=summary,
        figures=figures_of(summary),
        period=period_of(summary),
        problems_of=problems_of,
        number=summary.wish.number,
        documents=SUMMARY,
        **surroundings(summary.known, "workplans.summaries"),
    )


@blueprint.get("/<reference>/summaries/workbook")
@requires(Permission.VIEW_WORKPLANS)
def summary_workbook(reference: str) -> Response:
    """Give the summary as a workbook."""
    summary, out = _summary(reference), io.BytesIO()
    write_summary(summary, current_actor(), out)
    out.seek(0)
    name = f"{summary.known.plan.title}{period_of(summary)}.xlsx"
    return send_file(out, WORKBOOK, as_attachment=True, download_name=name, max_age=0)


@blueprint.post("/<reference>/summaries")
@requires(Permission.PUBLISH_WORKPLAN)
def draw_summary(reference: str) -> Response:
    """Draw the summary up as a document: its wording may be edited, its figures stay as they are now."""
    with transaction():
        session, actor = db.session(), current_actor()
        summary = _summary(reference)
        region, begun = begin(session, actor, SUMMARY, (SUBJECT, reference))
        data = {**begun, **summary_data(summary.known, summary.wish)}
        document = service.draw_up(
            session, actor, kind=SUMMARY, subject_kind=SUBJECT, subject_reference=reference, region=region, data=data
        )
        key = document.uuid
    flash(_("已生成汇总草稿。文字可以修改，数字以生成时为准；核对后由另一人签发。"), "success")
    return redirect(url_for("documents.show", uuid=key))


def _summary(reference: str) -> Summary:
    session, actor = db.session(), current_actor()
    known = read(session, actor, plan_of(session, actor, reference))
    return summary_of(known, Wish(_number(known)))


def _number(known: Known) -> int | None:
    given = request.values.get("date", "")
    if given == WHOLE:
        return None
    numbers = {str(on.number): on.number for on in known.dates}
    return numbers.get(given, latest(known))
