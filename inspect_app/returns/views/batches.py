"""Sending a file, looking at what it would change, deciding."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict, DomainError, Stale
from inspect_app.core.labels import Sentence
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import evidence_of
from inspect_app.hazards.inputs import COLUMNS
from inspect_app.regions.models import Region
from inspect_app.regions.queries import counties_of
from inspect_app.returns import listing, queries, receiving, service, sheet
from inspect_app.returns.burden.queries import month_of
from inspect_app.returns.codes import PROBLEMS, WARNINGS
from inspect_app.returns.deciding import CHOICES, undecided
from inspect_app.returns.expecting.loading import HAZARDS, owed_of
from inspect_app.returns.expecting.queries import offered_periods, period_for
from inspect_app.returns.expecting.rules import Period
from inspect_app.returns.forms import StepForm, UploadForm
from inspect_app.returns.jobs.measuring import is_large
from inspect_app.returns.jobs.queries import under_way
from inspect_app.returns.jobs.service import KIND_LABELS, Kind
from inspect_app.returns.lifecycle import LOOKS, STATES
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.plan import GROUP_LABELS, SHOWN, Group
from inspect_app.returns.views.jobs import begin_if_large, begin_receiving
from inspect_app.returns.views.place import Page, blueprint

SIZE = 50
SHOW_FIRST = (
    Group.REFUSED, Group.CONFLICTS, Group.CREATE, Group.UPDATE, Group.DUPLICATES, Group.UNCHANGED, Group.IGNORED,
)  # fmt: skip


@blueprint.get("")
@requires(Permission.VIEW_RETURNS)
def index() -> str:
    """List the returns that the person sees, the latest first."""
    actor, session, given = current_actor(), db.session(), request.args
    counties = counties_of(session, actor.view_region_id) if actor.view_region_id else []
    county = next((region for region in counties if region.code == given.get("region")), None)
    before = given.get("before", 0, type=int)
    state = given["state"] if given.get("state") in STATES else ""
    month = month_of(given["month"]) if given.get("month") else None
    key = county.id if county else None
    rows = queries.page(session, actor, county_id=key, state=state, month=month, before=before, size=SIZE)
    more = _address(before=str(rows[SIZE - 1].id)) if len(rows) > SIZE else None
    return render_template(
        "returns/index.html", batches=rows[:SIZE], next_href=more, counties=counties, states=STATES, looks=LOOKS,
        groups=GROUP_LABELS, chips=_chips(county, state, month), before=before, jobs=under_way(session, actor),
        kinds=KIND_LABELS,
    )  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.SEND_RETURN)
def new() -> Page:
    """Send a file."""
    form, earlier = _upload_form(), None
    if form.validate_on_submit():
        try:
            return redirect(_take_in(form))
        except DomainError as error:
            form.show(error)
            earlier = error.params.get("reference") if isinstance(error, Conflict) else None
    return render_template("returns/new.html", form=form, earlier=earlier), 422 if form.is_submitted() else 200


@blueprint.get("/<reference>")
@requires(Permission.VIEW_RETURNS)
def show(reference: str) -> str:
    """Show what became, or would become, of every row of a file."""
    actor, session = current_actor(), db.session()
    batch = queries.by_reference(session, actor, reference)
    group = _group(batch)
    return render_template(
        "returns/show.html", batch=batch, group=group, groups=GROUP_LABELS, entries=_shown(batch, group), limit=SHOWN,
        steps={step.action for step in service.open_steps(batch, actor)}, state=STATES[batch.state],
        look=LOOKS[batch.state], original=evidence_of(session, "return", batch.id, Purpose.ORIGINAL), sheet=sheet,
        columns=COLUMNS, notices=[_notice(*notice) for notice in batch.plan.get("notices", ())], problems=PROBLEMS,
        sentence=Sentence, choices=CHOICES, undecided=undecided(batch),
    )  # fmt: skip


@blueprint.get("/<reference>/plan.json")
@requires(Permission.VIEW_RETURNS)
def plan(reference: str) -> Response:
    """Give the whole plan out as JSON."""
    batch = queries.by_reference(db.session(), current_actor(), reference)
    about = {"reference": batch.reference, "county": batch.county.code, "report_on": batch.report_on.isoformat()}
    groups = listing.all_entries(db.session(), batch)
    return jsonify({**about, "state": batch.state, "counts": batch.counts, "groups": groups})


@blueprint.get("/<reference>/plan.csv")
@requires(Permission.VIEW_RETURNS)
def plan_csv(reference: str) -> Response:
    """Give the whole plan out as a list that opens in a spreadsheet."""
    batch = queries.by_reference(db.session(), current_actor(), reference)
    text = "".join(sheet.as_csv(listing.all_entries(db.session(), batch)))
    answer = Response(text, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{batch.reference}.csv"'
    return answer


@blueprint.post("/<reference>/apply")
@requires(Permission.APPLY_RETURN)
def apply(reference: str) -> AnyResponse:
    """Import all rows, or the good ones when that was chosen."""
    form = StepForm()
    choices = {"accept_good_rows": form.accept_good_rows.data}
    if address := begin_if_large(reference, Kind.APPLY, form.version.data, choices):
        return redirect(address)
    counts = _step(reference, form, service.apply, **choices)
    flash(_("已导入：新增 %(create)s 条，更新 %(update)s 条，不变 %(unchanged)s 条。", **counts), "success")
    return redirect(url_for("returns.show", reference=reference))


@blueprint.post("/<reference>/check")
@requires(Permission.SEND_RETURN)
def check(reference: str) -> AnyResponse:
    """Compare the file with the inventory anew."""
    form = StepForm()
    if address := begin_if_large(reference, Kind.CHECK, form.version.data):
        return redirect(address)
    _step(reference, form, service.check)
    flash(_("已按系统现在的内容重新核对。"), "success")
    return redirect(url_for("returns.show", reference=reference))


@blueprint.post("/<reference>/discard")
@requires(Permission.SEND_RETURN)
def discard(reference: str) -> AnyResponse:
    """Put the return aside."""
    _step(reference, StepForm(), service.discard)
    flash(_("已放弃这份报表，没有导入任何内容。"), "success")
    return redirect(url_for("returns.show", reference=reference))


def _step(reference: str, form: StepForm, step: Callable[..., ReturnBatch], **choices: bool) -> dict[str, int]:
    if form.version.data is None:
        raise Stale
    with transaction():
        batch = queries.by_reference(db.session(), current_actor(), reference)
        step(db.session(), current_actor(), batch, version=form.version.data, **choices)
        return dict(batch.counts)


def _take_in(form: UploadForm) -> str:
    """Read the file before the transaction, or leave a large one to a job; return the address to go on to."""
    session, actor, upload = db.session(), current_actor(), form.file.data
    report_on = form.report_on.data or clock.today()
    sending = receiving.Sending(form.county.data, report_on, form.period.data or "", upload.filename or "")
    with tempfile.TemporaryDirectory(prefix="return-") as folder:
        path = Path(folder) / "upload"
        upload.save(path)
        if is_large(path, current_app.config["JOB_ROWS"]):
            return begin_receiving(path, sending)
        taken = receiving.look_into(session, actor, path, sending)
    with transaction():
        reference = receiving.take_in(session, actor, taken).reference
    flash(_("文件已接收，编号 %(reference)s。请核对下面的结果。", reference=reference), "success")
    return url_for("returns.show", reference=reference)


def _upload_form() -> UploadForm:
    """Offer the periods, proposing the one asked for, else the one that a report of today would be about."""
    form, counties, today, what = UploadForm(), _counties(), clock.today(), owed_of(HAZARDS)
    codes = [each.code for each in offered_periods(what, today)] if what else [f"{today:%Y-%m}"]
    if not form.is_submitted():
        asked = next((each for each in counties if each.id == request.args.get("county", type=int)), None)
        form.county.data = asked.id if asked else None
        proposed = period_for(db.session(), asked or counties[0], today) if counties else codes[0]
        form.period.data = request.args["period"] if request.args.get("period") in codes else proposed
    return form.offer(counties, codes, today)


def _counties() -> list[Region]:
    actor = current_actor()
    return counties_of(db.session(), actor.capture_region_id) if actor.capture_region_id else []


def _group(batch: ReturnBatch) -> Group:
    """Return the group that was asked for, else the first that holds something a person should see."""
    asked = request.args.get("group", "")
    if asked in set(Group):
        return Group(asked)
    return next((group for group in SHOW_FIRST if batch.counts.get(group)), Group.CREATE)


def _shown(batch: ReturnBatch, group: Group) -> list[tuple[Any, Any]]:
    entries = listing.first_entries(db.session(), batch, group)
    return [(entry, sheet.sentences(group, entry)) for entry in entries]


def _notice(code: str, name: str | None, params: dict[str, Any]) -> tuple[str, Sentence]:
    return name or "", Sentence(WARNINGS[code], params)


def _chips(county: Region | None, state: str, month: Period | None) -> list[tuple[str, str]]:
    shown = {
        "region": county.name if county else "",
        "state": _(STATES[state]) if state else "",
        "month": _("%(month)s 收到", month=month.code) if month else "",
    }
    return [(label, _address(**{name: ""})) for name, label in shown.items() if label]


def _address(*, region: str | None = None, state: str | None = None, month: str | None = None, before: str = "") -> str:
    """Return the address of the list with other conditions; None keeps what was asked, "" drops it."""
    region = request.args.get("region", "") if region is None else region
    state = request.args.get("state", "") if state is None else state
    month = request.args.get("month", "") if month is None else month
    return url_for(
        "returns.index", region=region or None, state=state or None, month=month or None, before=before or None
    )
