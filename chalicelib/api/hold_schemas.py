"""Requests and replies of the admin routes that list and release reservations."""

from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from chalicelib.api.schemas import PAGE_DEFAULT, Instant, Model, Price
from chalicelib.db import holds
from chalicelib.db.reservations import ReservationStatus
from chalicelib.errors import InvalidRequest

LIMIT_MAX = 100

_CHOICE = "give exactly one of shopperId, reservationId and productId"


class HoldsQuery(Model):
    """Which reservations to list: those of one shopper, one of them, or the running holds of one product."""

    shopper_id: UUID | None = None
    reservation_id: UUID | None = None
    product_id: UUID | None = Field(None, description="Only with status ACTIVE.")
    status: Literal["ACTIVE"] | None = Field(None, description="List only running holds.")
    limit: int = Field(PAGE_DEFAULT, ge=1, le=LIMIT_MAX)
    after: str | None = Field(None, description="The cursor of the page before, from its Link header.")

    def chosen(self) -> tuple[holds.Of, UUID]:
        """Return what the reservations belong to. Raises InvalidRequest."""
        named = {
            holds.Of.SHOPPER: self.shopper_id,
            holds.Of.RESERVATION: self.reservation_id,
            holds.Of.PRODUCT: self.product_id,
        }
        given = [(which, identifier) for which, identifier in named.items() if identifier is not None]
        if len(given) != 1:
            raise InvalidRequest([("shopperId", _CHOICE)])
        if self.product_id is not None and self.status is None:
            raise InvalidRequest([("status", "must be ACTIVE with productId")])
        return given[0]


class ListedReservation(Model):
    """A reservation as operators see it. A hold past `expiresAt` is EXPIRED, even if no job has expired it yet."""

    id: UUID
    product_id: UUID
    product_name: str
    shopper_id: UUID = Field(description="00000000-0000-0000-0000-000000000000: reserved without a token.")
    quantity: int
    total_price: Price = Field(description="The price of all units when they were reserved.")
    currency: str = Field(description="Of the price: that of the product.")
    status: ReservationStatus
    created_at: Instant
    expires_at: Instant = Field(description="When the hold lapses.")
    ended_at: Instant | None = Field(description="Equal to expiresAt if the hold has lapsed; null while it runs.")
    ended_by: Literal["shopper", "message", "sweep", "reclaim", "admin"] | None = Field(
        description="Who ended it. null: it runs, or it has lapsed and no job has expired it yet."
    )
    extensions_left: int

    @classmethod
    def of(cls, row: holds.Listed) -> Self:
        """Return a reservation as the API shows it."""
        made = row.reservation
        others = {"total_price": made.quantity * made.unit_price, "currency": row.currency, "ended_by": row.ended_by}
        columns = {name: getattr(made, name) for name in cls.model_fields if name not in others}
        return cls(**{**columns, **others})
