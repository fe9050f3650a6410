"""The page of a bulletin, and the rows behind each of its figures."""

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.bulletins import papers, queries
from inspect_app.bulletins.composing import Figures
from inspect_app.bulletins.forms import ReasonForm
from inspect_app.bulletins.lifecycle import BULLETIN_LIFE, DRAFTING, ISSUED, LOOKS, STATES, in_charge
from inspect_app.bulletins.models import Bulletin
from inspect_app.bulletins.presentation import SIZE, behind, parts_of, sums_of
from inspect_app.bulletins.presentation import STATES as ROW_STATES
from inspect_app.bulletins.views.place import blueprint
from inspect_app.bulletins.words import shown
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.hazards.rules import look_of


@blueprint.get("/<reference>")
@requires(Permission.VIEW_DOCUMENTS)
def show(reference: str) -> str:
    """Show a bulletin as it reads, how it adds up, and what this person may do now."""
    session, actor = db.session(), current_actor()
    bulletin = queries.by_reference(session, actor, reference)
    return render_template("bulletins/show.html", **around(session, actor, bulletin))


@blueprint.get("/<reference>/figures/<int:number>")
@requires(Permission.VIEW_DOCUMENTS)
def figure(reference: str, number: int) -> str:
    """Show the frozen rows of a figure, and beside them what stands today."""
    session, actor, today = db.session(), current_actor(), clock.today()
    bulletin = queries.by_reference(session, actor, reference)
    figures = Figures(bulletin, queries.figures_of(session, bulletin))
    page = max(request.args.get("page", 1, type=int), 1)
    told = behind(session, actor, figures, figures.numbered(number), page)
    more = url_for("bulletins.figure", reference=reference, number=number, page=page + 1)
    return render_template(
        "bulletins/figure.html", bulletin=bulletin, told=told, value=shown, states=ROW_STATES,
        next_href=more if told.seen > page * SIZE else None,
        look=lambda hazard: look_of(hazard.state, hazard.due_on, today),
    )  # fmt: skip


def around(session: Session, actor: Actor, bulletin: Bulletin, reason: ReasonForm | None = None) -> dict[str, object]:
    """Return what the page of a bulletin shows."""
    figures = Figures(bulletin, queries.figures_of(session, bulletin))
    document = queries.document_of(session, bulletin)
    writes = actor.can(Permission.WRITE_BULLETIN) and in_charge(bulletin, actor)
    drafting = bulletin.state == DRAFTING
    corrected = queries.is_being_corrected(session, bulletin)
    return {
        "bulletin": bulletin,
        "document": document,
        "parts": parts_of(figures),
        "sums": sums_of(figures),
        "problems": papers.problems(session, bulletin) if drafting and writes else [],
        "steps": {step.action: step for step in BULLETIN_LIFE.open_to(bulletin, actor)},
        "may_write": writes and drafting,
        "may_correct": writes and bulletin.state == ISSUED and not corrected,
        "corrections": queries.corrections_of(session, actor, bulletin),
        "writer": queries.writer_of(session, bulletin),
        "reason": reason or ReasonForm(formdata=None, data={"version": bulletin.version}),
        "states": STATES,
        "looks": LOOKS,
        "life": BULLETIN_LIFE,
    }
