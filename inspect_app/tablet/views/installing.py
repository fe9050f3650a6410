"""How a tablet comes to trust the server, and a check in words of what works on it; open before anybody signs in."""

from pathlib import Path

import segno
from flask import Response, current_app, render_template, request, url_for

from inspect_app.access.guard import open_to_all
from inspect_app.core.errors import NotFound
from inspect_app.core.labels import mark
from inspect_app.tablet.tls.authority import Identity
from inspect_app.tablet.tls.folder import TlsFolder
from inspect_app.tablet.views.place import blueprint

CERTIFICATE = "application/x-x509-ca-cert"
NONE_YET = mark("服务器还没有自建根证书。请系统管理员执行 flask tls make；使用政务外网等公共证书的，不需要安装。")
QR_SCALE = 4


@blueprint.get("/install")
@open_to_all
def install() -> str:
    """Show with pictures how the authority of the office is installed, and its fingerprint to compare."""
    address = address_of("tablet.install")
    return render_template("tablet/install.html", authority=_authority(), qr=_qr_of(address), address=address)


@blueprint.get("/authority.crt")
@open_to_all
def authority() -> Response:
    """Give the certificate of the authority as Android and Windows install it; its key stays here."""
    found = _authority()
    if found is None:
        raise NotFound(NONE_YET)
    headers = {"Content-Disposition": 'attachment; filename="inspect-authority.crt"'}
    return Response(found.der, mimetype=CERTIFICATE, headers=headers)


@blueprint.get("/check")
@open_to_all
def check() -> str:
    """Tell in words what works on this tablet; the page finds out by itself, and works over plain HTTP too."""
    return render_template("tablet/check.html")


def _authority() -> Identity | None:
    return TlsFolder.below(Path(current_app.config["DATA_DIR"])).read("authority")


def address_of(endpoint: str) -> str:
    """Return where a page is reached from a tablet: as set for links in mails, else as this request was asked for."""
    return str(current_app.config["PUBLIC_URL"] or request.host_url).rstrip("/") + url_for(endpoint)


def _qr_of(address: str) -> str:
    return segno.make(address, micro=False).svg_data_uri(scale=QR_SCALE, dark="#17242f")
