"""Makes a Chromium on Linux trust an authority, as installing its certificate on a tablet does."""

import ctypes
import ctypes.util
from pathlib import Path

TRUSTED_CA = 1 << 4  # CERTDB_TRUSTED_CA
VALID_CA = 1 << 3  # CERTDB_VALID_CA


class _Trust(ctypes.Structure):
    """CERTCertTrust: what is trusted for connections, mail and programs."""

    _fields_ = (("connections", ctypes.c_uint), ("mail", ctypes.c_uint), ("programs", ctypes.c_uint))


class _Item(ctypes.Structure):
    """SECItem: bytes and how many."""

    _fields_ = (("kind", ctypes.c_uint), ("data", ctypes.c_char_p), ("length", ctypes.c_uint))


def trust(home: Path, certificate: bytes) -> None:
    """Enter a certificate (DER) as a trusted authority into the database that browsers of this home folder read."""
    folder = home / ".pki" / "nssdb"
    folder.mkdir(parents=True)
    nss = ctypes.CDLL(ctypes.util.find_library("nss3"))
    for name in ("PK11_GetInternalKeySlot", "CERT_NewTempCertificate", "CERT_GetDefaultCertDB"):
        getattr(nss, name).restype = ctypes.c_void_p
    assert nss.NSS_InitReadWrite(f"sql:{folder}".encode()) == 0
    slot = ctypes.c_void_p(nss.PK11_GetInternalKeySlot())
    assert nss.PK11_InitPin(slot, None, b"") == 0
    store = ctypes.c_void_p(nss.CERT_GetDefaultCertDB())
    item = _Item(0, certificate, len(certificate))
    found = ctypes.c_void_p(nss.CERT_NewTempCertificate(store, ctypes.byref(item), None, 0, 1))
    assert found.value
    assert nss.PK11_ImportCert(slot, found, ctypes.c_ulong(0), b"authority", 0) == 0
    wanted = _Trust(TRUSTED_CA | VALID_CA, 0, 0)
    assert nss.CERT_ChangeCertTrust(store, found, ctypes.byref(wanted)) == 0
    nss.CERT_DestroyCertificate(found)
    nss.PK11_FreeSlot(slot)
    assert nss.NSS_Shutdown() == 0
