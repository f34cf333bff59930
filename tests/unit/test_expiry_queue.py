"""Messages to the expiry queue."""

import json
from uuid import UUID, uuid4

import pytest

from chalicelib.aws.expiry_queue import ExpiryQueue, parse
from chalicelib.errors import MalformedMessage
from tests.unit.conftest import Sqs

RESERVATION = UUID("660e8400-e29b-41d4-a716-446655440001")


def test_a_message_names_the_reservation_and_nothing_else(sqs: Sqs) -> None:
    ExpiryQueue(sqs.url).send(RESERVATION, 0)
    (message,) = sqs.client.receive_message(QueueUrl=sqs.url)["Messages"]
    assert json.loads(message["Body"]) == {"reservationId": str(RESERVATION)}
    assert parse(message["Body"]) == RESERVATION


def test_the_delay_is_rounded_up_and_within_what_sqs_allows(sqs: Sqs) -> None:
    delays = {
        0: 0,
        0.001: 1,
        1: 1,
        119.0: 119,
        119.001: 120,
        120: 120,
        899.5: 900,
        900: 900,
        900.001: 900,
        43_200: 900,
        -0.5: 0,
        -1: 0,
        -3_600.25: 0,
    }
    queue = ExpiryQueue(sqs.url)
    assert all(queue.send_if_possible(RESERVATION, seconds) for seconds in delays)
    assert [asked["DelaySeconds"] for asked in sqs.asked] == list(delays.values())
    assert {asked["QueueUrl"] for asked in sqs.asked} == {sqs.url}


def test_a_delayed_message_is_not_there_yet(sqs: Sqs) -> None:
    ExpiryQueue(sqs.url).send(RESERVATION, 5)
    assert "Messages" not in sqs.client.receive_message(QueueUrl=sqs.url)


def test_one_client_serves_all_messages(sqs: Sqs, monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3

    made: list[str] = []
    make = boto3.client
    monkeypatch.setattr(boto3, "client", lambda name, **given: made.append(name) or make(name, **given))
    queue = ExpiryQueue(sqs.url)
    assert made == []
    assert [queue.send_if_possible(uuid4(), 1) for _ in range(3)] == [True, True, True]
    assert made == ["sqs"]


def test_a_reservation_is_read_in_any_spelling_of_its_id() -> None:
    for text in (str(RESERVATION), str(RESERVATION).upper(), RESERVATION.hex):
        assert parse(json.dumps({"reservationId": text, "more": [1]})) == RESERVATION


def test_a_message_that_names_no_reservation_is_malformed() -> None:
    values = (
        "null",
        "1",
        "1.5",
        "NaN",
        "true",
        "[]",
        "{}",
        '""',
        '"x"',
        '"\\u0000"',
        '"\\ud800"',
        f'["{RESERVATION}"]',
    )
    for body in (
        *("", " ", "{", "null", "true", "1", '"text"', "[]", "{}", "\x00", "NaN", "\ud800", "[" * 200_000),
        *('{"a":' * 200_000, "1" * 5_000, f'["{RESERVATION}"]', f'{{"reservationID": "{RESERVATION}"}}'),
        *(f'{{"reservationId": {value}}}' for value in (*values, f'"{RESERVATION}0"')),
        str(RESERVATION),
    ):
        with pytest.raises(MalformedMessage):
            pytest.fail(f"{ascii(body[:30])}: {parse(body)}")
