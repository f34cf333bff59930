"""The environment of the local platform: what may be chosen, and what is said when it is chosen wrongly."""

import pytest

from chalicelib import config
from infra.local import settings
from infra.local.paths import LOCAL
from infra.local.problems import PlatformError
from infra.local.settings import read


def test_nothing_has_to_be_set() -> None:
    chosen = read({})
    assert chosen.port == 3000
    assert chosen.database_url is None
    assert chosen.aws_endpoint_url is None
    assert chosen.run_directory == LOCAL
    assert chosen.service["HOLD_SECONDS"] == "120"
    assert chosen.service["ALLOW_ANONYMOUS"] == "true"


def test_the_service_s_own_variables_are_passed_on_as_they_are() -> None:
    chosen = read({"HOLD_SECONDS": "5", "LOG_LEVEL": "DEBUG", "HOME": "/somewhere"})
    assert chosen.service["HOLD_SECONDS"] == "5"
    assert chosen.service["LOG_LEVEL"] == "DEBUG"
    assert "HOME" not in chosen.service


def test_every_variable_of_the_service_can_be_chosen() -> None:
    elsewhere = {"DATABASE_URL", "EXPIRY_QUEUE_URL", "TOKEN_KEYS_SECRET_ARN"}  # where things are is found out
    choices = {name.upper() for name in config.Config.model_fields} - elsewhere
    assert {*settings.SERVICE_DEFAULTS, *settings.SERVICE_OPTIONS} == choices


def test_what_may_be_absent_is_passed_on_only_if_it_is_given() -> None:
    assert not {*settings.SERVICE_OPTIONS} & read({"JWKS_URL": ""}).service.keys()
    provider = {"JWT_ISSUER": "x", "JWKS_URL": "https://id.example.com/keys", "JWT_AUDIENCE": "shop"}
    given = {**provider, "TOKEN_KEYS": f"given:{'g' * 32}"}
    assert read(given).service.items() >= given.items()


def test_without_any_choice_the_service_is_as_it_is_by_itself_save_for_anonymous_shoppers() -> None:
    by_itself = config.parse(settings.NEEDED)
    assert config.parse({**settings.NEEDED, **read({}).service}) == by_itself.model_copy(
        update={"allow_anonymous": True}
    )


def test_an_empty_variable_counts_as_not_set() -> None:
    chosen = read({"PORT": "", "DATABASE_URL": "", "HOLD_SECONDS": ""})
    assert (chosen.port, chosen.database_url, chosen.service["HOLD_SECONDS"]) == (3000, None, "120")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("PORT", value) for value in ("0", "65536", "-1", "80.0", "http", "３０００", "1" * 5000)),
        *((name, "mysql://somewhere") for name in ("DATABASE_URL", "FUNCTIONS_DATABASE_URL")),
        ("AWS_ENDPOINT_URL", "localhost:4566"),
        *(("HOLD_SECONDS", value) for value in ("0", "43201", "two")),
        ("SWEEP_INTERVAL_SECONDS", "61"),
        ("CORS_ORIGIN", "https://a.example,https://b.example"),
        ("LOG_LEVEL", "LOUD"),
        ("MAX_ACTIVE_HOLDS", "0"),
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
