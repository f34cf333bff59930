"""The holds that a transaction made for shoppers who wait. The database reports each by a notice."""

import json
from dataclasses import dataclass
from uuid import UUID

from psycopg.errors import Diagnostic


@dataclass(frozen=True, slots=True)
class Offer:
    """A hold that was made for a waiter. It lapses in `seconds` by the database's clock."""

    reservation_id: UUID
    waiter_id: UUID
    product_id: UUID
    seconds: int


def parse(notice: Diagnostic) -> Offer | None:
    """Return the offer that a notice reports, or None if it reports something else. `waiting_list.sql` sends it."""
    if notice.message_primary != "offered" or not notice.message_detail:
        return None
    told = json.loads(notice.message_detail)
    return Offer(UUID(told["reservation_id"]), UUID(told["waiter_id"]), UUID(told["product_id"]), told["seconds"])
