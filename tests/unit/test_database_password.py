"""Passwords that stand in no configuration: tokens signed by IAM, and the secret that RDS keeps for the owner."""

import json
from urllib.parse import parse_qs, urlsplit

import boto3
import botocore.auth
import pytest

from chalicelib import config
from chalicelib.aws import database_password, secrets
from chalicelib.errors import ConfigurationError

URL = "postgresql://flash_sale_app@proxy.example.eu-west-1.rds.amazonaws.com:5432/flash_sale"
ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1"
SETTINGS = {"DATABASE_URL": URL, "EXPIRY_QUEUE_URL": "http://q", "TOKEN_KEYS": f"any:{'-' * 32}"}


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the credentials that Lambda gives a function."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-example")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "session-of-the-example")


@pytest.mark.usefixtures("credentials")
def test_a_token_is_a_signed_request_to_connect_as_the_urls_user() -> None:
    token = database_password.iam_token(URL, "eu-west-1")
    request = urlsplit(f"https://{token}")
    query = {name: value for name, (value,) in parse_qs(request.query).items()}
    assert request.netloc == "proxy.example.eu-west-1.rds.amazonaws.com:5432"
    assert (query["Action"], query["DBUser"], query["X-Amz-Expires"]) == ("connect", "flash_sale_app", "900")
    assert query["X-Amz-Credential"].endswith("/eu-west-1/rds-db/aws4_request")
    assert query["X-Amz-Security-Token"] == "session-of-the-example"  # noqa: S105 - of this test
    assert "secret-of-the-example" not in token


@pytest.mark.usefixtures("credentials")
def test_the_token_is_the_one_that_boto3_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = botocore.auth.get_current_datetime()
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: moment)
    client = boto3.Session().client("rds", region_name="eu-west-1")
    wanted = client.generate_db_auth_token(urlsplit(URL).hostname, 5432, "flash_sale_app")
    assert database_password.iam_token(URL, "eu-west-1") == wanted


def test_without_credentials_the_error_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    with pytest.raises(ConfigurationError, match="^DATABASE_AUTH: "):
        database_password.iam_token(URL, "eu-west-1")


def test_the_owners_password_is_read_from_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "read", {ARN: json.dumps({"username": "owner", "password": "hunter2"})}.__getitem__)
    settings = config.parse({**SETTINGS, "DATABASE_AUTH": "secret", "DATABASE_SECRET_ARN": ARN})
    password = database_password.source(settings)
    assert password
    assert password() == "hunter2"


@pytest.mark.parametrize("text", ["", "{}", "[]", "hunter2"])
def test_a_secret_without_a_password_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(secrets, "read", lambda _: text)
    with pytest.raises(ConfigurationError, match="^DATABASE_SECRET_ARN: ") as raised:
        database_password.owner_password(ARN)
    assert "hunter2" not in str(raised.value)


def test_with_a_password_in_the_url_nothing_else_is_asked() -> None:
    assert database_password.source(config.parse(SETTINGS)) is None


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"DATABASE_AUTH": "iam"}, "AWS_REGION"),
        ({"DATABASE_AUTH": "secret"}, "DATABASE_SECRET_ARN"),
        ({"DATABASE_AUTH": "kerberos"}, "DATABASE_AUTH"),
    ],
)
def test_a_missing_setting_of_a_kind_of_password_is_named_at_start(given: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{named}: "):
        config.parse({**SETTINGS, **given})
