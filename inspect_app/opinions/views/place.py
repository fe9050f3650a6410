"""Where the pages of restricted papers live, and what they have in common."""

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor
from inspect_app.core.database import db
from inspect_app.opinions import queries, service
from inspect_app.opinions.forms import PaperForm, form_of
from inspect_app.opinions.kinds import KIND_LABELS
from inspect_app.opinions.models import Opinion
from inspect_app.web.forms import BaseForm

blueprint = Blueprint("opinions", __name__, url_prefix="/opinions", template_folder="../templates")
Page = str | Response | tuple[str, int]


def drawn(
    opinion: Opinion, form: PaperForm | None = None, proof: BaseForm | None = None, status: int = 200
) -> Response:
    """Draw an opened paper, which no cache may keep."""
    session, actor = db.session(), current_actor()
    writes = opinion.withdrawn_at is None and service.may_write(session, actor, opinion.region_id)
    page = render_template(
        "opinions/opened.html",
        opinion=opinion,
        files=queries.files_of(session, opinion),
        form=form or form_of(opinion),
        proof=proof or BaseForm(formdata=None, data={"version": opinion.version}),
        may_write=writes,
        may_change=writes and opinion.notified_at is None,
        kinds=KIND_LABELS,
    )
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def found(reference: str) -> Opinion:
    """Find a paper that the person may see."""
    return queries.by_reference(db.session(), current_actor(), reference)
