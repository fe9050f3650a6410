"""The certificates, judged by a strict verifier and by two ends of a real connection."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from inspect_app.core.errors import DomainError
from inspect_app.tablet.tls.authority import Identity, issue, make_authority
from inspect_app.tablet.tls.folder import TlsFolder
from inspect_app.tablet.tls.hosts import read_hosts

AT = datetime(2026, 6, 15, 2, tzinfo=UTC)
HOSTS = read_hosts(["inspect.example", "127.0.0.1", "10.20.30.40"])


@pytest.fixture(scope="module")
def authority() -> Identity:
    return make_authority("乌苏市防震减灾中心", HOSTS, AT)


def verified(authority: Identity, server: Identity, host: x509.DNSName | x509.IPAddress, at: datetime) -> None:
    policy = PolicyBuilder().store(Store([authority.certificate])).time(at)
    policy.build_server_verifier(host).verify(server.certificate, [])


def test_a_strict_verifier_accepts_the_server_at_each_of_its_hosts(authority: Identity) -> None:
    server = issue(authority, HOSTS, AT)
    for host in (x509.DNSName("inspect.example"), x509.IPAddress(ip_address("10.20.30.40"))):
        verified(authority, server, host, AT)


def test_it_refuses_another_host_another_authority_and_a_later_day(authority: Identity) -> None:
    server, here = issue(authority, HOSTS, AT), x509.DNSName("inspect.example")
    stranger = make_authority("乌苏市防震减灾中心", HOSTS, AT)
    with pytest.raises(VerificationError):
        verified(authority, server, x509.DNSName("other.example"), AT)
    with pytest.raises(VerificationError):
        verified(stranger, server, here, AT)
    with pytest.raises(VerificationError):
        verified(authority, server, here, AT + timedelta(days=821))


def test_a_tablet_whose_clock_is_six_days_behind_accepts_it(authority: Identity) -> None:
    verified(authority, issue(authority, HOSTS, AT), x509.DNSName("inspect.example"), AT - timedelta(days=6))


def test_the_authority_speaks_for_private_places_and_its_own_names_only(authority: Identity) -> None:
    issue(authority, read_hosts(["192.168.7.7", "a.inspect.example", "tablets.lan"]), AT)
    with pytest.raises(DomainError, match=r"bank\.example、9\.9\.9\.9.*--anew"):
        issue(authority, read_hosts(["bank.example", "9.9.9.9", "10.0.0.1"]), AT)


def test_an_address_of_the_government_network_is_allowed_when_the_authority_was_made_for_it() -> None:
    outside = read_hosts(["59.192.3.4"])
    issue(make_authority("乌苏市", outside, AT), outside, AT)


def test_a_forged_certificate_for_a_foreign_name_is_void_before_a_strict_verifier(
    authority: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspect_app.tablet.tls.authority._names_beyond", lambda *_any: [])
    forged = issue(authority, read_hosts(["bank.example"]), AT)
    with pytest.raises(VerificationError):
        verified(authority, forged, x509.DNSName("bank.example"), AT)


def test_no_server_certificate_outlives_its_authority(authority: Identity) -> None:
    late = authority.until - timedelta(days=30)
    assert issue(authority, HOSTS, late).until == authority.until


def test_a_key_kept_elsewhere_is_asked_for(authority: Identity) -> None:
    with pytest.raises(DomainError, match=r"authority\.key"):
        issue(Identity(authority.certificate, None), HOSTS, AT)


def test_two_ends_of_a_connection_agree(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    folder, authority = TlsFolder(tmp_path / "tls"), make_authority("乌苏市", HOSTS, now)
    folder.write("authority", authority)
    folder.write("server", issue(authority, HOSTS, now))
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(folder.certificate_of("server"), folder.key_of("server"))
    outside = ssl.create_default_context(cafile=folder.certificate_of("authority"))
    with socket.create_server(("127.0.0.1", 0)) as door:
        answering = threading.Thread(target=_greet, args=(inside, door))
        answering.start()
        with (
            socket.create_connection(door.getsockname()) as plain,
            outside.wrap_socket(plain, server_hostname="127.0.0.1") as wire,
        ):
            assert wire.recv(5) == b"hello"
        answering.join()


def _greet(context: ssl.SSLContext, door: socket.socket) -> None:
    plain, _where = door.accept()
    with context.wrap_socket(plain, server_side=True) as wire:
        wire.sendall(b"hello")
