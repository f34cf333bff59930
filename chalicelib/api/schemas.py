"""Requests and replies of the HTTP contract. Unknown members and wrong types are rejected."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic.alias_generators import to_camel

from chalicelib.db import journal, products, reservations
from chalicelib.db.reservations import QUANTITY_MAX, ReservationStatus
from chalicelib.formats import Json, rfc3339

PAGE_DEFAULT = 50
PAGE_MAX = 200
VISIBLE_ASCII = "^[!-~]{1,255}$"  # an idempotency key, a payment reference


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)


Instant = Annotated[
    datetime,
    PlainSerializer(rfc3339, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-27T09:00:00.000Z"]}),
]
Price = Annotated[
    Decimal,
    PlainSerializer(_number, when_used="json"),
    # Not multipleOf 0.01: in binary floating point, 19.99 is not a multiple of it.
    WithJsonSchema({"type": "number", "minimum": 0, "examples": [1199]}),
]


class Model(BaseModel):
    """The base of all models: names in camelCase, no unknown members."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        extra="forbid",
        json_schema_serialization_defaults_required=True,  # a reply always has all of its members
        defer_build=True,  # a cold start builds only the models that it needs
    )


class Product(Model):
    """A product with its live stock."""

    id: UUID
    name: str
    price: Price
    available_stock: int = Field(
        description="Units that can be reserved now, those of lapsed holds included, unless somebody waits for them."
    )
    total_stock: int = Field(description="available + held + sold")
    hold_seconds: int = Field(description="How long a hold keeps its units, in seconds.")
    max_per_shopper: int | None = Field(None, description="null: no limit")
    sale_starts_at: Instant | None = Field(description="null: no bound")
    sale_ends_at: Instant | None = Field(description="null: no bound")
    next_release_at: Instant | None = Field(description="When the next hold lapses; null if there is none.")
    paused: bool = Field(description="true: nobody can reserve it now. Holds that exist go on.")
    waiting: int = Field(description="How many shoppers are in the waiting list.")
    description: str | None
    image_url: str | None = Field(description="An https URL, or a path of the shop. null: no image.")
    illustration: str | None = Field(
        description="The drawn picture that the shop shows if there is no image. null: a parcel."
    )
    currency: str = Field(
        description="Of the price and of the unitPrice of its reservations: a code of ISO 4217. It never changes.",
        examples=["USD"],
    )

    @classmethod
    def of(cls, row: products.Product, hold_seconds: int) -> Self:
        """Return a product as the API shows it. `hold_seconds` applies if the product has no hold length."""
        columns = {name: getattr(row, name) for name in cls.model_fields}
        return cls(**{**columns, "hold_seconds": row.hold_seconds or hold_seconds})


class Reservation(Model):
    """A reservation as it reads now: a hold past `expiresAt` is EXPIRED, even if no job has expired it yet."""

    id: UUID
    product_id: UUID
    product_name: str
    quantity: int
    unit_price: Price = Field(description="The price of one unit when it was reserved, in the currency of the product.")
    status: ReservationStatus
    created_at: Instant
    expires_at: Instant = Field(description="When the hold lapses.")
    completed_at: Instant | None
    cancelled_at: Instant | None
    expired_at: Instant | None = Field(description="Equal to expiresAt if the hold has lapsed, else null.")
    extendable_at: Instant | None = Field(
        description="The hold can be extended from then on: in its last 30 s, or in the last quarter of a short one."
        " null unless ACTIVE."
    )
    extensions_left: int = Field(
        description="How many times the hold can still be extended. At most one time in all while others wait for the"
        " product."
    )
    replaces: UUID | None = Field(
        description="The lapsed reservation that this one replaces after a late payment, else null."
    )

    @classmethod
    def of(cls, row: reservations.Reservation) -> Self:
        """Return a reservation as the API shows it."""
        return cls(**_members(row))


def _members(row: reservations.Reservation) -> Json:
    return {
        "id": row.id,
        "product_id": row.product_id,
        "product_name": row.product_name,
        "quantity": row.quantity,
        "unit_price": row.unit_price,
        "status": row.status,
        "created_at": row.created_at,
        "expires_at": row.expires_at,
        "completed_at": row.ended_at if row.status == ReservationStatus.COMPLETED else None,
        "cancelled_at": row.ended_at if row.status == ReservationStatus.CANCELLED else None,
        "expired_at": row.ended_at if row.status == ReservationStatus.EXPIRED else None,
        "extendable_at": row.extendable_at,
        "extensions_left": row.extensions_left,
        "replaces": row.replaces,
    }


class TimelineEntry(Model):
    """An event in the life of a reservation."""

    at: Instant
    event: Literal["RESERVED", "EXTENDED", "COMPLETED", "CANCELLED", "LAPSED", "EXPIRED"] = Field(
        description="LAPSED: the clock passed expiresAt. EXPIRED: the units then returned to the stock rows."
    )
    by: Literal["shopper", "waiting-list", "clock", "message", "sweep", "reclaim", "admin"]


class ReservationDetails(Reservation):
    """A reservation with its timeline."""

    timeline: list[TimelineEntry] = Field(description="Oldest first.")

    @classmethod
    def with_timeline(cls, row: reservations.Reservation, entries: Sequence[journal.TimelineEntry]) -> Self:
        """Return a reservation as the API shows it, with its timeline."""
        return cls(**_members(row), timeline=[TimelineEntry.model_validate(asdict(entry)) for entry in entries])


class ReserveRequest(Model):
    """A request to reserve units of a product."""

    model_config = ConfigDict(strict=True, frozen=True, validate_by_name=False)

    product_id: UUID = Field(examples=["550e8400-e29b-41d4-a716-446655440000"])
    quantity: int = Field(ge=1, le=QUANTITY_MAX, examples=[1])


class ReservationQuery(Model):
    """The query parameters of the list of reservations."""

    status: ReservationStatus | None = None
    limit: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)
    after: str | None = Field(None, description="The cursor from the `Link` header of the page before.")


class Health(Model):
    """The reply of a service whose database answers."""

    status: Literal["ok"] = "ok"


class FieldError(Model):
    """A wrong field of a request."""

    field: str = Field(description="The name of the member, parameter or header; empty if the whole body is wrong.")
    message: str


class Problem(BaseModel):
    """An error (RFC 9457). `type` ends in its name. Some errors have further members."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None


class EmptyBody(Model):
    """An empty JSON object."""


class Guest(Model):
    """A new shopper and the shopper's token."""

    shopper_id: UUID
    token: str = Field(description="Send it as `Authorization: Bearer …`.")
    expires_at: Instant


class CompleteRequest(Model):
    """The payment for a hold. The mock provider also confirms a payment without a reference."""

    model_config = ConfigDict(strict=True, frozen=True, validate_by_name=False)

    payment_reference: Annotated[str, Field(pattern=VISIBLE_ASCII)] | None = Field(
        None, description="The payment provider's reference of the payment, in visible ASCII characters."
    )
