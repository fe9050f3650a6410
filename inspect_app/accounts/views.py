"""Sign-in, one's own account, and the accounts that the security administrator keeps."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, open_to_all, requires
from inspect_app.access.permissions import ROLE_LABELS, Permission, Role
from inspect_app.accounts import passwords, queries, service
from inspect_app.accounts.forms import PasswordForm, SignInForm, UserForm
from inspect_app.accounts.models import User
from inspect_app.accounts.sessions import current_sign_in
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Invalid
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region, Unit
from inspect_app.regions.queries import by_code, resolve_unit

blueprint = Blueprint("accounts", __name__, template_folder="templates")
Page = str | Response | tuple[str, int]
NO_SUCH_UNIT = mark("可查看的区域内没有这个单位。请先填可查看区域，再填单位名册中的名称。")
SEVERAL_UNITS = mark("有几个单位都叫这个名称，请填全称。")


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> Page:
    """Ask for login and password, and begin a session."""
    form = SignInForm(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422 if form.is_submitted() else 200
    result = _try(form)
    if isinstance(result, str):
        return render_template("accounts/sign_in.html", form=form, refusal=result), 401
    return _begin(result[1], form.next.data or "")


def _try(form: SignInForm) -> tuple[User, str] | str:
    lockout = service.Lockout(current_app.config["LOCKOUT_FAILURES"], current_app.config["LOCKOUT_MINUTES"])
    address, device = request.remote_addr or "", request.user_agent.string
    login, password = form.login.data or "", form.password.data or ""
    with transaction():
        return service.sign_in(db.session(), login, password, address=address, device=device, lockout=lockout)


def _begin(token: str, target: str) -> Response:
    chosen = session.get("language")
    session.clear()
    session.update(token=token, used=int(clock.now().timestamp()), language=chosen)
    local = target.startswith("/") and not target.startswith(("//", "/\\")) and not urlsplit(target).netloc
    return redirect(target if local else "/")


@blueprint.post("/sign-out")
@requires()
def sign_out() -> Response:
    """End this session, here and on the server."""
    with transaction():
        if row := current_sign_in():
            service.sign_out(db.session(), current_actor(), row)
    session.clear()
    answer = redirect(url_for("accounts.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires()
def password() -> Page:
    """Change one's own password."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            _change_password(form)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("密码已修改，其他设备上的登录已失效。"), "success")
            return redirect("/")
    return render_template("accounts/password.html", form=form), 422 if form.is_submitted() else 200


def _change_password(form: PasswordForm) -> None:
    if form.new.data != form.again.data:
        raise Invalid({"again": [_("两次输入的新密码不一致。")]})
    minimum = current_app.config["PASSWORD_MIN_LENGTH"]
    with transaction():
        row, user = current_sign_in(), queries.user_by_id(db.session(), g.user.id)
        keep = row.id if row else None
        service.change_password(
            db.session(), current_actor(), user, form.old.data or "", form.new.data or "", minimum=minimum, keep_id=keep
        )


@blueprint.get("/account")
@requires()
def account() -> str:
    """Show one's own account and where it is signed in."""
    rows = queries.living_sessions(db.session(), g.user)
    return render_template(
        "accounts/account.html", user=g.user, sessions=rows, roles=ROLE_LABELS, current=current_sign_in()
    )


@blueprint.post("/account/sessions/end")
@requires()
def end_other_sessions() -> Response:
    """End every other session of oneself."""
    with transaction():
        row = current_sign_in()
        service.end_sessions(
            db.session(), queries.user_by_id(db.session(), g.user.id), "本人结束", keep_id=row.id if row else None
        )
    flash(_("其他设备上的登录已全部结束。"), "success")
    return redirect(url_for("accounts.account"))


@blueprint.get("/users")
@requires(Permission.MANAGE_USERS)
def users() -> str:
    """List the accounts."""
    people = list(db.session.scalars(queries.all_users()))
    regions = {user.id: _region_of(user.view_region_id) for user in people}
    return render_template("accounts/users.html", users=people, roles=ROLE_LABELS, regions=regions)


@blueprint.route("/users/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def new_user() -> Page:
    """Create an account with a random initial password, shown once."""
    form = UserForm()
    if form.validate_on_submit():
        first = passwords.random_password()
        try:
            with transaction():
                user = service.create_user(db.session(), current_actor(), _profile(form), first)
                login = user.login
        except DomainError as error:
            form.show(error)
        else:
            return render_template("accounts/initial_password.html", login=login, password=first)
    return render_template("accounts/user.html", form=form, user=None), 422 if form.is_submitted() else 200


@blueprint.route("/users/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def user(user_id: int) -> Page:
    """Show or change an account."""
    found = queries.user_by_id(db.session(), user_id)
    codes = {"view_region": _code_of(found.view_region_id), "capture_region": _code_of(found.capture_region_id)}
    form = UserForm(obj=found, data={**codes, "unit": _unit_name(found.unit_id)})
    if form.validate_on_submit():
        try:
            with transaction():
                service.change_profile(db.session(), current_actor(), found, _profile(form), active=form.active.data)
        except DomainError as error:
            form.show(error)
        else:
            flash(_("账号已修改，其登录已全部失效。"), "success")
            return redirect(url_for("accounts.users"))
    return render_template("accounts/user.html", form=form, user=found), 422 if form.is_submitted() else 200


@blueprint.post("/users/<int:user_id>/reset")
@requires(Permission.MANAGE_USERS)
def reset_password(user_id: int) -> str:
    """Give an account a new initial password, shown once."""
    with transaction():
        found = queries.user_by_id(db.session(), user_id)
        first, login = service.reset_password(db.session(), current_actor(), found), found.login
    return render_template("accounts/initial_password.html", login=login, password=first)


@blueprint.post("/users/<int:user_id>/unlock")
@requires(Permission.MANAGE_USERS)
def unlock(user_id: int) -> Response:
    """Unlock an account after too many failed tries."""
    with transaction():
        service.unlock(db.session(), current_actor(), queries.user_by_id(db.session(), user_id))
    flash(_("账号已解锁。"), "success")
    return redirect(url_for("accounts.users"))


def _profile(form: UserForm) -> service.Profile:
    view_region_id = _region_id(form.view_region.data)
    return service.Profile(
        login=(form.login.data or "").strip(),
        name=(form.name.data or "").strip(),
        role=Role(form.role.data),
        view_region_id=view_region_id,
        capture_region_id=_region_id(form.capture_region.data),
        unit_id=_unit_id(view_region_id, (form.unit.data or "").strip()),
        credential_number=(form.credential_number.data or "").strip() or None,
    )


def _unit_id(region_id: int | None, name: str) -> int | None:
    """Return the unit that a name means below the region an account sees; Invalid for none or several."""
    if not name:
        return None
    found = resolve_unit(db.session(), region_id, name) if region_id else []
    if len(found) != 1:
        raise Invalid({"unit": [SEVERAL_UNITS if found else NO_SUCH_UNIT]})
    return found[0].id


def _unit_name(unit_id: int | None) -> str:
    unit = db.session.get(Unit, unit_id) if unit_id else None
    return unit.name if unit else ""


def _region_id(code: str | None) -> int | None:
    return by_code(db.session(), code.strip()).id if code and code.strip() else None


def _region_of(region_id: int | None) -> str:
    region = db.session.get(Region, region_id) if region_id else None
    return region.name if region else "—"


def _code_of(region_id: int | None) -> str:
    region = db.session.get(Region, region_id) if region_id else None
    return region.code if region else ""
