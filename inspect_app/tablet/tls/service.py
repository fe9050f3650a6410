"""Makes what HTTPS needs, and tells how long it lasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.errors import DomainError
from inspect_app.tablet.tls.authority import Identity, issue, make_authority
from inspect_app.tablet.tls.folder import TlsFolder
from inspect_app.tablet.tls.hosts import Hosts, read_hosts

SOON_DAYS = 60


@dataclass(frozen=True)
class Pair:
    """The authority that tablets trust and the server certificate that it issued."""

    authority: Identity
    server: Identity

    def days_left(self, at: datetime) -> int:
        """Return for how many whole days the server certificate still holds; negative when it has lapsed."""
        return (self.server.until - at).days


def make(session: Session, actor: Actor, folder: TlsFolder, office: str, hosts: Sequence[str], *, anew: bool) -> Pair:
    """Issue a server certificate, by the authority that is there or by a new one when there is none or `anew`.

    Without `hosts` it is issued for those of the present certificate. Raises DomainError for hosts that are none, for a
    missing key of the authority, and for hosts beyond what the authority may speak for.
    """
    at = clock.now()
    wanted = _wanted(folder, hosts)
    old = None if anew else folder.read("authority")
    authority = old or make_authority(office, wanted, at)
    pair = Pair(authority, issue(authority, wanted, at))
    changes = {"hosts": [None, str(wanted)], "authority": [None, authority.fingerprint]}
    record(session, actor, "tls.renew" if old else "tls.make", kind="tls", id=None, changes=changes)
    if old is None:
        folder.write("authority", authority)
    folder.write("server", pair.server)
    return pair


def present(folder: TlsFolder) -> Pair | None:
    """Return what was made; None when there is no certificate yet."""
    authority, server = folder.read("authority"), folder.read("server")
    return Pair(authority, server) if authority and server else None


def _wanted(folder: TlsFolder, hosts: Sequence[str]) -> Hosts:
    if hosts:
        return read_hosts(hosts)
    if (server := folder.read("server")) is None:
        raise DomainError("还没有服务器证书。请写明平板访问服务器用的域名或地址，例如 --host 10.20.30.40。")
    return server.hosts
