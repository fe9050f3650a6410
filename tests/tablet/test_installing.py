"""The pages for a tablet that does not trust the server yet."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture
def fingerprint(app: Flask) -> str:
    told = app.test_cli_runner().invoke(args=["tls", "make", "--host", "10.20.30.40", "--office", "乌苏市"])
    return next(line for line in told.output.splitlines() if "指纹" in line).partition("：")[2]


def test_without_a_certificate_the_page_says_what_to_do(client: FlaskClient) -> None:
    page = client.get("/tablet/install").text
    assert "flask tls make" in page
    assert "authority.crt" not in page
    refused = client.get("/tablet/authority.crt")
    assert refused.status_code == 404
    assert "flask tls make" in refused.text


def test_anybody_may_fetch_the_certificate_whose_fingerprint_the_page_and_the_command_show(
    client: FlaskClient, fingerprint: str
) -> None:
    answer = client.get("/tablet/authority.crt")
    assert answer.mimetype == "application/x-x509-ca-cert"
    assert "attachment" in answer.headers["Content-Disposition"]
    found = x509.load_der_x509_certificate(answer.data)
    assert found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    digest = found.fingerprint(SHA256()).hex(":").upper()
    assert digest == fingerprint
    page = client.get("/tablet/install").text
    for start in range(0, len(fingerprint), 12):
        assert fingerprint[start : start + 11].replace(":", " ") in page


def test_no_key_is_ever_given_away(client: FlaskClient, fingerprint: str) -> None:
    assert fingerprint
    for address in ("/tablet/authority.crt", "/tablet/install", "/tablet/check"):
        assert "PRIVATE KEY" not in client.get(address).get_data(as_text=False).decode("latin-1")
    assert client.get("/tablet/authority.key").status_code == 404


def test_the_code_to_scan_leads_to_the_public_address(app: Flask, client: FlaskClient, fingerprint: str) -> None:
    assert fingerprint
    app.config["PUBLIC_URL"] = "https://inspect.wusu.lan/"
    assert "https://inspect.wusu.lan/tablet/install" in client.get("/tablet/install").text


def test_the_self_check_needs_no_account(client: FlaskClient) -> None:
    page = client.get("/tablet/check").text
    for code in ("server", "secure", "trusted", "keeping", "encryption", "lasting", "camera", "place", "clock"):
        assert f'data-check="{code}"' in page
