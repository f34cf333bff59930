"""A process that dies between the commit of a reserve and what follows: the message, and the reply."""

import json
import os
from unittest.mock import patch
from uuid import UUID

from chalicelib.aws import expiry_queue
from chalicelib.formats import Json
from tests.http.gateway import Reply, reserve_event
from tests.http.shop import opened

CRASHED = 70


def send_reserve(database_url: str, product_id: UUID, key: str) -> Reply:
    """Reserve one unit through the real handler."""
    with opened(database_url) as shop:
        return shop.send(_request(product_id, key))


def die_before_the_reply(database_url: str, product_id: UUID, key: str) -> None:
    """Reserve likewise, and die when the queue would be told, which is after the commit."""
    with opened(database_url) as shop, patch.object(expiry_queue, "current", lambda: os._exit(CRASHED)):
        shop.send(_request(product_id, key))


def _request(product_id: UUID, key: str) -> Json:
    request = reserve_event(json.dumps({"productId": str(product_id), "quantity": 1}))
    return {**request, "headers": {**request["headers"], "Idempotency-Key": key}}
