"""Calls of LocalStack read nothing of a real AWS account."""

from pathlib import Path

import pytest

from infra import emulated_aws


def test_a_profile_of_the_user_is_not_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("[default]\nregion = eu-central-1\nservices = none-of-this-name\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    emulated_aws.session.cache_clear()
    client = emulated_aws.client("sqs", "http://127.0.0.1:9")
    assert (client.meta.endpoint_url, client.meta.region_name) == ("http://127.0.0.1:9", emulated_aws.REGION)


def test_a_program_is_given_nothing_of_a_real_account() -> None:
    given = {"PATH": "/bin", "AWS_PROFILE": "production", "AWS_SESSION_TOKEN": "secret", "AWS_ACCESS_KEY_ID": "real"}
    assert emulated_aws.environment(given) == {"PATH": "/bin", **emulated_aws.VARIABLES}
