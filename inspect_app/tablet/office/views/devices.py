"""The register of devices, and one's own."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.tablet import devices as register
from inspect_app.tablet.office.views.place import blueprint


@blueprint.get("/devices")
@requires(Permission.MANAGE_DEVICES)
def devices() -> str:
    """List the devices of the person's region."""
    rows = register.managed_by(db.session(), current_actor())
    return render_template("tablet/devices.html", devices=rows, is_off=register.is_off)


@blueprint.post("/devices/<uuid:uuid>/revoke")
@requires(Permission.MANAGE_DEVICES)
def revoke(uuid: UUID) -> Response:
    """Revoke a device for everybody."""
    with transaction():
        device = register.by_uuid(db.session(), current_actor(), str(uuid))
        register.revoke(db.session(), current_actor(), device)
        name = device.name
    flash(_("“%(name)s”已注销；它下次联网时会清除本机内容。", name=name), "success")
    return redirect(url_for("office.devices"))


@blueprint.post("/account/devices/<uuid:uuid>/end")
@requires()
def end_own(uuid: UUID) -> Response:
    """End one's own right to send from a device."""
    with transaction():
        register.end_own(db.session(), current_actor(), str(uuid))
    flash(_("这台设备不能再以您的名义发送。"), "success")
    return redirect(url_for("accounts.account"))
