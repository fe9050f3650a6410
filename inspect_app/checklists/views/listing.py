"""Which lists there are, what each version asks, and what changed from one to another."""

from flask import render_template, request

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.checklists import ownership, queries, service
from inspect_app.checklists.comparing import compare
from inspect_app.checklists.definition import EVIDENCE_LABELS, FIRST_MEASURE_LABELS, SEVERITY_LABELS
from inspect_app.checklists.forms import StepForm
from inspect_app.checklists.lifecycle import CHANGE, DRAFT, LOOKS, PUBLISHED, STATES, VERSION_LIFE
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.questions import ANSWER_TYPE_LABELS
from inspect_app.checklists.relevance import describe as describe_relevance
from inspect_app.checklists.rules import describe
from inspect_app.checklists.views.place import blueprint
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Step
from inspect_app.law.definitions import BASIS_KIND_LABELS
from inspect_app.regions.queries import counties_of
from inspect_app.sites.rules import CATEGORIES

READING = (Permission.VIEW_CHECKLISTS,)


@blueprint.get("")
@requires(*READING)
def index() -> str:
    """List the lists that hold for this person, those under work, and those of the regions below."""
    actor, session = current_actor(), db.session()
    top = actor.view_region_id
    holding = queries.published_for(session, top) if top else ownership.published_by_the_system(session)
    return render_template(
        "checklists/index.html",
        rows=[(version, queries.content(version)) for version in holding],
        drafts=[(version, queries.content(version)) for version in ownership.unpublished(session, actor)],
        below=[(version, queries.content(version)) for version in ownership.published_below(session, actor)],
        has_below=top is not None and len(counties_of(session, top)) > 1,
        writes=actor.can(Permission.AUTHOR_CHECKLIST),
        **LABELS,
    )


@blueprint.get("/<code>")
@requires(*READING)
def show(code: str) -> str:
    """Show what a version of a list asks, with the bases as they stand today."""
    version = queries.seen(db.session(), current_actor(), code, asked_number("version"))
    return show_page(version, StepForm(data={"version": version.version}))


def show_page(version: ChecklistVersion, form: StepForm) -> str:
    """Draw the page of a version; `form` takes the steps."""
    actor, session = current_actor(), db.session()
    checklist = queries.content(version)
    return render_template(
        "checklists/show.html",
        version=version,
        checklist=checklist,
        by_code={item.code: item for item in checklist.items},
        versions=queries.versions(session, actor, version.code),
        problems=service.problems(session, version) if version.state != PUBLISHED else (),
        steps=_steps(version),
        standing=ownership.standing(session, actor, version.owner_id),
        derives=derives(version),
        form=form,
        cited=queries.cited,
        describe=describe,
        describe_relevance=describe_relevance,
        today=clock.today(),
        **LABELS,
    )


@blueprint.get("/<code>/changes")
@requires(*READING)
def changes(code: str) -> str:
    """Show what changed between two versions of a list: by default from the one before."""
    actor, session = current_actor(), db.session()
    after = queries.seen(session, actor, code, asked_number("after"))
    versions = queries.versions(session, actor, code)
    earlier = next((each.number for each in versions if each.number < after.number), after.number)
    before = queries.seen(session, actor, code, asked_number("before") or earlier)
    return render_template(
        "checklists/changes.html",
        before=before,
        after=after,
        versions=versions,
        changes=compare(queries.content(before), queries.content(after)),
        items={item.code: item for item in (*queries.content(before).items, *queries.content(after).items)},
    )


def derives(version: ChecklistVersion) -> bool:
    """Whether this person's region may make a version of its own of this one."""
    actor = current_actor()
    if version.state != PUBLISHED or not actor.can(Permission.AUTHOR_CHECKLIST) or actor.capture_region_id is None:
        return False
    above = queries.regions_above(db.session(), actor.capture_region_id)
    lower = version.owner_id == actor.capture_region_id and len(counties_of(db.session(), version.owner_id)) > 1
    return version.owner_id is None or version.owner_id in above or lower


def asked_number(name: str) -> int | None:
    """Return a number of a version from the address, None when it is not there."""
    given = request.args.get(name, "")
    if given and not given.isdigit():
        raise Invalid({name: [mark("版本号应为数字。")]})
    return int(given) if given else None


def _steps(version: ChecklistVersion) -> list[Step]:
    may = ownership.standing(db.session(), current_actor(), version.owner_id)
    granted = {Permission.AUTHOR_CHECKLIST: may.author, Permission.PUBLISH_CHECKLIST: may.publish}
    rows = VERSION_LIFE.open_to(version, current_actor())
    return [step for step in rows if step.action != CHANGE and granted[Permission(step.permission)]]


LABELS = {
    "severities": SEVERITY_LABELS,
    "firsts": FIRST_MEASURE_LABELS,
    "evidences": EVIDENCE_LABELS,
    "types": ANSWER_TYPE_LABELS,
    "kinds": BASIS_KIND_LABELS,
    "categories": CATEGORIES,
    "states": STATES,
    "looks": LOOKS,
    "draft_state": DRAFT,
}
