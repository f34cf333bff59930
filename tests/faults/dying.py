"""A process that dies between the commit of a reserve and what follows: the message, and the reply."""

import json
import os
from unittest.mock import patch
from uuid import UUID

from chalicelib.aws import expiry_queue
from chalicelib.formats import Json
from tests.http.gateway import Reply, reserve_event
from tests.http.shop import Shop, opened

CRASHED = 70


def send_reserve(database_url: str, product_id: UUID, key: str, shopper_id: UUID | None = None) -> Reply:
    """Reserve one unit through the real handler, with a shopper's token or without any."""
    with opened(database_url) as shop:
        return _of(shop, shopper_id).send(_request(product_id, key))


def die_before_the_reply(database_url: str, product_id: UUID, key: str, shopper_id: UUID | None = None) -> None:
    """Reserve likewise, and die when the queue would be told, which is after the commit."""
    with opened(database_url) as shop, patch.object(expiry_queue, "current", lambda: os._exit(CRASHED)):
        _of(shop, shopper_id).send(_request(product_id, key))


def _of(shop: Shop, shopper_id: UUID | None) -> Shop:
    return shop.as_shopper(shopper_id) if shopper_id else shop


def _request(product_id: UUID, key: str) -> Json:
    request = reserve_event(json.dumps({"productId": str(product_id), "quantity": 1}))
    return {**request, "headers": {**request["headers"], "Idempotency-Key": key}}
