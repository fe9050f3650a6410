"""Trying out a version of a list: the page on which a visit is filled, with answers that count nowhere."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.checklists.lifecycle import STATES
from inspect_app.core.database import db, transaction
from inspect_app.inspections import trial
from inspect_app.inspections.forms import read_answer
from inspect_app.inspections.presenting import change_json, findings_json, kept_json, trial_json
from inspect_app.inspections.views.filling import draw
from inspect_app.inspections.views.place import blueprint

Json = dict[str, Any]
WHO = (Permission.AUTHOR_CHECKLIST, Permission.PUBLISH_CHECKLIST)


@blueprint.get("/try/<code>/<int:number>")
@requires(*WHO)
def try_list(code: str, number: int) -> str:
    """Draw the page of a trial."""
    session, actor = db.session(), current_actor()
    version = trial.tryable(session, actor, code, number)
    given = trial.answers_of(session, actor, version)
    tallied = trial.tally_of(version, given)
    shown = {"version": version, "states": STATES, "flaws": trial.flaws_of(session, version)}
    answers = url_for("inspections.trial_standing", code=code, number=number)
    addresses = {"uuid": f"try-{code}-{number}", "answers_href": answers, "files_href": ""}
    return draw("inspections/try.html", tallied, trial_json(given, tallied), **shown, **addresses)


@blueprint.get("/try/<code>/<int:number>/answers")
@requires(*WHO)
def trial_standing(code: str, number: int) -> Json:
    """Return everything answered in a trial, and a fresh token for a page whose session was renewed."""
    session, actor = db.session(), current_actor()
    version = trial.tryable(session, actor, code, number)
    given = trial.answers_of(session, actor, version)
    return {**trial_json(given, trial.tally_of(version, given)), "csrf_token": generate_csrf()}


@blueprint.put("/try/<code>/<int:number>/answers/<item>")
@requires(*WHO)
def try_answer(code: str, number: int, item: str) -> Json:
    """Keep one answer of a trial."""
    given, actor = read_answer(request.get_json(silent=True)), current_actor()
    with transaction():
        version = trial.tryable(db.session(), actor, code, number)
        kept = trial.answer(db.session(), actor, version, item, given)
        tallied = trial.tally_of(version, trial.answers_of(db.session(), actor, version))
        standing = {**change_json(tallied, item), "findings": findings_json(tallied)}
        return {"answer": kept_json(item, kept), **standing}


@blueprint.post("/try/<code>/<int:number>/restart")
@requires(*WHO)
def restart_trial(code: str, number: int) -> Response:
    """Forget the answers of a trial and begin again."""
    with transaction():
        actor = current_actor()
        trial.restart(db.session(), actor, trial.tryable(db.session(), actor, code, number))
    flash(_("已清空试填内容，可以重新开始。"), "success")
    return redirect(url_for("inspections.try_list", code=code, number=number))
