"""A database or a LocalStack that the user has given is tried before anything is started."""

import pytest

from infra.local import given
from infra.local.ports import free_port
from infra.local.settings import read
from infra.problems import PlatformError


def test_a_database_that_cannot_be_reached_is_named_with_its_cause_and_without_its_password() -> None:
    chosen = read({"DATABASE_URL": f"postgresql://me:hunter2@127.0.0.1:{free_port()}/shop"})
    with pytest.raises(PlatformError, match="The database at DATABASE_URL can't be used: .*refused") as caught:
        given.check(chosen)
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_localstack_that_cannot_be_reached_is_named() -> None:
    chosen = read({"AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}"})
    with pytest.raises(PlatformError, match="AWS_ENDPOINT_URL must be the address of a LocalStack"):
        given.check(chosen)


def test_what_answers_is_used(database_url: str) -> None:
    given.check(read({"DATABASE_URL": database_url}))
