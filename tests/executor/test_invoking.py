"""Invocations that end as they should."""

import json

import pytest

from infra.local.executor.messages import MAX_RESPONSE_BYTES
from tests.executor.conftest import Deploy, Deployed


def test_answer_and_context_reach_the_caller(actor: Deployed) -> None:
    reply = actor.invoke("echo", n=1)
    assert reply.error is None
    assert reply.payload["event"] == {"do": "echo", "n": 1}
    assert reply.payload["request_id"] in reply.log
    assert 15_000 < reply.payload["milliseconds_left"] <= 20_000


def test_warm_environment_is_used_again(deploy: Deploy) -> None:
    function = deploy()
    first, second = function.invoke().payload, function.invoke().payload
    assert first["pid"] == second["pid"]
    assert [first["invocations"], second["invocations"]] == [1, 2]


def test_exception_of_the_handler_leaves_the_environment_warm(deploy: Deploy) -> None:
    function = deploy()
    before = function.invoke().payload
    reply = function.invoke("fail", message="as told")
    assert reply.error == "Unhandled"
    assert reply.payload["errorType"] == "ValueError"
    assert reply.payload["errorMessage"] == "as told"
    assert "as told" in reply.log
    assert function.invoke().payload["pid"] == before["pid"]


@pytest.mark.parametrize("text", ["ünïcödé", "日本語", "🎟️", "\u2028\u0000", '"\\'])
def test_any_text_goes_through_unchanged(actor: Deployed, text: str) -> None:
    assert actor.invoke("echo", text=text).payload["event"]["text"] == text


def test_payload_of_five_megabytes_goes_through(actor: Deployed) -> None:
    text = "x" * 5 * 1024 * 1024
    assert actor.invoke("echo", text=text).payload["event"]["text"] == text


def test_largest_response_goes_through(actor: Deployed) -> None:
    reply = actor.invoke("fill", bytes=MAX_RESPONSE_BYTES)
    assert reply.error is None
    assert len(json.dumps(reply.payload)) == MAX_RESPONSE_BYTES


def test_response_one_byte_larger_is_refused_and_the_next_one_served(deploy: Deploy) -> None:
    function = deploy()
    reply = function.invoke("fill", bytes=MAX_RESPONSE_BYTES + 1)
    assert reply.error == "Unhandled"
    assert reply.payload["errorType"] == "Function.ResponseSizeTooLarge"
    assert str(MAX_RESPONSE_BYTES) in reply.payload["errorMessage"]
    assert function.invoke().error is None
