"""An authority of the office's own and the server certificate it issues.

The authority can speak for addresses inside networks and for the names it was made for, and for nothing else: whoever
stole its key could not pose as a bank before the tablets that trust it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_network

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from inspect_app.core.errors import DomainError
from inspect_app.tablet.tls.hosts import Address, Hosts, Network, network_of

# addresses reachable from inside an office only (RFC 1918, RFC 4193, loopback), and names that no public site has
PRIVATE = tuple(
    ip_network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128")
)
INNER_NAMES = ("internal", "lan", "local", "home.arpa")
AUTHORITY_DAYS = 3650
SERVER_DAYS = 820  # some systems refuse what is valid for longer than 825 days
SLOW_CLOCK = timedelta(days=7)  # a tablet whose clock is behind must not find the certificate too young
NAME_LENGTH = 64


@dataclass(frozen=True)
class Identity:
    """A certificate and its key; None when the key is kept elsewhere."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | None

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the certificate as people compare it: AB:CD:…."""
        return sha256(self.der).digest().hex(":").upper()

    @property
    def der(self) -> bytes:
        """Return the certificate as Android and Windows install it."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def name(self) -> str:
        """Return the name under which a tablet lists it."""
        return str(self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)

    @property
    def until(self) -> datetime:
        """Return the instant after which it is void."""
        return self.certificate.not_valid_after_utc

    @property
    def hosts(self) -> Hosts:
        """Return what it was issued for; only a server certificate has this."""
        names = self.certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return Hosts(
            tuple(names.get_values_for_type(x509.DNSName)),
            tuple(each for each in names.get_values_for_type(x509.IPAddress) if isinstance(each, Address)),
        )


def make_authority(office: str, hosts: Hosts, at: datetime) -> Identity:
    """Make an authority that may issue for these hosts, names below them, and whatever is private."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named(f"{office} 内网根证书 {at:%Y-%m}"[:NAME_LENGTH])
    limits = x509.NameConstraints(_subtrees(hosts), None)
    made = (
        _builder(name, name, key.public_key(), at, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(for_signing=True), critical=True)
        .add_extension(limits, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    return Identity(made, key)


def issue(authority: Identity, hosts: Hosts, at: datetime) -> Identity:
    """Issue a server certificate with a key of its own.

    Raises DomainError when the authority may not speak for one of the hosts, or when its key is not at hand.
    """
    if authority.key is None:
        raise DomainError("签发服务器证书需要根证书的私钥 authority.key。请把保管在别处的私钥放回原处后再执行一次。")
    if beyond := [*_names_beyond(authority, hosts), *_addresses_beyond(authority, hosts)]:
        raise DomainError(
            "现有根证书不能用于 %(beyond)s。需要换新的根证书：加上 --anew 重新执行，之后每台平板都要重新安装证书。",
            beyond="、".join(beyond),
        )
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    subject = _named(hosts.first[:NAME_LENGTH])
    made = (
        _builder(subject, authority.certificate.subject, key.public_key(), at, SERVER_DAYS, authority.until)
        .add_extension(x509.SubjectAlternativeName(_general_names(hosts)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(for_signing=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(issuer, critical=False)
        .sign(authority.key, SHA256())
    )
    return Identity(made, key)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    at: datetime,
    days: int,
    latest: datetime | None = None,
) -> x509.CertificateBuilder:
    until = at + timedelta(days=days)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - SLOW_CLOCK)
        .not_valid_after(min(until, latest) if latest else until)
    )


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(*, for_signing: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not for_signing,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=for_signing,
        crl_sign=for_signing,
        encipher_only=False,
        decipher_only=False,
    )


def _general_names(hosts: Hosts) -> list[x509.GeneralName]:
    return [*(x509.DNSName(name) for name in hosts.names), *(x509.IPAddress(each) for each in hosts.addresses)]


def _subtrees(hosts: Hosts) -> list[x509.GeneralName]:
    outside = [network_of(each) for each in hosts.addresses if not any(each in network for network in PRIVATE)]
    names = dict.fromkeys([*hosts.names, *INNER_NAMES])
    return [*(x509.DNSName(name) for name in names), *(x509.IPAddress(each) for each in (*PRIVATE, *outside))]


def _permitted(authority: Identity) -> list[x509.GeneralName]:
    limits = authority.certificate.extensions.get_extension_for_class(x509.NameConstraints).value
    return list(limits.permitted_subtrees or ())


def _names_beyond(authority: Identity, hosts: Hosts) -> list[str]:
    allowed = [each.value for each in _permitted(authority) if isinstance(each, x509.DNSName)]
    return [name for name in hosts.names if not any(name == one or name.endswith(f".{one}") for one in allowed)]


def _addresses_beyond(authority: Identity, hosts: Hosts) -> list[str]:
    allowed = [
        each.value
        for each in _permitted(authority)
        if isinstance(each, x509.IPAddress) and isinstance(each.value, Network)
    ]
    return [str(each) for each in hosts.addresses if not any(each in network for network in allowed)]
