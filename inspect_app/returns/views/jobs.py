"""Jobs: beginning one for a large file, and the page that tells how far it has come."""

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Response, current_app, flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Stale
from inspect_app.core.labels import Sentence
from inspect_app.regions.models import Region
from inspect_app.returns import queries as returns
from inspect_app.returns.forms import StepForm
from inspect_app.returns.jobs import queries
from inspect_app.returns.jobs.folder import Folder
from inspect_app.returns.jobs.lifecycle import INTERRUPTED, LOOKS, STATES, UNDER_WAY
from inspect_app.returns.jobs.service import KIND_LABELS, Kind, ask, end, step
from inspect_app.returns.jobs.starting import launch
from inspect_app.returns.jobs.work import PHASES
from inspect_app.returns.lifecycle import in_charge
from inspect_app.returns.models import ReturnBatch, ReturnJob
from inspect_app.returns.receiving import Sending
from inspect_app.returns.service import require_sender
from inspect_app.returns.views.place import blueprint
from inspect_app.web.language import said


@dataclass(frozen=True)
class Told:
    """What a page says of a job."""

    state: str
    under_way: bool
    interrupted: bool
    look: tuple[str, str, str]
    phase: str
    percent: int
    message: str


def begin_receiving(path: Path, sending: Sending) -> str:
    """Leave a large file that was uploaded to a job; return the address of its page."""
    session, actor, uuid = db.session(), current_actor(), str(uuid4())
    require_sender(actor, session.get_one(Region, sending.county_id))
    folder = _folder(uuid)
    folder.make()
    shutil.move(path, folder.upload)
    try:
        with transaction():
            ask(session, actor, Kind.RECEIVE, uuid, session.get_one(Region, sending.county_id), sending.as_json())
    except BaseException:
        folder.remove()
        raise
    return _go(uuid)


def begin_if_large(
    reference: str, kind: Kind, version: int | None, options: Mapping[str, Any] | None = None
) -> str | None:
    """Begin a job when a return has many rows, and return the address of its page; None when it has few."""
    session, actor, uuid = db.session(), current_actor(), str(uuid4())
    batch = returns.by_reference(session, actor, reference, whole=False)
    if sum(batch.counts.values()) <= current_app.config["JOB_ROWS"]:
        return None
    if version is None:
        raise Stale
    with transaction():
        batch = returns.by_reference(session, actor, reference, whole=False)
        if batch.version != version:
            raise Stale
        ask(session, actor, kind, uuid, batch.county, {"version": version, **(options or {})}, batch)
    return _go(uuid)


@blueprint.get("/jobs/<uuid>")
@requires(Permission.VIEW_RETURNS)
def job(uuid: str) -> str:
    """Show how far a job has come, or how it ended."""
    session, actor = db.session(), current_actor()
    found = queries.by_uuid(session, actor, uuid)
    batch = session.get(ReturnBatch, found.batch_id) if found.batch_id else None
    may_act = actor.can(Permission.SEND_RETURN) and in_charge(found.county, actor)
    return render_template(
        "returns/job.html", job=found, told=_told(found), kinds=KIND_LABELS, batch=batch, may_act=may_act
    )


@blueprint.get("/jobs/<uuid>.json")
@requires(Permission.VIEW_RETURNS)
def job_json(uuid: str) -> Response:
    """Tell a script how far a job has come."""
    told = _told(queries.by_uuid(db.session(), current_actor(), uuid))
    return jsonify({**asdict(told), "phase": _(told.phase)})


@blueprint.post("/jobs/<uuid>/cancel")
@requires(Permission.SEND_RETURN)
def job_cancel(uuid: str) -> AnyResponse:
    """Ask a process to stop; where there is none any more, end the job."""
    session, actor, folder = db.session(), current_actor(), _folder(uuid)
    require_sender(actor, queries.by_uuid(session, actor, uuid).county)
    if folder.is_silent():
        with transaction():
            end(session, actor, queries.by_uuid(session, actor, uuid), "cancel", version=_version())
        folder.remove()
    else:
        folder.ask_to_stop()
    flash(_("已要求取消。"), "success")
    return redirect(url_for("returns.job", uuid=uuid))


@blueprint.post("/jobs/<uuid>/restart")
@requires(Permission.SEND_RETURN)
def job_restart(uuid: str) -> AnyResponse:
    """Begin an interrupted job anew."""
    session, actor = db.session(), current_actor()
    with transaction():
        found = queries.by_uuid(session, actor, uuid)
        if not _told(found).interrupted:
            raise Stale
        step(session, actor, found, "restart", _version())
    return redirect(_go(uuid))


def _told(job: ReturnJob) -> Told:
    folder, under_way = _folder(job.uuid), job.state in UNDER_WAY
    interrupted = under_way and folder.is_silent()
    label, shape, tone = INTERRUPTED if interrupted else (STATES[job.state], *LOOKS[job.state])
    phase, percent = folder.progress()
    message = said(Sentence(job.message["message"], job.message["params"])) if job.message else ""
    return Told(job.state, under_way, interrupted, (label, shape, tone), PHASES[phase], percent, message)


def _version() -> int:
    version = StepForm().version.data
    if version is None:
        raise Stale
    return int(version)


def _go(uuid: str) -> str:
    """Start the process of a job, and return the address of its page."""
    launch(current_app.config, uuid)
    return url_for("returns.job", uuid=uuid)


def _folder(uuid: str) -> Folder:
    return Folder.of(Path(current_app.config["DATA_DIR"]), uuid)
