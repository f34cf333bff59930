"""The root certificates that connections to the database are verified with."""

import ssl
from datetime import UTC, datetime, timedelta

import certifi
import pytest
from cryptography import x509

from infra.paths import ROOT

DIRECTORY = ROOT / "chalicelib" / "db"
pytestmark = pytest.mark.filterwarnings("ignore:Parsed a serial number")  # Starfield's root has the number 0
FILES = ("proxy_roots.pem", "database_roots.pem")


def certificates(name: str) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates((DIRECTORY / name).read_bytes())


@pytest.mark.parametrize("name", FILES)
def test_each_is_a_root_that_lasts_for_years(name: str) -> None:
    soon = datetime.now(UTC) + timedelta(days=730)
    for one in certificates(name):
        one.verify_directly_issued_by(one)
        assert one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        assert one.not_valid_after_utc > soon, one.subject


@pytest.mark.parametrize("name", FILES)
def test_openssl_takes_the_file_as_it_is(name: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(DIRECTORY / name)
    assert len(context.get_ca_certs()) == len(certificates(name))


def test_those_of_the_proxy_are_roots_that_browsers_trust_too() -> None:
    with open(certifi.where(), "rb") as file:
        trusted = set(x509.load_pem_x509_certificates(file.read()))
    assert set(certificates("proxy_roots.pem")) <= trusted


def test_those_of_the_database_are_amazon_s_by_region() -> None:
    names = [one.subject.rfc4514_string() for one in certificates("database_roots.pem")]
    assert all("Amazon RDS" in name and "Amazon Web Services\\, Inc." in name for name in names)
    for region in ("us-east-1", "eu-central-1", "ap-southeast-1"):
        assert any(f"Amazon RDS {region} Root CA RSA2048 G1" in name for name in names)
