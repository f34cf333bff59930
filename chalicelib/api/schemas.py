"""Requests and replies: what the HTTP contract says, as closed and strict models."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic.alias_generators import to_camel

QUANTITY_MAX = 100
PAGE_DEFAULT = 50
PAGE_MAX = 200
ANONYMOUS = UUID(int=0)
VISIBLE_ASCII = "^[!-~]{1,255}$"  # what names a thing of the caller's own: an idempotency key, a payment


class ReservationStatus(StrEnum):
    """Where a reservation is in its life; the diagram is in `chalicelib.lifecycle`."""

    ACTIVE = "ACTIVE"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


def rfc3339(instant: datetime) -> str:
    """Return an instant as the API writes it: UTC, milliseconds, `Z`."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


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
    # Not multipleOf 0.01, which 19.99 is not in the binary fractions that validators count in.
    WithJsonSchema({"type": "number", "minimum": 0, "examples": [1199]}),
]


class Model(BaseModel):
    """What all have in common: members in camelCase, and no others."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        extra="forbid",
        json_schema_serialization_defaults_required=True,  # a reply has all of its members
    )


class Product(Model):
    """A product on sale and its live stock."""

    id: UUID
    name: str
    price: Price
    available_stock: int = Field(description="Units that can be reserved now, those of lapsed holds included.")
    total_stock: int = Field(description="available + held + sold")
    hold_seconds: int = Field(description="How long a reservation keeps its units.")
    max_per_shopper: int | None = Field(None, description="null: no limit")
    sale_starts_at: Instant | None = Field(description="null: no bound")
    sale_ends_at: Instant | None = Field(description="null: no bound")
    next_release_at: Instant | None = Field(description="When the next hold lapses; null if there is none.")
    on_sale: bool = Field(exclude=True)


class Reservation(Model):
    """A reservation as it reads now: a hold past `expiresAt` is EXPIRED, whether or not any job has run."""

    id: UUID
    product_id: UUID
    product_name: str
    quantity: int
    unit_price: Price = Field(description="The product's price when it was reserved.")
    status: ReservationStatus
    created_at: Instant
    expires_at: Instant = Field(description="When the hold lapses.")
    completed_at: Instant | None
    cancelled_at: Instant | None
    expired_at: Instant | None = Field(description="expiresAt once the hold has lapsed, else null.")
    extensions_left: int = Field(description="How often the hold can still be extended.")
    replaces: UUID | None = Field(description="The lapsed reservation that a late payment was for, else null.")


class TimelineEntry(Model):
    """Something that happened to a reservation."""

    at: Instant
    event: Literal["RESERVED", "EXTENDED", "COMPLETED", "CANCELLED", "LAPSED", "EXPIRED"] = Field(
        description="LAPSED: the hold ran out. EXPIRED: its units were put back into the stock rows, whenever that was."
    )
    by: Literal["shopper", "clock", "message", "sweep", "reclaim"]


class ReservationDetails(Reservation):
    """A reservation with everything that happened to it."""

    timeline: list[TimelineEntry] = Field(description="Oldest first.")


class ReserveRequest(Model):
    """What a shopper wants to reserve."""

    model_config = ConfigDict(strict=True, frozen=True, validate_by_name=False)

    product_id: UUID
    quantity: int = Field(ge=1, le=QUANTITY_MAX)


class ReservationQuery(Model):
    """Which of a shopper's reservations to list."""

    status: ReservationStatus | None = None
    limit: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)
    after: str | None = Field(None, description="The cursor that a `Link` with rel=next holds.")


class Health(Model):
    """The service and its database answer."""

    status: Literal["ok"] = "ok"


class FieldError(Model):
    """One fault of a request."""

    field: str = Field(description="The member or parameter at fault; empty where it is the whole body.")
    message: str


class Problem(BaseModel):
    """An error (RFC 9457); `type` ends in its name. Some carry further members."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None


Json = dict[str, Any]


class Nothing(Model):
    """A body that says nothing."""


class Guest(Model):
    """A new shopper, and the token that speaks for them."""

    shopper_id: UUID
    token: str = Field(description="Send it as `Authorization: Bearer …`.")
    expires_at: Instant


class CompleteRequest(Model):
    """How a hold was paid for; without a reference by a mock payment."""

    model_config = ConfigDict(strict=True, frozen=True, validate_by_name=False)

    payment_reference: Annotated[str, Field(pattern=VISIBLE_ASCII)] | None = Field(
        None, description="Names the payment at its provider, in visible ASCII characters."
    )
