"""A shopper of a rehearsal, with a stand-in for the requests."""

from random import Random
from unittest.mock import AsyncMock, Mock

from infra.rehearse.plan import Intent, Plan
from infra.rehearse.shopper import Shopper
from infra.rehearse.tally import Tally
from tests import loops

PRODUCT = "a product"


def test_who_wants_to_extend_a_hold_that_has_ended_still_tries_to_pay() -> None:
    ended = {
        "id": "a hold",
        "createdAt": "2026-01-01T00:00:00Z",
        "extendableAt": None,
        "expiresAt": "2026-01-01T00:02:00Z",
    }
    requests, products, extend = AsyncMock(), AsyncMock(), Plan(Intent.EXTEND, 1, *[False] * 4)
    products.products.return_value = Mock(body=[{"id": PRODUCT, "availableStock": 1}], seconds=0)
    requests.reserve.return_value = Mock(status=201, problem=None, body=ended)
    requests.complete.return_value = Mock(is_success=False)
    loops.run(Shopper(requests, extend, products, PRODUCT, Tally(), Random(1)).visit())
    requests.extend.assert_awaited_once_with(ended)
    requests.complete.assert_awaited_once()
