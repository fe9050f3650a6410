import stat
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.core.errors import DomainError
from inspect_app.tablet.tls import service
from inspect_app.tablet.tls.folder import TlsFolder


@pytest.fixture
def folder(tmp_path: Path) -> TlsFolder:
    return TlsFolder.below(tmp_path)


def make(session: Session, folder: TlsFolder, *hosts: str, anew: bool = False) -> service.Pair:
    with transaction():
        return service.make(session, SYSTEM, folder, "乌苏市", hosts, anew=anew)


def test_the_keys_are_for_the_service_alone(session: Session, folder: TlsFolder) -> None:
    make(session, folder, "10.1.2.3")
    for who in ("authority", "server"):
        assert stat.S_IMODE(folder.key_of(who).stat().st_mode) == 0o600
    assert len(list(folder.root.iterdir())) == 4


def test_renewing_keeps_the_authority_and_the_hosts(session: Session, folder: TlsFolder) -> None:
    first = make(session, folder, "10.1.2.3", "inspect.lan")
    second = make(session, folder)
    assert second.authority.fingerprint == first.authority.fingerprint
    assert second.server.fingerprint != first.server.fingerprint
    assert second.server.hosts == first.server.hosts
    present = service.present(folder)
    assert present
    assert present.server.fingerprint == second.server.fingerprint


def test_a_new_authority_is_made_only_when_asked_for(session: Session, folder: TlsFolder) -> None:
    first = make(session, folder, "10.1.2.3")
    assert make(session, folder, anew=True).authority.fingerprint != first.authority.fingerprint


def test_each_issue_stands_in_the_trail(session: Session, folder: TlsFolder) -> None:
    pair = make(session, folder, "10.1.2.3")
    make(session, folder)
    rows = session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "tls").order_by(AuditEntry.id)).all()
    assert [row.action for row in rows] == ["tls.make", "tls.renew"]
    assert rows[0].changes["authority"] == [None, pair.authority.fingerprint]


def test_without_a_certificate_the_hosts_must_be_named(session: Session, folder: TlsFolder) -> None:
    with pytest.raises(DomainError, match="--host"):
        make(session, folder)
    assert service.present(folder) is None


def test_a_key_taken_elsewhere_stops_the_renewal_and_changes_nothing(session: Session, folder: TlsFolder) -> None:
    make(session, folder, "10.1.2.3")
    folder.key_of("authority").unlink()
    before = folder.certificate_of("server").read_bytes()
    with pytest.raises(DomainError, match=r"authority\.key"):
        make(session, folder)
    assert folder.certificate_of("server").read_bytes() == before


def test_a_damaged_certificate_is_named(folder: TlsFolder) -> None:
    folder.root.mkdir()
    folder.certificate_of("server").write_text("no certificate")
    with pytest.raises(DomainError, match=r"server\.crt 已损坏"):
        folder.read("server")
