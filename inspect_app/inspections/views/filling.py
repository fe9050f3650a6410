"""The fill page, and the answers and files it sends one by one."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.evidence.rules import DOCUMENTS, PHOTOS
from inspect_app.evidence.service import Prepared, prepare_file
from inspect_app.inspections import answers, proofs, queries
from inspect_app.inspections.forms import Upload, read_answer, read_upload
from inspect_app.inspections.lifecycle import UNDER_WAY, may_move
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.moving.queries import newer_of
from inspect_app.inspections.phrases import phrases
from inspect_app.inspections.presenting import answer_json, change_json, definition_json, file_json, whole_json
from inspect_app.inspections.tally import Tally
from inspect_app.inspections.views.place import Page, blueprint
from inspect_app.inspections.views.sections import fill_texts, sections_context

Json = dict[str, Any]


@blueprint.get("/<reference>/fill")
@requires(Permission.CARRY_OUT_INSPECTION)
def fill(reference: str) -> Page:
    """Draw the page on which a visit is filled."""
    session, actor = db.session(), current_actor()
    inspection = queries.by_reference(session, actor, reference)
    answers.check_filler(inspection, actor)
    if inspection.state != UNDER_WAY:
        flash(_("这次检查现在不能填写。"), "warning")
        return redirect(url_for("inspections.show", reference=reference))
    return _page(inspection)


def _page(inspection: Inspection) -> str:
    session = db.session()
    given, files = queries.answers_of(session, inspection), queries.files_of(session, inspection)
    tallied = queries.tally_of(inspection, given, files)
    state = whole_json(inspection, given.values(), [each for some in files.values() for each in some], tallied)
    return draw(
        "inspections/fill.html",
        tallied,
        state,
        inspection=inspection,
        newer=newer_of(session, inspection),
        may_move=may_move(inspection, current_actor()),
        uuid=inspection.uuid,
        answers_href=url_for("inspections.standing", reference=inspection.reference),
        files_href=url_for("inspections.add_file", reference=inspection.reference),
    )


def draw(template: str, tallied: Tally, state: Json, **shown: Any) -> str:  # noqa: ANN401 - what the template asks for
    """Draw a page on which lists are filled: `state` is what is answered and where it stands, for its script."""
    lists = [sheet.checklist for sheet in tallied.sheets]
    state |= {"today": clock.today().isoformat()}
    judging = {"lists": [definition_json(each) for each in lists], "phrases": phrases(), "texts": fill_texts()}
    return render_template(
        template,
        tally=tallied,
        standing={each.item.code: each for each in tallied.items},
        state=state,
        judging=judging,
        takes_files=bool(shown["files_href"]),
        **sections_context(),
        **shown,
    )


@blueprint.get("/<reference>/answers")
@requires(Permission.CARRY_OUT_INSPECTION)
def standing(reference: str) -> Json:
    """Return everything stored of a visit, and a fresh token for a page whose session was renewed."""
    session, actor = db.session(), current_actor()
    inspection = queries.by_reference(session, actor, reference)
    answers.check_filler(inspection, actor)
    given, files = queries.answers_of(session, inspection), queries.files_of(session, inspection)
    every = [each for some in files.values() for each in some]
    told = whole_json(inspection, given.values(), every, queries.tally_of(inspection, given, files))
    return {**told, "csrf_token": generate_csrf()}


@blueprint.put("/<reference>/answers/<item>")
@requires(Permission.CARRY_OUT_INSPECTION)
def answer(reference: str, item: str) -> Json | tuple[Json, int]:
    """Keep one answer; when another device answered in between, both are shown and nothing is overwritten."""
    given = read_answer(request.get_json(silent=True))
    try:
        with transaction():
            inspection = queries.by_reference(db.session(), current_actor(), reference)
            kept = answers.answer(db.session(), current_actor(), inspection, item, **given)
            return {"answer": answer_json(kept, inspection), **_standing(inspection, item)}
    except answers.AnswerConflict as conflict:
        inspection = queries.by_reference(db.session(), current_actor(), reference)
        stored = queries.answers_of(db.session(), inspection)[item]
        return {"code": conflict.code, "message": str(conflict), "stored": answer_json(stored, inspection)}, 409


@blueprint.post("/<reference>/files")
@requires(Permission.CARRY_OUT_INSPECTION)
def add_file(reference: str) -> tuple[Json, int]:
    """Take a photo or paper: it is received when its length and hash are what the sender said, and it is committed."""
    session, actor = db.session(), current_actor()
    upload = read_upload(request)
    inspection = queries.by_reference(session, actor, reference)
    answers.check_filler(inspection, actor)
    answers.item_of(inspection, upload.item)
    prepared = _prepare(upload)
    with transaction():
        inspection = queries.by_reference(session, actor, reference)
        file = proofs.attach_proof(
            session, actor, inspection, upload.item, prepared, paper=upload.paper, place=upload.place
        )
        return {"file": file_json(file), **_standing(inspection, upload.item)}, 201


@blueprint.delete("/<reference>/files/<uuid:uuid>")
@requires(Permission.CARRY_OUT_INSPECTION)
def drop_file(reference: str, uuid: object) -> Json:
    """Take a file off its item."""
    with transaction():
        inspection = queries.by_reference(db.session(), current_actor(), reference)
        file = proofs.withdraw_proof(db.session(), current_actor(), inspection, str(uuid))
        return {"file": file_json(file), **_standing(inspection, file.item)}


def _prepare(upload: Upload) -> Prepared:
    allowed = DOCUMENTS if upload.paper else PHOTOS
    prepared = prepare_file(upload.stream, upload.name, allowed, declared_sha256=upload.sha256)
    if prepared.size != upload.size:
        raise FileRefused(
            "E_CORRUPT",
            mark("文件“%(name)s”上传中断：应有 %(told)s 字节，收到 %(got)s 字节。请重新上传。"),
            name=prepared.original_name,
            told=upload.size,
            got=prepared.size,
        )
    return prepared


def _standing(inspection: Inspection, item: str) -> Json:
    session = db.session()
    given, files = queries.answers_of(session, inspection), queries.files_of(session, inspection)
    return change_json(queries.tally_of(inspection, given, files), item)
