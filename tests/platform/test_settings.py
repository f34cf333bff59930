"""The environment of the local platform: what may be chosen, and what is said when it is chosen wrongly."""

import pytest

from infra.local import settings
from infra.local.settings import read
from infra.paths import LOCAL
from infra.problems import PlatformError


def test_nothing_has_to_be_set() -> None:
    chosen = read({})
    assert chosen.port == 3000
    assert chosen.database_url is None
    assert chosen.aws_endpoint_url is None
    assert chosen.run_directory == LOCAL
    assert chosen.service == {"ALLOW_ANONYMOUS": "true"}


def test_the_service_s_own_variables_are_passed_on_as_they_are() -> None:
    chosen = read({"HOLD_SECONDS": "5", "LOG_LEVEL": "DEBUG", "HOME": "/somewhere"})
    assert chosen.service["HOLD_SECONDS"] == "5"
    assert chosen.service["LOG_LEVEL"] == "DEBUG"
    assert "HOME" not in chosen.service


def test_the_addresses_that_the_platform_finds_are_not_passed_on() -> None:
    elsewhere = {"DATABASE_URL": "postgresql://elsewhere", "EXPIRY_QUEUE_URL": "http://elsewhere"}
    assert read(elsewhere).service == read({}).service


def test_an_identity_provider_is_passed_on() -> None:
    provider = {"JWT_ISSUER": "x", "JWKS_URL": "https://id.example.com/keys", "JWT_AUDIENCE": "shop"}
    given = {**provider, "TOKEN_KEYS": f"given:{'g' * 32}"}
    assert read(given).service.items() >= given.items()


def test_without_any_choice_the_service_is_as_it_is_by_itself_save_for_anonymous_shoppers() -> None:
    assert settings.parsed(read({}).service) == settings.parsed({}).model_copy(update={"allow_anonymous": True})


def test_an_empty_variable_counts_as_not_set() -> None:
    chosen = read({"PORT": "", "DATABASE_URL": "", "HOLD_SECONDS": ""})
    assert (chosen.port, chosen.database_url) == (3000, None)
    assert "HOLD_SECONDS" not in chosen.service


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("PORT", value) for value in ("0", "65536", "-1", "80.0", "http", "３０００", "1" * 5000)),
        *((name, "mysql://somewhere") for name in ("DATABASE_URL", "FUNCTIONS_DATABASE_URL")),
        ("AWS_ENDPOINT_URL", "localhost:4566"),
        *(("HOLD_SECONDS", value) for value in ("0", "43201", "two")),
        *(("SWEEP_INTERVAL_SECONDS", value) for value in ("40", "61")),
        ("CORS_ORIGIN", "https://a.example,https://b.example"),
        ("LOG_LEVEL", "LOUD"),
        ("MAX_ACTIVE_HOLDS", "0"),
        ("MAX_WAITERS_PER_PRODUCT", "0"),
        ("OFFER_SECONDS", "43201"),
        ("TRUSTED_PROXIES", "-1"),
        ("TOKEN_KEYS", "given:secret"),
    ],
)
def test_a_wrong_value_is_one_sentence_with_the_variable_s_name(name: str, value: str) -> None:
    with pytest.raises(PlatformError) as caught:
        read({name: value})
    sentence = str(caught.value)
    assert sentence.startswith(name)
    assert "\n" not in sentence
    assert len(sentence) < 300


@pytest.mark.parametrize(
    ("name", "value"), [("DATABASE_URL", "mysql://someone:hunter2@somewhere"), ("TOKEN_KEYS", "given:hunter2")]
)
def test_a_password_is_not_repeated(name: str, value: str) -> None:
    with pytest.raises(PlatformError) as caught:
        read({name: value})
    assert "hunter2" not in str(caught.value)


def test_a_redeploy_keeps_the_variables_of_the_run_save_those_given_anew() -> None:
    earlier = {"HOLD_SECONDS": "5", "LOG_LEVEL": "DEBUG"}
    assert read({"LOG_LEVEL": "ERROR"}).service_beside(earlier) == {"HOLD_SECONDS": "5", "LOG_LEVEL": "ERROR"}
