"""Holds that lapse, with real queues and functions: by message, by sweep, and whatever else lies in the queue."""

import json

import httpx
from psycopg import Connection

from tests.localstack.deployed import Deployed
from tests.localstack.reservations import (
    HEADPHONES,
    IPAD,
    IPHONE,
    available,
    has_expired,
    hold_for_a_second,
    reserve,
    row,
)
from tests.waiting import eventually


def test_a_lapsed_hold_is_expired_by_its_message(api: httpx.Client, rows: Connection) -> None:
    hold_for_a_second(rows, IPHONE)
    held = reserve(api, IPHONE, 2)
    eventually(lambda: has_expired(rows, held["id"]), within=20)
    ended = row(rows, held["id"])
    assert ended.ended_by == "message"
    assert ended.seconds_late is not None
    assert ended.seconds_late > 0


def test_a_lapsed_hold_reads_as_expired_before_any_function_ran(
    deployed: Deployed, api: httpx.Client, rows: Connection
) -> None:
    before = available(api, IPAD)
    with deployed.without_messages():
        held = reserve(api, IPAD, 3)
        assert available(api, IPAD) == before - 3
        eventually(lambda: available(api, IPAD) == before, within=30)
        assert api.get(f"reservations/{held['id']}").json()["status"] == "EXPIRED"
        assert row(rows, held["id"]).status == "ACTIVE"
        deployed.fire("sweep")


def test_a_message_that_comes_early_is_sent_again(deployed: Deployed, api: httpx.Client, rows: Connection) -> None:
    held = reserve(api, HEADPHONES)
    deployed.forget_messages()
    deployed.send(json.dumps({"reservationId": held["id"]}))
    eventually(lambda: has_expired(rows, held["id"]), within=20)
    assert row(rows, held["id"]).ended_by == "message"


def test_a_message_nobody_can_read_becomes_a_dead_letter_and_harms_no_other(
    deployed: Deployed, api: httpx.Client, rows: Connection
) -> None:
    hold_for_a_second(rows, IPHONE)
    held = reserve(api, IPHONE)
    deployed.send("this is no message")
    eventually(lambda: has_expired(rows, held["id"]), within=20)
    eventually(lambda: "this is no message" in deployed.dead_letters(), within=60)


def test_a_hold_whose_message_met_a_raising_function_each_time_is_left_to_the_sweep(
    deployed: Deployed, api: httpx.Client, rows: Connection
) -> None:
    hold_for_a_second(rows, IPHONE)
    with deployed.raising("expire"):
        assert deployed.invoke("expire", {"Records": []})[1] == "Unhandled"
        held = reserve(api, IPHONE)
        eventually(lambda: any(held["id"] in letter for letter in deployed.dead_letters()), within=60)
    assert row(rows, held["id"]).status == "ACTIVE"
    assert deployed.fire("sweep") >= 1
    assert row(rows, held["id"])[:2] == ("EXPIRED", "sweep")


def test_the_sweep_expires_what_no_message_came_for(deployed: Deployed, api: httpx.Client, rows: Connection) -> None:
    hold_for_a_second(rows, IPHONE)
    with deployed.without_messages():
        held = reserve(api, IPHONE, 2)
        eventually(lambda: api.get(f"reservations/{held['id']}").json()["status"] == "EXPIRED", within=30)
        assert deployed.fire("sweep") >= 1
        assert row(rows, held["id"])[:2] == ("EXPIRED", "sweep")
