"""The configuration of identity: keys from one place, an identity provider in full or not at all."""

import pytest

from chalicelib import config
from chalicelib.errors import ConfigurationError
from tests.unit.test_config import KEYS, NEEDED, SECRET, parsed

ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:flash-sale-tokens-AbCdEf"
PROVIDER = {
    "JWT_ISSUER": "https://id.example.com/pool",
    "JWKS_URL": "https://id.example.com/pool/keys",
    "JWT_AUDIENCE": "shop",
}
WITHOUT_KEYS = {name: value for name, value in NEEDED.items() if name != "TOKEN_KEYS"}


def test_two_keys_are_read_in_order_and_hidden() -> None:
    settings = parsed(TOKEN_KEYS=f"{KEYS}, second:{'é' * 16}:,"[:-1])
    assert settings.token_keys is not None
    kept = [(key_id, secret.get_secret_value()) for key_id, secret in settings.token_keys.items()]
    assert kept == [("first", SECRET), ("second", f"{'é' * 16}:")], "in their order: the first one signs"
    assert SECRET not in f"{settings!r} {settings.model_dump_json()}"


def test_the_keys_come_from_one_place() -> None:
    assert config.parse({**WITHOUT_KEYS, "TOKEN_KEYS_SECRET_ARN": ARN}).token_keys is None
    for given in (WITHOUT_KEYS, {**NEEDED, "TOKEN_KEYS_SECRET_ARN": ARN}):
        with pytest.raises(ConfigurationError, match=r"^TOKEN_KEYS_SECRET_ARN: .*TOKEN_KEYS") as raised:
            config.parse(given)
        assert "hunter2" not in str(raised.value)


def test_a_wrong_address_of_the_keys_is_named() -> None:
    for arn in ("", "hunter2", "arn:aws:sqs:eu-west-1:123456789012:tokens"):
        with pytest.raises(ConfigurationError, match=r"^TOKEN_KEYS_SECRET_ARN: [^;]+$"):
            config.parse({**WITHOUT_KEYS, "TOKEN_KEYS_SECRET_ARN": arn})


def test_an_identity_provider_is_described_in_full() -> None:
    settings = parsed(**PROVIDER)
    assert (settings.jwt_issuer, settings.jwks_url, settings.jwt_audience) == tuple(PROVIDER.values())
    assert parsed(**{**PROVIDER, "JWKS_URL": "http://127.0.0.1:8000/keys"}).jwks_url is not None


def test_an_identity_provider_is_not_described_in_part() -> None:
    for kept in ({name} for name in PROVIDER), (set(PROVIDER) - {name} for name in PROVIDER):
        for names in kept:
            with pytest.raises(ConfigurationError, match=r"^JWT_AUDIENCE: .*JWT_ISSUER, JWKS_URL"):
                parsed(**{name: PROVIDER[name] for name in names})


@pytest.mark.parametrize("name", PROVIDER)
def test_a_wrong_part_of_an_identity_provider_is_named(name: str) -> None:
    no_urls = ("keys", "file:///keys", "https://", "http://id.example.com/keys", "http://localhost.example.com/keys")
    for text in ("", *(no_urls if name == "JWKS_URL" else ())):
        with pytest.raises(ConfigurationError, match=f"^{name}: [^;]+$"):
            parsed(**{**PROVIDER, name: text})
