"""What a person decides about an import: carry it out, compare it anew, put it aside, take it back."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.registers.forms import ImportStepForm, UndoForm
from inspect_app.registers.importing import queries, service, undoing
from inspect_app.registers.views.place import blueprint


@blueprint.post("/imports/<reference>/apply")
@requires(Permission.EDIT_REGISTERS)
def apply_import(reference: str) -> Response:
    """Carry an import out: all rows or the good ones."""
    form = ImportStepForm()
    with transaction():
        session, actor = db.session(), current_actor()
        batch = queries.by_reference(session, actor, reference)
        service.apply(session, actor, batch, version=form.version.data, good_rows_only=form.good_rows_only.data)
    flash(_("台账已导入。"), "success")
    return redirect(url_for("registers.imported", reference=reference))


@blueprint.post("/imports/<reference>/check")
@requires(Permission.EDIT_REGISTERS)
def check_import(reference: str) -> Response:
    """Compare an import with the register anew."""
    form = ImportStepForm()
    with transaction():
        batch = queries.by_reference(db.session(), current_actor(), reference)
        service.check(db.session(), current_actor(), batch, version=form.version.data)
    flash(_("已按系统现在的内容重新核对。"), "success")
    return redirect(url_for("registers.imported", reference=reference))


@blueprint.post("/imports/<reference>/discard")
@requires(Permission.EDIT_REGISTERS)
def discard_import(reference: str) -> Response:
    """Put an import aside."""
    form = ImportStepForm()
    with transaction():
        batch = queries.by_reference(db.session(), current_actor(), reference)
        service.discard(db.session(), current_actor(), batch, version=form.version.data)
    flash(_("已放弃，没有导入任何内容。"), "success")
    return redirect(url_for("registers.imported", reference=reference))


@blueprint.post("/imports/<reference>/undo")
@requires(Permission.EDIT_REGISTERS)
def undo_import(reference: str) -> Response:
    """Take an import back."""
    form = UndoForm()
    queries.by_reference(db.session(), current_actor(), reference)
    if not form.validate():
        raise Invalid(form.errors)
    with transaction():
        session, actor = db.session(), current_actor()
        batch = queries.by_reference(session, actor, reference)
        undoing.undo(session, actor, batch, version=form.version.data, reason=form.reason.data or "")
    flash(_("已撤销这次导入。"), "success")
    return redirect(url_for("registers.imported", reference=reference))
