"""Sending inspectors out: one form, one step."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.campaigns.forms import teams_from
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.emergencies import service
from inspect_app.emergencies.checking import Made, Order, check_sites, people_for
from inspect_app.emergencies.estimate import estimate
from inspect_app.emergencies.forms import CHOSEN, CheckForm, check_proposed
from inspect_app.emergencies.intensity import MARK
from inspect_app.emergencies.loading import definition
from inspect_app.emergencies.models import Emergency
from inspect_app.emergencies.views.place import Page, blueprint, found


@blueprint.route("/<reference>/check", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def check(reference: str) -> Page:
    """Make a campaign of re-checks with its visits."""
    emergency, form = found(reference), CheckForm(data=check_proposed())
    service.check_leads(current_actor(), emergency)
    service.check_real(emergency)
    if form.validate_on_submit() and (made := _made(form, reference)):
        flash(_told(made), "warning" if made.unplaced else "success")
        return redirect(url_for("emergencies.show", reference=reference))
    return _drawn(emergency, form), 422 if form.is_submitted() else 200


def _drawn(emergency: Emergency, form: CheckForm) -> str:
    session = db.session()
    told, people = estimate(session, current_actor(), emergency), people_for(session, emergency)
    return render_template(
        "emergencies/check.html", emergency=emergency, form=form, told=told, people=people, mark=MARK,
        given=request.form, most=definition().most_sites, teams=min(len(people) // 2, 30),
    )  # fmt: skip


def _made(form: CheckForm, reference: str) -> Made | None:
    session, actor = db.session(), current_actor()
    try:
        with transaction():
            emergency = found(reference)
            order = Order(form.most.data or 0, bool(form.only_hazards.data), _teams(form, emergency))
            return check_sites(session, actor, emergency, estimate(session, actor, emergency), order)
    except Invalid as error:
        form.show(error)
        return None


def _teams(form: CheckForm, emergency: Emergency) -> tuple[tuple[int, ...], ...]:
    """Return the teams as they were put together by hand; none leaves them to the counties."""
    if form.teams.data != CHOSEN:
        return ()
    teams = teams_from(request.form, people_for(db.session(), emergency))
    if not teams:
        raise Invalid({"teams": [mark("请在名单里给检查员选组，或改为自动编组。")]})
    return tuple(tuple(team) for team in teams)


def _told(made: Made) -> str:
    told = _("已生成 %(n)s 次应急核查，检查员的平板同步后即可看到。", n=len(made.visits))
    if not made.unplaced:
        return str(told)
    names = "、".join(site.name for site, _why in made.unplaced[:5])
    return str(told + _("有 %(n)s 个对象没有排上（%(names)s 等），请看方案。", n=len(made.unplaced), names=names))
