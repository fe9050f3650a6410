"""The page of one item of a draft."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import requires
from inspect_app.access.permissions import Permission
from inspect_app.checklists import editing, queries
from inspect_app.checklists.definition import Checklist, Item
from inspect_app.checklists.deriving import locked_by
from inspect_app.checklists.forms import ItemForm
from inspect_app.checklists.forms.items import PARTS, SPARE, item_fields
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.views.editing import own_draft, saved
from inspect_app.checklists.views.place import Page, blueprint
from inspect_app.core.database import db
from inspect_app.core.errors import Conflict, Invalid
from inspect_app.core.labels import mark

WRITING = (Permission.AUTHOR_CHECKLIST,)


@blueprint.route("/<code>/draft/items/new", methods=["GET", "POST"])
@requires(*WRITING)
def new_item(code: str) -> Page:
    """Add an item to a section of a draft."""
    version = own_draft(code)
    checklist = queries.content(version)
    if not checklist.sections:
        raise Conflict(mark("请先添加一个分节，再添加检查项。"))
    given = {"section": request.args.get("section", checklist.sections[0].code), "citations": SPARE}
    form = ItemForm(data={**given, "version": version.version}).offer(checklist, queries.register())
    key = editing.next_item_code(checklist)
    made = _filled(form, key, checklist)
    if made and _put(code, form, made, added=True):
        return _onwards(code, made, form.section.data)
    return _page(version, form, key, new=True)


@blueprint.route("/<code>/draft/items/<item>", methods=["GET", "POST"])
@requires(*WRITING)
def item(code: str, item: str) -> Page:
    """Change an item of a draft."""
    version = own_draft(code)
    checklist = queries.content(version)
    found = editing.find_item(checklist, item)
    if item in locked_by(queries.parent_of(db.session(), version)):
        flash(_("这一项由上级锁定，不能修改。"), "warning")
        return redirect(url_for("checklists.draft", code=code, _anchor=item))
    place = next(section.code for section in checklist.sections if found in section.items)
    form = ItemForm(data={**item_fields(found, place), "version": version.version})
    made = _filled(form.offer(checklist, queries.register()), item, checklist)
    if made and _put(code, form, made, added=False):
        return _onwards(code, made, form.section.data)
    return _page(version, form, item, new=False)


def _filled(form: ItemForm, key: str, checklist: Checklist) -> Item | None:
    """Return what was filled in when it is to be saved; add or take away a question when that was asked for."""
    if not form.is_submitted():
        return None
    if request.form.get("do") == "add-part" and len(form.parts) < PARTS:
        form.parts.append_entry({"kind": "yes_no"})
        return None
    if request.form.get("do") == "drop-part" and len(form.parts) > 1:
        form.parts.pop_entry()
        return None
    return form.read(key, checklist) if form.validate() else None


def _put(code: str, form: ItemForm, made: Item, *, added: bool) -> bool:
    def change(checklist: Checklist) -> Checklist:
        if added:
            return editing.with_item(checklist, form.section.data, made)
        return editing.placed_item(editing.changed_item(checklist, made), made.code, form.section.data)

    try:
        saved(code, form, change)
    except Invalid as error:
        form.show(error)
        return False
    return True


def _onwards(code: str, made: Item, section: str) -> Page:
    if request.form.get("do") == "save-and-next":
        return redirect(url_for("checklists.new_item", code=code, section=section))
    return redirect(url_for("checklists.draft", code=code, _anchor=made.code))


def _page(version: ChecklistVersion, form: ItemForm, key: str, *, new: bool) -> Page:
    form.offer(queries.content(version), queries.register())
    asked = request.form.get("do") in {"add-part", "drop-part"}
    status = 422 if form.is_submitted() and not asked else 200
    return render_template("checklists/item.html", form=form, version=version, key=key, new=new), status
