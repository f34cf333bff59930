"""Events put on the bus: what they say, and that nothing counts as sent unless all of it was."""

import json
from datetime import UTC, datetime

import pytest

from chalicelib.aws import event_bus
from chalicelib.aws.event_bus import Event, EventBus
from chalicelib.db import roles
from chalicelib.errors import NotPublished
from tests.servers import answering, connections_taken, listening, url_of
from tests.unit.conftest import Events

AT = datetime(2026, 11, 27, 9, 0, 0, 123_000, tzinfo=UTC)


def an_event(number: int = 1) -> Event:
    return Event("ReservationReserved", AT, {"id": number})


def test_an_event_has_its_source_name_time_and_detail(events: Events) -> None:
    EventBus(events.bus).send([an_event(1), an_event(2)])
    (asked,) = events.asked
    assert [json.loads(entry["Detail"]) for entry in asked["Entries"]] == [{"id": 1}, {"id": 2}]
    assert [{**entry, "Detail": ""} for entry in asked["Entries"]] == [
        {
            "EventBusName": events.bus,
            "Source": "flash-sale",
            "DetailType": "ReservationReserved",
            "Time": AT,
            "Detail": "",
        }
    ] * 2


def test_one_client_is_made_when_it_is_needed_and_serves_all_batches(
    events: Events, monkeypatch: pytest.MonkeyPatch
) -> None:
    import boto3

    made: list[str] = []
    make = boto3.client
    monkeypatch.setattr(boto3, "client", lambda name, **given: made.append(name) or make(name, **given))
    bus = EventBus(events.bus)
    assert made == []
    bus.open()
    for _ in range(3):
        bus.send([an_event()])
    assert made == ["events"]


def test_a_batch_of_which_one_event_was_refused_was_not_sent(aws_settings: pytest.MonkeyPatch) -> None:
    entries = [{"EventId": "1"}, {"ErrorCode": "ThrottlingException", "ErrorMessage": "Later."}]
    reply = json.dumps({"FailedEntryCount": 1, "Entries": entries}).encode()
    with answering(200, reply) as url:
        aws_settings.setenv("AWS_ENDPOINT_URL", url)
        with pytest.raises(NotPublished, match=r"^ThrottlingException$"):
            EventBus("shop").send([an_event(1), an_event(2)])


def test_a_closed_port_raises_an_error(aws_settings: pytest.MonkeyPatch) -> None:
    with listening() as server:
        url = url_of(server)
    aws_settings.setenv("AWS_ENDPOINT_URL", url)
    with pytest.raises(NotPublished, match="EndpointConnectionError"):
        EventBus("shop").send([an_event()])


@pytest.mark.parametrize(("status", "body"), [(403, b"{}"), (404, b"<html>"), (503, b"busy")])
def test_every_form_of_refusal_raises_an_error(aws_settings: pytest.MonkeyPatch, status: int, body: bytes) -> None:
    with answering(status, body) as url:
        aws_settings.setenv("AWS_ENDPOINT_URL", url)
        with pytest.raises(NotPublished):
            EventBus("shop").send([an_event()])


def test_a_missing_region_raises_an_error_before_anything_is_sent(aws_settings: pytest.MonkeyPatch) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_CONFIG_FILE"):
        aws_settings.delenv(name, raising=False)
    with pytest.raises(NotPublished, match="NoRegionError"):
        EventBus("shop").open()


def test_a_server_that_never_answers_is_given_up_after_one_connection(aws_settings: pytest.MonkeyPatch) -> None:
    aws_settings.setattr(event_bus, "READ_TIMEOUT_SECONDS", 0.1)
    with listening() as server:
        aws_settings.setenv("AWS_ENDPOINT_URL", url_of(server))
        with pytest.raises(NotPublished, match="ReadTimeoutError"):
            EventBus("shop").send([an_event()])
        assert connections_taken(server) == 1


def test_sending_times_out_before_the_transaction_around_it() -> None:
    idle = roles.SETTINGS["idle_in_transaction_session_timeout"]
    assert int(idle.removesuffix("s")) > event_bus.CONNECT_TIMEOUT_SECONDS + event_bus.READ_TIMEOUT_SECONDS
