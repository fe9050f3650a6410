"""The draft of a list: its head, its sections, and the order of its items."""

from collections.abc import Callable
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.checklists import editing, ownership, queries, service
from inspect_app.checklists.definition import Checklist
from inspect_app.checklists.deriving import locked_by
from inspect_app.checklists.editing import DOWN, UP
from inspect_app.checklists.forms import HeadForm, SectionForm
from inspect_app.checklists.forms.lists import head_of
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.views.listing import LABELS
from inspect_app.checklists.views.place import Page, blueprint
from inspect_app.checklists.wording import part_words
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, NotFound
from inspect_app.core.labels import mark
from inspect_app.web.forms import BaseForm

Change = Callable[[Checklist], Checklist]
ARRANGING: dict[str, Callable[[Checklist, str], Checklist]] = {
    "item-up": lambda checklist, code: editing.moved_item(checklist, code, UP),
    "item-down": lambda checklist, code: editing.moved_item(checklist, code, DOWN),
    "item-remove": editing.without_item,
    "section-up": lambda checklist, code: editing.moved_section(checklist, code, UP),
    "section-down": lambda checklist, code: editing.moved_section(checklist, code, DOWN),
    "section-remove": editing.without_section,
}
WRITING = (Permission.AUTHOR_CHECKLIST,)


@blueprint.get("/<code>/draft")
@requires(*WRITING)
def draft(code: str) -> str:
    """Show the draft with all that is still wrong with it."""
    version = own_draft(code)
    return draft_page(version, SectionForm(formdata=None, data={"version": version.version}))


def draft_page(version: ChecklistVersion, form: SectionForm) -> str:
    """Draw the draft; `form` adds a section."""
    checklist, problems = queries.content(version), service.problems(db.session(), version)
    return render_template(
        "checklists/draft.html",
        version=version,
        checklist=checklist,
        problems=problems,
        faulty={flaw.item for flaw in problems},
        held=set(locked_by(queries.parent_of(db.session(), version))),
        total=sum(item.weight for item in checklist.items),
        cited=queries.cited,
        part_words=part_words,
        today=clock.today(),
        form=form,
        **LABELS,
    )


@blueprint.route("/<code>/draft/head", methods=["GET", "POST"])
@requires(*WRITING)
def head(code: str) -> Page:
    """Change what stands at the head of a draft."""
    version = own_draft(code)
    form = HeadForm(data={**head_of(queries.content(version)), "version": version.version}).offer()
    if form.validate_on_submit():
        saved(code, form, lambda checklist: replace(checklist, **form.head()))
        return redirect(url_for("checklists.draft", code=code))
    return render_template("checklists/head.html", form=form, version=version), 422 if form.is_submitted() else 200


@blueprint.post("/<code>/draft/sections")
@requires(*WRITING)
def add_section(code: str) -> Page:
    """Add a section at the end of a draft."""
    form = SectionForm()
    if not form.validate_on_submit():
        return draft_page(own_draft(code), form), 422
    saved(code, form, lambda checklist: editing.with_section(checklist, (form.title.data or "").strip()))
    return redirect(url_for("checklists.draft", code=code))


@blueprint.route("/<code>/draft/sections/<section>", methods=["GET", "POST"])
@requires(*WRITING)
def section(code: str, section: str) -> Page:
    """Give a section of a draft another title."""
    version = own_draft(code)
    found = editing.find_section(queries.content(version), section)
    form = SectionForm(data={"title": found.title, "version": version.version})
    if form.validate_on_submit():
        title = (form.title.data or "").strip()
        saved(code, form, lambda checklist: editing.renamed_section(checklist, section, title))
        return redirect(url_for("checklists.draft", code=code))
    status = 422 if form.is_submitted() else 200
    return render_template("checklists/section.html", form=form, version=version), status


@blueprint.post("/<code>/draft/arrange")
@requires(*WRITING)
def arrange(code: str) -> Response:
    """Move or remove an item or a section; the button says which."""
    action, _parted, target = request.form.get("do", "").partition(":")
    if action not in ARRANGING:
        raise NotFound
    form = BaseForm()
    saved(code, form, lambda checklist: ARRANGING[action](checklist, target))
    kept = target if action.startswith("item") and not action.endswith("remove") else None
    return redirect(url_for("checklists.draft", code=code, _anchor=kept))


def own_draft(code: str) -> ChecklistVersion:
    """Return the draft of a list that this person may change; NotFound or Forbidden."""
    version = queries.draft_of(db.session(), current_actor(), code)
    if not ownership.standing(db.session(), current_actor(), version.owner_id).author:
        raise Forbidden(mark("您只能修改本地区的检查表草稿。"))
    return version


def saved(code: str, form: BaseForm, change: Change) -> None:
    """Save a change of the draft that the form was drawn from, and say so."""
    with transaction():
        version = queries.draft_of(db.session(), current_actor(), code)
        form.refuse_if_stale(version.version)
        changes = service.edit(db.session(), current_actor(), version, form.version.data, change)
    flash(_("没有改动。") if changes.same else _("已保存。"), "success")
