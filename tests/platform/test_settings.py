"""The environment of the local platform: what may be chosen, and what is said when it is chosen wrongly."""

import pytest

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
    ],
)
def test_a_wrong_value_is_one_sentence_with_the_variable_s_name(name: str, value: str) -> None:
    with pytest.raises(PlatformError) as caught:
        read({name: value})
    sentence = str(caught.value)
    assert sentence.startswith(name)
    assert "\n" not in sentence
    assert len(sentence) < 300


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(PlatformError) as caught:
        read({"DATABASE_URL": "mysql://someone:secret@somewhere"})
    assert "secret" not in str(caught.value)


def test_a_redeploy_keeps_the_variables_of_the_run_save_those_given_anew() -> None:
    earlier = {"HOLD_SECONDS": "5", "LOG_LEVEL": "DEBUG"}
    assert read({"LOG_LEVEL": "ERROR"}).service_beside(earlier) == {"HOLD_SECONDS": "5", "LOG_LEVEL": "ERROR"}
