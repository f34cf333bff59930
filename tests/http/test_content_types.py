"""Which media types a body may come as."""

from base64 import b64encode

import pytest

from tests.http.gateway import reserve_event
from tests.http.shop import IPHONE, Shop

BODY = f'{{"productId": "{IPHONE}", "quantity": 1}}'
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "content_type",
    [
        *("text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/json", "*/*", ""),
        *("application/jsonx", "application/problem+json", "application/json-patch+json", "json", "application/xml"),
        *("application/octet-stream", "image/png", "application/json, text/plain", "; application/json", "é", "\x00"),
    ],
)
def test_what_is_not_json_is_refused(refusing: Shop, content_type: str) -> None:
    by_event = refusing.send(reserve_event(BODY, content_type))
    by_client = refusing.request("POST", "/reservations", BODY.encode(), {"Content-Type": content_type})
    for reply in (by_event, by_client):
        assert (reply.status, reply.problem) == (415, "unsupported-media-type")


def test_json_is_known_however_it_is_spelled(shop: Shop) -> None:
    for spelling in ("Application/JSON", "application/json;charset=utf-8", "APPLICATION/JSON ; charset=UTF-8", None):
        assert shop.send(reserve_event(BODY, spelling)).status == 201, spelling
    for header in ("content-type", "CONTENT-TYPE"):
        assert shop.request("POST", "/reservations", BODY.encode(), {header: "application/json"}).status == 201


def test_a_body_of_exactly_4096_bytes_is_read(shop: Shop) -> None:
    padded = BODY.ljust(4096)
    assert shop.send(reserve_event(padded)).status == 201
    assert shop.request("POST", "/reservations", padded.encode(), JSON).status == 201
    assert shop.send(reserve_event(b64encode(padded.encode()).decode(), is_base64=True)).status == 201


def test_the_size_of_a_base64_body_is_that_of_its_content(refusing: Shop) -> None:
    reply = refusing.send(reserve_event(b64encode(b" " * 4097).decode(), is_base64=True))
    assert (reply.status, reply.problem) == (413, "too-large")


def test_base64_is_only_read_where_the_event_says_so(refusing: Shop) -> None:
    reply = refusing.send(reserve_event(b64encode(BODY.encode()).decode(), is_base64=False))
    assert (reply.status, reply.problem) == (400, "invalid-request")
