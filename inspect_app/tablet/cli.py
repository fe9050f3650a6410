"""`flask tls`: certificates for an intranet; `flask tablet`: what tablets left behind."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from inspect_app.access.actor import SYSTEM
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.tablet import clearing
from inspect_app.tablet.tls import service
from inspect_app.tablet.tls.folder import TlsFolder

group = AppGroup("tls", help="内网 HTTPS：自建根证书和服务器证书，平板离线使用需要它。")
tablet = AppGroup("tablet", help="外业平板。")
commands = (group, tablet)
NEXT = """
接下来：
1. 让网页服务使用这张证书（二选一，样例见 deploy/）：
   nginx     ssl_certificate     {server};
             ssl_certificate_key {key};
   gunicorn  --bind 0.0.0.0:8443 --certfile {server} --keyfile {key}
   waitress 不支持 HTTPS，前面须有 nginx 等反向代理。
2. 在 .env 中设置 FLASK_SESSION_COOKIE_SECURE=true 和 FLASK_PUBLIC_URL=https://{host}，然后重启服务。
3. 每台平板打开 https://{host}/tablet/install（首次会提示不安全，选“继续访问”；
   或 http://{host}/tablet/install），按图安装根证书，再打开 /tablet/check 自检。
   安装前请核对根证书指纹与上面一致。
4. 把 {authority_key} 复制到离线介质妥善保管，
   再从服务器上删除：它只在换发服务器证书时需要。"""


@group.command("make", help="制作根证书（首次）和服务器证书；到期前再执行一次即换发服务器证书，平板无需重装。")
@click.option("--host", "hosts", multiple=True, help="平板访问服务器用的域名或 IP 地址，可写多个；换发时可不写。")
@click.option("--office", default="防震减灾督导检查系统", show_default=True, help="单位名称，显示在平板的证书列表里。")
@click.option("--anew", is_flag=True, help="换新的根证书；每台平板都要重新安装。")
@with_appcontext
def make(hosts: tuple[str, ...], office: str, anew: bool) -> None:  # noqa: FBT001 - an option
    """Make the certificates and say what to do with them."""
    folder = TlsFolder.below(Path(current_app.config["DATA_DIR"]))
    with transaction():
        pair = service.make(db.session(), SYSTEM, folder, office, hosts, anew=anew)
    _tell(pair)
    click.echo(
        NEXT.format(
            server=folder.certificate_of("server"),
            key=folder.key_of("server"),
            authority_key=folder.key_of("authority"),
            host=pair.server.hosts.first,
        )
    )


@group.command("show", help="显示证书的用途、指纹和有效期；没有证书、已过期或 60 天内到期时退出码为 1。")
@with_appcontext
def show() -> None:
    """Show what is there, and exit 1 when it needs attention."""
    pair = service.present(TlsFolder.below(Path(current_app.config["DATA_DIR"])))
    if pair is None:
        click.echo("还没有证书。请执行 flask tls make --host 服务器的域名或地址。")
        raise SystemExit(1)
    _tell(pair)
    days = pair.days_left(clock.now())
    if days < service.SOON_DAYS:
        click.echo("服务器证书已过期。" if days < 0 else f"服务器证书还有 {days} 天到期。")
        click.echo("请执行 flask tls make 换发，然后重启网页服务。")
        raise SystemExit(1)


@tablet.command("clear", help="清理平板开始上传却长期没有传完的文件，每件记入审计；已接收的不受影响。可重复执行。")
@with_appcontext
def clear() -> None:
    """Remove uploads that were given up."""
    cleared = clearing.clear(current_app.config["TABLET_UPLOAD_DAYS"])
    click.echo(f"已清理未传完的文件 {cleared.uploads} 件，残留文件 {cleared.files} 件。")


def _tell(pair: service.Pair) -> None:
    click.echo(f"根证书：{pair.authority.name}，有效至 {clock.local(pair.authority.until):%Y-%m-%d}")
    click.echo(f"根证书指纹（SHA-256）：{pair.authority.fingerprint}")
    click.echo(f"服务器证书：{pair.server.hosts}，有效至 {clock.local(pair.server.until):%Y-%m-%d}")
