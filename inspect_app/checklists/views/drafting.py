"""Beginning lists and taking the steps of a version."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.checklists import queries, service
from inspect_app.checklists.forms import DeriveForm, NewListForm, StepForm
from inspect_app.checklists.forms.lists import offer_owners
from inspect_app.checklists.lifecycle import CHANGE, DRAFT, VERSION_LIFE
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.views.listing import asked_number, show_page
from inspect_app.checklists.views.place import Page, blueprint
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict, Invalid, NotFound, StepRefused
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region
from inspect_app.regions.queries import NamedRegion, named_regions

DONE = {
    "try_out": mark("已定稿，可以试用了。"),
    "rework": mark("已收回，可以继续修改。"),
    "send_back": mark("已退回修改。"),
    "publish": mark("已发布，今后的检查使用这一版。"),
    "retire": mark("已停用。"),
}
WRITING = (Permission.AUTHOR_CHECKLIST,)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(*WRITING)
def new() -> Page:
    """Begin a list from nothing."""
    form = NewListForm(pass_mark=service.PASS_MARK).offer()
    offer_owners(form, _offices(), system=_is_system())
    if form.validate_on_submit():
        try:
            code = _begun(form)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("已新建草稿。请先添加分节，再添加检查项。"), "success")
            return redirect(url_for("checklists.draft", code=code))
    return render_template("checklists/new.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/<code>/derive", methods=["GET", "POST"])
@requires(*WRITING)
def derive(code: str) -> Page:
    """Begin a region's own version of a published list."""
    version = queries.seen(db.session(), current_actor(), code, asked_number("version"))
    form = DeriveForm()
    offer_owners(form, [each for each in _offices() if each.id != version.owner_id], system=False)
    if form.validate_on_submit():
        try:
            made = _derived(version.code, version.number, form)
        except (Conflict, StepRefused) as error:
            form.show(error)
        else:
            flash(_("已建立本地版 %(code)s 的草稿。", code=made), "success")
            return redirect(url_for("checklists.draft", code=made))
    checklist, status = queries.content(version), 422 if form.is_submitted() else 200
    return render_template("checklists/derive.html", form=form, version=version, checklist=checklist), status


@blueprint.post("/<code>/revise")
@requires(*WRITING)
def revise(code: str) -> Response:
    """Begin the next version of a list from the version shown."""
    with transaction():
        version = queries.seen(db.session(), current_actor(), code, asked_number("version"))
        number = service.copy_as_draft(db.session(), current_actor(), version).number
    flash(_("已新建第 %(n)s 版草稿。", n=number), "success")
    return redirect(url_for("checklists.draft", code=code))


@blueprint.post("/<code>/<int:number>/steps/<action>")
@requires(Permission.AUTHOR_CHECKLIST, Permission.PUBLISH_CHECKLIST)
def step(code: str, number: int, action: str) -> Page:
    """Take a step of a version."""
    if action == CHANGE or action not in DONE:
        raise NotFound
    form = StepForm()
    form.validate()
    try:
        version = _taken(code, number, action, form)
    except StepRefused as refused:
        form.show(refused)
        return show_page(queries.seen(db.session(), current_actor(), code, number), form), 409
    flash(_(DONE[action]), "success")
    if version.state == DRAFT and VERSION_LIFE.step(action, DRAFT) is None and current_actor().can(*WRITING):
        return redirect(url_for("checklists.draft", code=code))
    return redirect(url_for("checklists.show", code=code, version=number))


def _begun(form: NewListForm) -> str:
    with transaction():
        session, owner = db.session(), _region(form.owner.data)
        return service.new_draft(session, current_actor(), owner=owner, code=form.code.data or "", **form.head()).code


def _taken(code: str, number: int, action: str, form: StepForm) -> ChecklistVersion:
    with transaction():
        version = queries.seen(db.session(), current_actor(), code, number)
        form.refuse_if_stale(version.version)
        facts = {"reason": form.reason.data} if form.reason.data else {}
        return service.take_step(db.session(), current_actor(), version, action, facts, form.version.data)


def _derived(code: str, number: int, form: DeriveForm) -> str:
    with transaction():
        version = queries.seen(db.session(), current_actor(), code, number)
        owner = _region(form.owner.data)
        if owner is None:
            raise NotFound
        return service.derive(db.session(), current_actor(), version, owner, form.title.data or "").code


def _offices() -> list[NamedRegion]:
    capture = current_actor().capture_region_id
    return [each for each in named_regions(db.session(), capture) if each.level in service.OFFICES] if capture else []


def _is_system() -> bool:
    return current_actor().can(Permission.MANAGE_SYSTEM)


def _region(key: int | None) -> Region | None:
    return db.session.get(Region, key) if key else None
