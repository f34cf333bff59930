"""Requests and replies of the admin routes. Unknown members and wrong types are rejected."""

import re
import unicodedata
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.api.pictures import Illustration, ImageUrl
from chalicelib.api.schemas import PAGE_DEFAULT, PAGE_MAX, VISIBLE_ASCII, Instant, Model, Price, Product
from chalicelib.config import HOLD_SECONDS_MAX, INTEGER_MAX
from chalicelib.db import changes, payments, products
from chalicelib.db import journal as journals
from chalicelib.formats import Json

PRICE_MAX = Decimal("99999999.99")
TOTAL_STOCK_MAX = 10_000_000
RESTOCK_MAX = 1_000_000
BIG_INTEGER_MAX = 2**63 - 1
YEARS = range(1970, 9999)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def _visible(text: str) -> str:
    if "\x00" in text or all(unicodedata.category(character)[0] in "ZC" for character in text):
        raise PydanticCustomError("text", "must have at least one visible character and no NUL character")
    return text


def _price(value: object) -> Decimal:
    # Only JSON numbers: Python's booleans are integers too. NaN fails the comparison.
    if type(value) in (int, float) and 0 <= value <= PRICE_MAX:  # type: ignore[operator] # mypy does not narrow by type()
        amount = Decimal(str(value))
        if amount == round(amount, 2):
            return amount
    raise PydanticCustomError("price", "must be a number from 0 to 99999999.99 with at most two decimal places")


def _instant(value: object) -> datetime:
    try:
        if isinstance(value, str) and _INSTANT.fullmatch(value) and int(value[:4]) in YEARS:
            instant = datetime.fromisoformat(value.upper()).astimezone(UTC)
            return instant.replace(microsecond=instant.microsecond // 1000 * 1000)  # the API's precision
    except ValueError:
        pass  # the date does not exist, for example month 13
    raise PydanticCustomError(
        "instant", "must be a date and time with a time zone, such as 2026-11-27T09:00:00Z, in the years 1970 to 9998"
    )


def _not_zero(units: int) -> int:
    if units == 0:
        raise PydanticCustomError("units", "must not be 0")
    return units


Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_visible)]
Description = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_visible)]
NewPrice = Annotated[
    Price,
    PlainValidator(_price),
    WithJsonSchema(
        {"type": "number", "minimum": 0, "maximum": float(PRICE_MAX), "description": "At most two decimal places."}
    ),
]
NewInstant = Annotated[
    Instant,
    PlainValidator(_instant),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "pattern": "^(19[7-9][0-9]|[2-8][0-9]{3}|9([0-8][0-9]{2}|9([0-8][0-9]|9[0-8])))-",  # YEARS
            "examples": ["2026-11-27T09:00:00.000Z"],
        }
    ),
]
Units = Annotated[
    int, Field(ge=-RESTOCK_MAX, le=RESTOCK_MAX, json_schema_extra={"not": {"const": 0}}), AfterValidator(_not_zero)
]


class _AdminRequest(Model):
    """A request of an admin. Members that are absent differ from members that are null."""

    model_config = ConfigDict(strict=True, frozen=True, validate_by_name=False)

    def as_sent(self) -> Json:
        """Return the members that were sent, by their JSON names, for the list of changes."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)

    def columns(self) -> Json:
        """Return the members that were sent, by the names of their columns."""
        return self.model_dump(exclude_unset=True)


class _Optional(_AdminRequest):
    """What a product may have. null clears it."""

    hold_seconds: int | None = Field(None, ge=1, le=HOLD_SECONDS_MAX, description="null: HOLD_SECONDS of the system")
    max_per_shopper: int | None = Field(None, ge=1, le=INTEGER_MAX, description="null: no limit")
    sale_starts_at: NewInstant | None = Field(None, description="null: no bound")
    sale_ends_at: NewInstant | None = Field(None, description="null: no bound. Must be later than saleStartsAt.")
    description: Description | None = Field(None, description="null: none")
    image_url: ImageUrl | None = None
    illustration: Illustration | None = Field(None, description="null: a parcel")


class NewProduct(_Optional):
    """A new product."""

    name: Name
    price: NewPrice
    total_stock: int = Field(ge=0, le=TOTAL_STOCK_MAX)
    currency: str = Field(
        "USD",
        pattern="^[A-Z]{3}$",
        description="A code of ISO 4217. It can't be changed later: reservations have prices in it.",
    )


def _without_defaults(schema: Json) -> None:
    for member in schema["properties"].values():
        member.pop("default", None)
    schema["minProperties"] = 1


class ProductChange(_Optional):
    """A change of a product. Members that are absent stay as they are; null clears a member."""

    model_config = ConfigDict(json_schema_extra=_without_defaults)

    name: Name = ""  # the default is never read: `columns` has only members that were sent
    price: NewPrice = Decimal()
    retired: bool = Field(
        False, description="true: the shop no longer lists the product, and its sale has ended. Running holds go on."
    )
    paused: bool = Field(
        False, description="true: a reserve is refused until it is false again. Running holds go on and can be paid."
    )

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("change", "must have at least one member")
        return self


class Restock(_AdminRequest):
    """Units to add to a product's stock, or to remove if negative."""

    quantity: Units = Field(examples=[10])


