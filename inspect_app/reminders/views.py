"""What waits for the signed-in person, and how they want to be reminded of it."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.core.workdays import load_calendar
from inspect_app.reminders import outcomes, queries, service
from inspect_app.reminders.channels import CHANNEL_LABELS, Channel
from inspect_app.reminders.composing import compose
from inspect_app.reminders.forms import ChoiceForm
from inspect_app.reminders.sections import TONES, total

blueprint = Blueprint("reminders", __name__, url_prefix="/reminders", template_folder="templates")
Page = str | Response | tuple[str, int]
SETTINGS = {Channel.MAIL: "SMTP_HOST", Channel.WEBHOOK: "WEBHOOK_URL"}


@blueprint.get("")
@requires(*queries.REMINDED)
def index() -> str:
    """Show what waits for the person now."""
    actor, session, today = current_actor(), db.session(), clock.today()
    sections = compose(session, (actor,), today)[actor.id or 0]
    return render_template(
        "reminders/index.html",
        sections=sections,
        total=total(sections),
        tones=TONES,
        unread=queries.unread(session, actor, today),
        working=load_calendar(session).is_working(today),
    )


@blueprint.post("/read")
@requires(*queries.REMINDED)
def read() -> Response:
    """Note that the digest of today was read: it leaves the home page and the navigation."""
    with transaction():
        service.mark_read(db.session(), current_actor(), clock.today())
    return redirect(url_for("reminders.index"))


@blueprint.route("/choice", methods=["GET", "POST"])
@requires(*queries.REMINDED)
def choice() -> Page:
    """Show and change how the person is reminded outside the application."""
    form = ChoiceForm(obj=queries.choice_of(db.session(), current_actor().id))
    if form.validate_on_submit():
        try:
            with transaction():
                _choose(form)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("提醒设置已保存。"), "success")
            return redirect(url_for("reminders.choice"))
    return _choice_page(form), 422 if form.is_submitted() else 200


def _choose(form: ChoiceForm) -> None:
    given = {Channel.MAIL: form.by_mail.data, Channel.WEBHOOK: form.by_webhook.data}
    possible = _possible()
    wanted = {channel: bool(value) and channel in possible for channel, value in given.items()}
    service.choose(db.session(), current_actor(), wanted, form.mail_address.data or "", _domains())


def _domains() -> list[str]:
    """Return the domains that mail may go to, given as a list or as text with commas."""
    given = current_app.config["MAIL_DOMAINS"]
    return [domain.strip() for domain in (given.split(",") if isinstance(given, str) else given) if domain.strip()]


def _choice_page(form: ChoiceForm) -> str:
    return render_template(
        "reminders/choice.html",
        form=form,
        possible=_possible(),
        deliveries=queries.deliveries_of(db.session(), current_actor()),
        channels=CHANNEL_LABELS,
        labels=outcomes.LABELS,
        looks=outcomes.LOOKS,
    )


def _possible() -> list[Channel]:
    return [channel for channel, setting in SETTINGS.items() if current_app.config[setting]]
