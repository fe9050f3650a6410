"""A step for many hazards: one page to confirm it, and one that tells what became of each."""

from collections.abc import Sequence
from dataclasses import replace

from flask import render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.accounts.models import User
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Step
from inspect_app.hazards import many, queries
from inspect_app.hazards.circumstances import people_for
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.forms import GeneratedForm, many_form
from inspect_app.hazards.inputs import INPUTS
from inspect_app.hazards.lifecycle import HAZARD_LIFE, optional_facts
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import Found
from inspect_app.hazards.rules import look_of
from inspect_app.hazards.views.filtering import asked, filter_from, kept
from inspect_app.hazards.views.place import Page, blueprint
from inspect_app.hazards.views.showing import CHANGERS
from inspect_app.hazards.views.stepping import NAMED

ALL = "all"


@blueprint.route("/many", methods=["GET", "POST"])
@requires(*CHANGERS)
def take_many() -> Page:
    """Show what a step would mean for the hazards chosen, or take it and tell what became of each."""
    step = _step()
    if request.method == "GET":
        return _choice(step)
    wishes = many.wishes_in(request.form.get("wishes", ""))
    form = _form(step, many.picked(db.session(), current_actor(), [wish.reference for wish in wishes]))
    if not form.validate():
        return _page(step, form, [wish.reference for wish in wishes]), 422
    return _told(step, _take(step, form, wishes))


def _step() -> Step:
    action = request.args.get("action", "")
    if not any(step.action == action for step in HAZARD_LIFE.steps):
        raise Invalid({"": [mark("请在清单下方选择要批量办理的事项。")]})
    step = many.steps_for(current_actor()).get(action)
    if step is None:
        raise Forbidden(mark("您没有权限批量办理这一事项，或这一事项须逐条办理。"))
    return step


def _narrowed(step: Step) -> HazardFilter:
    """Return the filter of the list, with only states from which the step leads on."""
    wanted, sources = filter_from(asked(), current_actor()), many.sources_of(step.action)
    return replace(wanted, states=(wanted.states & sources) if wanted.states else sources)


def _choice(step: Step) -> str:
    session, actor = db.session(), current_actor()
    if request.args.get("scope") != ALL:
        chosen = many.picked(session, actor, request.args.getlist("pick"))
        return _page(step, _form(step, chosen), [hazard.reference for hazard in chosen])
    wanted = _narrowed(step)
    references = queries.first_references(session, actor, wanted, many.MOST) if wanted.states else []
    total = queries.count(session, actor, wanted) if wanted.states else Found(0)
    chosen = many.picked(session, actor, references)
    return _page(step, _form(step, chosen), references, total)


def _form(step: Step, hazards: Sequence[Hazard]) -> GeneratedForm:
    given = {name: request.args[name] for name in (*step.needs, *optional_facts(step.action)) if name in request.args}
    mine = {"recheckers": [current_actor().id]} if "recheckers" in step.needs else {}
    return many_form(step, _people(step, hazards), data={**mine, **given})


def _people(step: Step, hazards: Sequence[Hazard]) -> list[User]:
    """List who may be named, in any of the counties; whether they serve a hazard is asked of each."""
    permissions = {
        each for name in (*step.needs, *optional_facts(step.action)) for each in NAMED.get(INPUTS[name].kind, ())
    }
    if not permissions:
        return []
    one_each = {hazard.county_id: hazard for hazard in hazards}
    found = {user.id: user for hazard in one_each.values() for user in people_for(db.session(), hazard, *permissions)}
    return sorted(found.values(), key=lambda user: (user.name, user.id))


def _take(step: Step, form: GeneratedForm, wishes: Sequence[many.Wish]) -> list[many.Told]:
    facts = form.given((*step.needs, *optional_facts(step.action)))
    told: list[many.Told] = []
    for portion in many.portions(wishes):
        with transaction():
            told += many.take(db.session(), current_actor(), step.action, facts, portion)
    return told


def _page(step: Step, form: GeneratedForm, references: Sequence[str], total: Found | None = None) -> str:
    session, actor, today = db.session(), current_actor(), clock.today()
    weighed = many.weigh(session, actor, many.picked(session, actor, references), step.action)
    ready = [each.hazard for each in weighed if not each.reasons]
    form["wishes"].data = " ".join(f"{hazard.reference}:{hazard.version}" for hazard in ready)
    names = [name for name in (*step.needs, *optional_facts(step.action)) if name in form]
    return render_template(
        "hazards/many.html",
        step=step, form=form, names=names, ready=ready, held_up=[each for each in weighed if each.reasons],
        total=total, own=[INPUTS[name].label for name in step.needs if many.brings(name)], most=many.MOST,
        looks={hazard.id: look_of(hazard.state, hazard.due_on, today) for hazard in ready}, back=_back(),
    )  # fmt: skip


def _told(step: Step, told: Sequence[many.Told]) -> str:
    again = None
    if request.args.get("scope") == ALL:
        again = url_for("hazards.take_many", action=step.action, scope=ALL, **kept(asked()))
    return render_template(
        "hazards/many_told.html",
        step=step, refused=[each for each in told if each.reasons], done=[each for each in told if not each.reasons],
        back=_back(), again=again, heading=_("批量%(label)s", label=_(step.label)),
    )  # fmt: skip


def _back() -> str:
    return url_for("hazards.index", **kept(asked()))
