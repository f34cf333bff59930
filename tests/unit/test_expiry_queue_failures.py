"""A queue that fails: given up soon, logged, and no error for the shopper."""

from uuid import uuid4

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.aws import expiry_queue
from chalicelib.aws.expiry_queue import ExpiryQueue
from tests.logs import logged
from tests.servers import answering, connections_taken, listening, url_of
from tests.unit.conftest import Sqs

pytestmark = pytest.mark.slow

NOT_SENT = "expiry message not sent; the sweep will expire this hold"


def fails_with(queue_url: str) -> str:
    """Send where it fails; return the reason that the log gives."""
    reservation_id = uuid4()
    with logged() as lines:
        assert not ExpiryQueue(queue_url).send_if_possible(reservation_id, 120)
    line = lines.about(NOT_SENT)
    assert (line["level"], line["reservation_id"]) == ("WARNING", str(reservation_id))
    return str(line["reason"])


def test_a_queue_that_does_not_exist_is_logged(sqs: Sqs) -> None:
    assert fails_with(f"{sqs.url}-of-nobody") == "QueueDoesNotExist"


def test_sending_for_a_message_raises_so_that_it_is_received_again(sqs: Sqs) -> None:
    with pytest.raises(ClientError):
        ExpiryQueue(f"{sqs.url}-of-nobody").send(uuid4(), 1)


def test_a_closed_port_is_logged(aws_settings: pytest.MonkeyPatch) -> None:
    with listening() as server:
        url = url_of(server)
    aws_settings.setenv("AWS_ENDPOINT_URL", url)
    assert fails_with(f"{url}/expiry") == "EndpointConnectionError"


def test_a_server_that_never_answers_is_given_up_after_two_connections(aws_settings: pytest.MonkeyPatch) -> None:
    aws_settings.setattr(expiry_queue, "READ_TIMEOUT_SECONDS", 0.1)
    with listening() as server:
        aws_settings.setenv("AWS_ENDPOINT_URL", url_of(server))
        assert fails_with(f"{url_of(server)}/expiry") == "ReadTimeoutError"
        assert connections_taken(server) == 2


def test_after_a_failure_only_one_shopper_in_a_few_seconds_waits_for_the_queue(
    aws_settings: pytest.MonkeyPatch,
) -> None:
    aws_settings.setattr(expiry_queue, "READ_TIMEOUT_SECONDS", 0.1)
    seconds = 0.0
    with listening() as server, logged():
        aws_settings.setenv("AWS_ENDPOINT_URL", url_of(server))
        queue = ExpiryQueue(f"{url_of(server)}/expiry", clock=lambda: seconds)
        assert not any(queue.send_if_possible(uuid4(), 120) for _ in range(20))
        assert connections_taken(server) == 2
        seconds = expiry_queue.PAUSE_SECONDS
        assert not queue.send_if_possible(uuid4(), 120)
        assert connections_taken(server) == 2


@pytest.mark.parametrize(("status", "body"), [(403, b"{}"), (404, b"<html>"), (503, b"busy")])
def test_every_form_of_refusal_is_logged(aws_settings: pytest.MonkeyPatch, status: int, body: bytes) -> None:
    with answering(status, body) as url:
        aws_settings.setenv("AWS_ENDPOINT_URL", url)
        assert fails_with(f"{url}/expiry")


def test_missing_credentials_or_region_are_logged(aws_settings: pytest.MonkeyPatch) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_CONFIG_FILE"):
        aws_settings.delenv(name, raising=False)
    assert fails_with("http://127.0.0.1:9/expiry") == "NoRegionError"
    with pytest.raises(BotoCoreError):
        ExpiryQueue("http://127.0.0.1:9/expiry").send(uuid4(), 1)


def test_boto3_gives_up_within_seconds(sqs: Sqs, monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3

    given = {}
    make = boto3.client
    monkeypatch.setattr(boto3, "client", lambda name, **options: given.update(options) or make(name, **options))
    ExpiryQueue(sqs.url).send(uuid4(), 1)
    config = given["config"]
    assert (config.connect_timeout, config.retries["total_max_attempts"]) == (1, 2)
    assert config.read_timeout <= 2