class ChangesQuery(Model):
    """The query parameters of the list of changes."""

    limit: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)
    before: int | None = Field(
        None, ge=1, le=BIG_INTEGER_MAX, description="List only changes older than the change with this id."
    )


class RefundsQuery(Model):
    """The query parameters of the list of refunds."""

    limit: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)
    before: str | None = Field(
        None, pattern=VISIBLE_ASCII, description="List only payments older than the one with this reference."
    )
    status: Literal["open", "settled"] | None = Field(
        None, description="Only refunds that nobody has dealt with, or only the others. Absent: all."
    )

    @property
    def is_open(self) -> bool | None:
        """Whether the listed refunds are open; None for all."""
        return None if self.status is None else self.status == "open"


class ListedProduct(Product):
    """A product as operators see it."""

    retired_at: Instant | None = Field(description="When it was retired; null if it is not.")

    @classmethod
    def of_listed(cls, row: products.Listed, hold_seconds: int) -> Self:
        """Return a product as the API shows it. `hold_seconds` applies if the product has no hold length."""
        shown = Product.of(row.product, hold_seconds)
        return cls(**dict(shown), retired_at=row.retired_at)


class Balance(Model):
    """A product's units: available, held and sold."""

    total: int
    available: int
    held: int = Field(description="Includes lapsed holds whose units have not returned to the stock rows.")
    sold: int


class Audit(Balance):
    """A product's units, computed from the stock rows and from the journal."""

    product_id: UUID
    name: str
    balanced: bool = Field(description="Whether total = available + held + sold in each stock row.")
    journal: Balance
    journal_agrees: bool = Field(description="Whether the journal gives the same units as the stock rows.")

    @classmethod
    def of(cls, row: journals.Audit) -> Self:
        """Return an audit as the API shows it."""
        return cls(
            product_id=row.product_id,
            name=row.name,
            balanced=row.balanced,
            journal=Balance(**asdict(row.journal)),
            journal_agrees=row.journal_agrees,
            **asdict(row.rows),
        )


class Change(Model):
    """A change that an admin made."""

    id: int
    made_at: Instant
    made_by: str = Field(description="The subject of the admin's token.")
    product_id: UUID
    product_name: str = Field(description="The product's name now.")
    action: Literal["create", "change", "restock", "release", "settle"]
    details: dict[str, Any] = Field(description="What the admin asked for.")

    @classmethod
    def of(cls, row: changes.Change) -> Self:
        """Return a change as the API shows it."""
        return cls(**asdict(row))


class Refund(Model):
    """A payment that must be refunded, because it completed no reservation."""

    payment_reference: str
    reservation_id: UUID
    amount: Price
    currency: str = Field(description="Of the amount: that of the product.")
    recorded_at: Instant
    settled_at: Instant | None = Field(description="When an admin said that it has been dealt with; null while open.")
    settled_by: str | None = Field(description="The subject of that admin's token; null while open.")

    @classmethod
    def of(cls, row: payments.Refund) -> Self:
        """Return a refund as the API shows it."""
        return cls(**asdict(row))
