"""Events that API Gateway never sends: each is answered, none is a fault of the service, nothing changes.

What each broken part is taken for is tested in tests/unit/test_gateway.py. An hour of
`make soak` tries 10,000 events.
"""

import base64
import json
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.http.conftest import SharedShop
from tests.http.gateway import event, reserve_event
from tests.http.shop import Shop
from tests.soaking import Effort

pytestmark = pytest.mark.slow

UNKNOWN = "00000000-0000-4000-8000-000000000000"
ONE = "/reservations/{reservation_id}"
GOOD = [
    event("GET", "/reservations", query={"limit": ["5"], "status": ["ACTIVE"]}),
    event("GET", "/products/{product_id}", UNKNOWN),
    event("POST", f"{ONE}/complete", UNKNOWN, body='{"paymentReference": "payment-1"}'),
    event("PATCH", "/admin/products/{product_id}", UNKNOWN, body='{"price": 1}', headers={"Authorization": "Bearer x"}),
    event("POST", "/products/{product_id}/waiters", UNKNOWN, body='{"quantity": 1}'),
    event("POST", "/waiters/{waiter_id}/leave", UNKNOWN),
    reserve_event(f'{{"productId": "{UNKNOWN}", "quantity": 1}}'),
]
texts = st.text(st.characters(), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.sampled_from(["/reservations", "GET", "POST"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def nearly_good(draw: st.DrawFn) -> dict[str, Any]:
    """Take a good event, and take away or replace some of its parts."""
    broken = dict(draw(st.sampled_from(GOOD)))
    for name in draw(st.lists(st.sampled_from(sorted(broken)), max_size=3)):
        parts = broken[name]
        if isinstance(parts, dict) and parts and draw(st.booleans()):
            broken[name] = {**parts, draw(st.sampled_from(sorted(parts)) | texts): draw(values)}
        elif draw(st.booleans()):
            broken[name] = draw(values)
    for name in draw(st.lists(st.sampled_from(sorted(broken)), max_size=1)):
        del broken[name]
    return broken


class Sender(Enum):
    """Whose token an event has, unless its headers are none or have one."""

    ANONYMOUS = "anonymous"
    SHOPPER = "shopper"
    ADMIN = "admin"

    def send(self, shop: Shop, broken: dict[str, Any]) -> bool:
        """Return whether an event of this sender is refused or harmless."""
        callers = {Sender.SHOPPER: shop.as_shopper, Sender.ADMIN: shop.as_admin}
        has_headers = isinstance(broken.get("headers") or {}, dict)
        return is_refused_or_harmless(callers[self]() if self in callers and has_headers else shop, broken)


def is_refused_or_harmless(shop: Shop, broken: object) -> bool:
    reply = shop.send(broken)
    if reply.status < 400:
        return reply.headers["Content-Type"] == "application/json"
    return reply.status < 500 and reply.problem is not None


@settings(deadline=None)
@given(sender=st.sampled_from(Sender), broken=nearly_good())
def test_a_good_event_with_broken_parts_is_answered(
    shared_shop: SharedShop, sender: Sender, broken: dict[str, Any]
) -> None:
    # That nothing changes is asserted where `shared_shop` ends.
    assert sender.send(shared_shop.shop, broken)


@settings(deadline=None)
@given(broken=values)
def test_anything_at_all_is_answered(shared_shop: SharedShop, broken: object) -> None:
    assert is_refused_or_harmless(shared_shop.shop, broken)


raw = st.binary(max_size=200)
in_base64 = raw.map(lambda given: base64.b64encode(given).decode())
any_body = st.text(st.characters(), max_size=200) | in_base64 | raw.map(lambda given: given.decode("latin-1")) | raw
names = st.sampled_from(
    ["Content-Type", "Authorization", "Idempotency-Key", "If-None-Match", "X-Forwarded-For", "Accept"]
)
any_header = st.text(st.characters(), max_size=50) | st.integers(1, 100_000).map("x".__mul__)


@pytest.mark.soak("R14")
@pytest.mark.timeout(3_600)
def test_any_bytes_as_a_body_and_any_headers_are_answered(shared_shop: SharedShop, effort: Effort) -> None:
    @settings(max_examples=effort(100, 10_000), deadline=None)
    @given(
        sender=st.sampled_from(Sender),
        good=st.sampled_from(GOOD) | nearly_good(),
        body=any_body,
        is_base64=st.booleans() | values,
        headers=st.dictionaries(names | texts, any_header, max_size=4),
    )
    def is_answered(
        sender: Sender, good: dict[str, Any], body: str | bytes, is_base64: object, headers: dict[str, str]
    ) -> None:
        broken = {**good, "body": body, "isBase64Encoded": is_base64, "headers": headers}
        assert sender.send(shared_shop.shop, broken)

    is_answered()
    effort.done(f"{effort(100, 10_000)} raw events")


@settings(deadline=None)
@given(body=values, product_id=values, quantity=values)
def test_any_json_body_is_refused(shared_shop: SharedShop, body: object, product_id: object, quantity: object) -> None:
    for document in (body, {"productId": product_id, "quantity": quantity}):
        reply = shared_shop.shop.send(reserve_event(json.dumps(document)))
        assert (reply.status, reply.problem) == (400, "invalid-request")


@pytest.mark.parametrize("broken", [None, [], "GET", {"Records": []}, {"requestContext": None}])
def test_an_event_that_names_no_address_is_not_found(unchanged_shop: Shop, broken: object) -> None:
    reply = unchanged_shop.send(broken)
    assert (reply.status, reply.problem) == (404, "not-found")


def test_the_address_and_the_method_are_enough(unchanged_shop: Shop) -> None:
    asked = {"requestContext": {"resourcePath": "/reservations", "httpMethod": "GET"}}
    assert unchanged_shop.send(asked).status == 200
