"""TLS to the database as in AWS (`sslmode=verify-full`): no connection but to the right server."""

import datetime
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from psycopg.conninfo import conninfo_to_dict

from chalicelib.db import connection as database

ADDRESS = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])


@dataclass(frozen=True)
class Authority:
    """Who signs certificates."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def authority(name: str) -> Authority:
    """Make an authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = _builder(subject, subject, key).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    return Authority(key, builder.sign(key, hashes.SHA256()))


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
    )


@pytest.fixture(scope="module")
def right() -> Authority:
    return authority("right")


@pytest.fixture(scope="module")
def server(postgres: str, right: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Put TLS before the server, whose build has none, with a certificate for 127.0.0.1 by the right authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "database")])
    builder = _builder(subject, right.certificate.subject, key).add_extension(ADDRESS, critical=False)
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + builder.sign(right.key, hashes.SHA256()).public_bytes(Encoding.PEM)
    )
    parts = conninfo_to_dict(postgres)
    arguments = [sys.executable, "-m", "tests.tls_front", file, str(parts["host"]), str(parts["port"])]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as front:
        assert front.stdout is not None
        port = int(front.stdout.readline())
        yield postgres.replace(f":{parts['port']}/", f":{port}/")
        front.kill()


def verifying(url: str, trusted: bytes, tmp_path: Path) -> str:
    """Return the URL as in AWS, with the authority that is trusted."""
    roots = tmp_path / "roots.pem"
    roots.write_bytes(trusted)
    return f"{url}{'&' if '?' in url else '?'}sslmode=verify-full&sslrootcert={roots}"


def test_the_right_server_is_connected_to_over_tls(server: str, right: Authority, tmp_path: Path) -> None:
    with database.connect(verifying(server, right.pem, tmp_path)) as own:
        assert own.pgconn.ssl_in_use
        assert own.execute("SELECT 1").fetchone() == (1,)


def test_a_server_of_another_authority_is_refused(server: str, tmp_path: Path) -> None:
    with pytest.raises(psycopg.OperationalError, match="certificate verify failed"):
        database.connect(verifying(server, authority("another").pem, tmp_path))


def test_a_server_of_another_name_is_refused(server: str, right: Authority, tmp_path: Path) -> None:
    with pytest.raises(psycopg.OperationalError, match="does not match host name"):
        database.connect(verifying(server.replace("127.0.0.1", "localhost"), right.pem, tmp_path))


def test_a_server_without_tls_is_refused(postgres: str, right: Authority, tmp_path: Path) -> None:
    with pytest.raises(psycopg.OperationalError, match="does not support SSL"):
        database.connect(verifying(postgres, right.pem, tmp_path))
