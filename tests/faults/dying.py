"""A process that dies between the commit of a reserve and what follows: the message, and the reply."""

import json
import os
from unittest.mock import patch
from uuid import UUID

from chalicelib.aws import expiry_queue
from tests.http.gateway import reserve_event
from tests.http.shop import opened

CRASHED = 70


def die_before_the_reply(database_url: str, product_id: UUID, key: str) -> None:
    """Reserve one unit through the real handler, and die when the queue would be told, which is after the commit."""
    request = reserve_event(json.dumps({"productId": str(product_id), "quantity": 1}))
    request["headers"]["Idempotency-Key"] = key
    with opened(database_url) as shop, patch.object(expiry_queue, "current", lambda: os._exit(CRASHED)):
        shop.send(request)
