"""Tokens of our own: whose keys sign and verify them, and where the keys come from. What is refused: tests/http."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import boto3
import pytest

from chalicelib import config
from chalicelib.aws import secrets as stored_secrets
from chalicelib.config import parse_keys
from chalicelib.errors import Busy, ConfigurationError, Unauthenticated
from chalicelib.identity import tokens
from chalicelib.identity.tokens import Bearer, Scope, Tokens
from tests.logs import logged
from tests.servers import listening, url_of

OLD, NEW = f"old:{'a' * 32}", f"new:{'b' * 32}"
SHOPPER = Bearer("4e1b7a0e-0f0c-4a52-8f59-4a1f2b6f7a10", Scope.SHOPPER)


def keeper(*keys: str) -> Tokens:
    """Return who signs with the first of these keys."""
    return Tokens(parse_keys(",".join(keys)))


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def issued_by(signer: Tokens) -> str:
    return signer.issue(SHOPPER, now(), 60)


def part(token: str, index: int) -> Any:
    text = token.split(".")[index]
    return json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))


@pytest.mark.parametrize("bearer", [SHOPPER, Bearer("an admin's name", Scope.ADMIN)])
def test_a_token_names_the_bearer_it_was_issued_to(bearer: Bearer) -> None:
    assert keeper(OLD).verify(keeper(OLD).issue(bearer, now(), 60)) == bearer


def test_a_token_has_the_required_claims_and_no_more() -> None:
    issued_at = now()
    token = keeper(NEW, OLD).issue(SHOPPER, issued_at, 60)
    assert part(token, 0) == {"alg": "HS256", "kid": "new", "typ": "JWT"}
    times = {"iat": int(issued_at.timestamp()), "exp": int(issued_at.timestamp()) + 60}
    assert part(token, 1) == {
        "iss": "flash-sale",
        "aud": "flash-sale",
        "sub": SHOPPER.subject,
        "scope": "shopper",
        **times,
    }


def test_keys_are_rotated_while_old_tokens_stay_valid() -> None:
    before, added, changed, after = keeper(OLD), keeper(OLD, NEW), keeper(NEW, OLD), keeper(NEW)
    for signer, verifiers in ((before, (before, added, changed)), (changed, (added, changed, after))):
        for verifier in verifiers:
            assert verifier.verify(issued_by(signer)) == SHOPPER
    with pytest.raises(Unauthenticated):
        after.verify(issued_by(before))


def test_a_key_verifies_only_tokens_with_its_id() -> None:
    with pytest.raises(Unauthenticated):
        keeper(f"new:{'a' * 32}").verify(issued_by(keeper(OLD)))


def test_a_token_issued_by_a_clock_that_is_ahead_is_accepted() -> None:
    assert keeper(OLD).verify(keeper(OLD).issue(SHOPPER, now() + timedelta(minutes=10), 60)) == SHOPPER


def test_an_expired_token_is_refused() -> None:
    with pytest.raises(Unauthenticated):
        keeper(OLD).verify(keeper(OLD).issue(SHOPPER, now() - timedelta(seconds=61), 60))


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Give a client of a Secrets Manager in this process, and settings that name a secret of it."""
    from moto import mock_aws

    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", boto3.Session())
        client = boto3.client("secretsmanager")
        arn = client.create_secret(Name="flash-sale-tokens", SecretString=OLD)["ARN"]
        settings = {"DATABASE_URL": "postgresql://db", "EXPIRY_QUEUE_URL": "http://q", "TOKEN_KEYS_SECRET_ARN": arn}
        monkeypatch.setattr(config, "load", lambda: config.parse(settings))
        monkeypatch.setattr(tokens, "current", cache(tokens.current.__wrapped__))
        yield client


def test_the_keys_can_lie_in_secrets_manager_and_are_read_once(secret: Any) -> None:
    assert tokens.current().verify(issued_by(keeper(OLD))) == SHOPPER
    secret.delete_secret(SecretId="flash-sale-tokens", ForceDeleteWithoutRecovery=True)  # noqa: S106 - a name
    assert tokens.current().verify(issued_by(keeper(OLD))) == SHOPPER


@pytest.mark.parametrize("text", ["hunter2", "old:hunter2", "x"])
def test_a_secret_that_holds_no_keys_is_named_and_not_shown(secret: Any, text: str) -> None:
    secret.put_secret_value(SecretId="flash-sale-tokens", SecretString=text)  # noqa: S106 - a name
    with pytest.raises(ConfigurationError, match=r"^TOKEN_KEYS_SECRET_ARN: the secret ") as raised:
        tokens.current()
    assert "hunter2" not in str(raised.value)


@pytest.mark.usefixtures("secret")
def test_a_secret_that_can_not_be_read_is_read_again_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, logged() as lines:
        patch.setattr(boto3, "DEFAULT_SESSION", boto3.Session(region_name="eu-west-1"))  # where it is not
        with pytest.raises(Busy):
            tokens.current()
    assert lines.about("secret not readable")["reason"] == "ResourceNotFoundException"
    assert tokens.current().verify(issued_by(keeper(OLD))) == SHOPPER


def test_a_secrets_manager_that_never_answers_is_waited_for_briefly(aws_settings: pytest.MonkeyPatch) -> None:
    aws_settings.setattr(stored_secrets, "READ_TIMEOUT_SECONDS", 0.1)
    with listening() as server, logged():
        aws_settings.setenv("AWS_ENDPOINT_URL", url_of(server))
        with pytest.raises(Busy):
            stored_secrets.read("arn:aws:secretsmanager:us-east-1:123456789012:secret:x")
