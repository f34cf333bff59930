"""A queue that fails: given up soon, logged, and no error for the shopper."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import uuid4

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import expiry_queue
from chalicelib.expiry_queue import ExpiryQueue
from tests.logs import logged
from tests.unit.conftest import Sqs

NOT_SENT = "expiry message not sent; the sweep will expire this hold"


def fails_with(queue_url: str) -> str:
    """Send where it fails; return the reason that the log gives."""
    reservation_id = uuid4()
    with logged() as lines:
        assert not ExpiryQueue(queue_url).send_if_possible(reservation_id, 120)
    line = lines.about(NOT_SENT)
    assert (line["level"], line["reservation_id"]) == ("WARNING", str(reservation_id))
    return str(line["reason"])


@contextmanager
def listening() -> Iterator[socket.socket]:
    """Take connections, and say nothing on them."""
    with socket.create_server(("127.0.0.1", 0), backlog=8) as server:
        server.setblocking(False)
        yield server


def url_of(server: socket.socket) -> str:
    return f"http://127.0.0.1:{server.getsockname()[1]}"


def connections_taken(server: socket.socket) -> int:
    count = 0
    while True:
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """Answer every request in the same way."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


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


@pytest.mark.parametrize(("status", "body"), [(403, b"{}"), (404, b"<html>"), (503, b"busy")])
def test_a_refusal_in_whatever_form_is_logged(aws_settings: pytest.MonkeyPatch, status: int, body: bytes) -> None:
    with answering(status, body) as url:
        aws_settings.setenv("AWS_ENDPOINT_URL", url)
        assert fails_with(f"{url}/expiry")


def test_missing_credentials_or_region_are_logged(aws_settings: pytest.MonkeyPatch) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_CONFIG_FILE"):
        aws_settings.delenv(name, raising=False)
    assert fails_with("http://127.0.0.1:9/expiry") == "NoRegionError"
    with pytest.raises(BotoCoreError):
        ExpiryQueue("http://127.0.0.1:9/expiry").send(uuid4(), 1)


def test_boto3_is_told_to_give_up_before_the_shopper_does(sqs: Sqs, monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3

    given = {}
    make = boto3.client
    monkeypatch.setattr(boto3, "client", lambda name, **options: given.update(options) or make(name, **options))
    ExpiryQueue(sqs.url).send(uuid4(), 1)
    config = given["config"]
    assert (config.connect_timeout, config.retries["total_max_attempts"]) == (1, 2)
    assert config.read_timeout <= 2
