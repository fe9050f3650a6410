"""Where certificates and keys lie: `tls/` in the data folder, keys readable by the service account alone."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from inspect_app.core.errors import DomainError
from inspect_app.tablet.tls.authority import Identity

OPEN, CLOSED = 0o644, 0o600


@dataclass(frozen=True)
class TlsFolder:
    """The four files of `root`; none need be there."""

    root: Path

    @classmethod
    def below(cls, data: Path) -> "TlsFolder":
        """Return the folder of this data folder."""
        return cls(data / "tls")

    def certificate_of(self, who: str) -> Path:
        """Where the certificate of the "authority" or the "server" lies."""
        return self.root / f"{who}.crt"

    def key_of(self, who: str) -> Path:
        """Where its key lies, or lay before it was taken elsewhere."""
        return self.root / f"{who}.key"

    def read(self, who: str) -> Identity | None:
        """Return what is there; None without a certificate. Raises DomainError for a damaged file."""
        try:
            certificate = x509.load_pem_x509_certificate(self.certificate_of(who).read_bytes())
            return Identity(certificate, self._key(who))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise DomainError(
                "证书文件 %(path)s 已损坏。请从备份恢复，或加上 --anew 重新制作。", path=self.certificate_of(who)
            ) from error

    def write(self, who: str, identity: Identity) -> None:
        """Keep a certificate and its key; each file is either the old or the new one, never half of it."""
        if identity.key is None:
            msg = "an identity is written when it is made, with its key"
            raise ValueError(msg)
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = identity.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        _replace(self.key_of(who), key, CLOSED)
        _replace(self.certificate_of(who), identity.certificate.public_bytes(Encoding.PEM), OPEN)

    def _key(self, who: str) -> ec.EllipticCurvePrivateKey | None:
        try:
            key = load_pem_private_key(self.key_of(who).read_bytes(), password=None)
        except (FileNotFoundError, PermissionError):
            return None
        return key if isinstance(key, ec.EllipticCurvePrivateKey) else None


def _replace(path: Path, content: bytes, mode: int) -> None:
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
