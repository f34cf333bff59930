"""Requests and replies of the admin routes, as closed and strict as the others."""

import re
import unicodedata
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.api.schemas import PAGE_DEFAULT, PAGE_MAX, VISIBLE_ASCII, Instant, Model, Price
from chalicelib.config import HOLD_SECONDS_MAX
from chalicelib.db import changes, payments
from chalicelib.db import journal as journals
from chalicelib.formats import Json

PRICE_MAX = Decimal("99999999.99")
TOTAL_STOCK_MAX = 10_000_000
RESTOCK_MAX = 1_000_000
INTEGER_MAX = 2_147_483_647  # of the database
BIG_INTEGER_MAX = 2**63 - 1
YEARS = range(1970, 9999)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def _visible(name: str) -> str:
    if "\x00" in name or all(unicodedata.category(character)[0] in "ZC" for character in name):
        raise PydanticCustomError("name", "must have something visible in it, and no NUL character")
    return name


def _price(value: object) -> Decimal:
    # As JSON has it: Python's booleans are numbers too, and a string never is. NaN is in no range.
    if type(value) in (int, float) and 0 <= value <= PRICE_MAX:  # type: ignore[operator] # which has them compare
        amount = Decimal(str(value))
        if amount == round(amount, 2):
            return amount
    raise PydanticCustomError("price", "must be a number from 0 to 99999999.99 with at most two decimals")


def _instant(value: object) -> datetime:
    try:
        if isinstance(value, str) and _INSTANT.fullmatch(value) and int(value[:4]) in YEARS:
            instant = datetime.fromisoformat(value.upper()).astimezone(UTC)
            return instant.replace(microsecond=instant.microsecond // 1000 * 1000)  # the API's precision
    except ValueError:
        pass  # a thirteenth month, for one
    raise PydanticCustomError(
        "instant", "must be a date and time with its zone, as 2026-11-27T09:00:00Z, in the years 1970 to 9998"
    )


def _not_zero(units: int) -> int:
    if units == 0:
        raise PydanticCustomError("units", "must not be 0")
    return units


Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_visible)]
NewPrice = Annotated[
    Price,
    PlainValidator(_price),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": float(PRICE_MAX), "description": "Two decimals."}),
]
NewInstant = Annotated[Instant, PlainValidator(_instant)]
Units = Annotated[
    int, Field(ge=-RESTOCK_MAX, le=RESTOCK_MAX, json_schema_extra={"not": {"const": 0}}), AfterValidator(_not_zero)
]


class _Asked(Model):
    """What an admin asks for."""

    model_config = ConfigDict(strict=True, frozen=True, validate_by_name=False)

    def asked_for(self) -> Json:
        """Return the members that were given, as they were given."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)

    def columns(self) -> Json:
        """Return the members that were given, by column."""
        return self.model_dump(exclude_unset=True)


class _Conditions(_Asked):
    hold_seconds: int | None = Field(None, ge=1, le=HOLD_SECONDS_MAX, description="null: the system's own")
    max_per_shopper: int | None = Field(None, ge=1, le=INTEGER_MAX, description="null: no limit")
    sale_starts_at: NewInstant | None = Field(None, description="null: no bound")
    sale_ends_at: NewInstant | None = Field(None, description="null: no bound; else later than saleStartsAt")


class NewProduct(_Conditions):
    """A product to put on sale."""

    name: Name
    price: NewPrice
    total_stock: int = Field(ge=0, le=TOTAL_STOCK_MAX)


def _without_defaults(schema: Json) -> None:
    for member in schema["properties"].values():
        member.pop("default", None)
    schema["minProperties"] = 1


class ProductChange(_Conditions):
    """What is to be different about a product: a member that is not given stays, null clears."""

    model_config = ConfigDict(json_schema_extra=_without_defaults)

    name: Name = ""  # where it is not given, nobody looks
    price: NewPrice = Decimal()

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("change", "must have something to change")
        return self


class Restock(_Asked):
    """Units to add to a product's stock, or to take out where negative."""

    quantity: Units


class ChangesQuery(Model):
    """Which changes to list."""

    limit: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)
    before: int | None = Field(None, ge=1, le=BIG_INTEGER_MAX, description="Only changes older than this one.")


class RefundsQuery(Model):
    """Which payments to list."""

    limit: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)
    before: str | None = Field(None, pattern=VISIBLE_ASCII, description="Only payments older than this one.")


class Balance(Model):
    """A product's units, by where they are."""

    total: int
    available: int
    held: int = Field(description="Lapsed holds included until their units are put back.")
    sold: int


class Audit(Balance):
    """A product's units as its rows have them, and as its journal tells."""

    product_id: UUID
    name: str
    balanced: bool = Field(description="In each stock row, total = available + held + sold.")
    journal: Balance
    journal_agrees: bool

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
    """Something that an admin changed."""

    id: int
    made_at: Instant
    made_by: str = Field(description="The subject of the admin's token.")
    product_id: UUID
    action: Literal["create", "change", "restock"]
    details: dict[str, Any] = Field(description="What was asked for.")

    @classmethod
    def of(cls, row: changes.Change) -> Self:
        """Return a change as the API shows it."""
        return cls(**asdict(row))


class Refund(Model):
    """A payment whose money must go back: it came after the lapse, and nothing was left."""

    payment_reference: str
    reservation_id: UUID
    amount: Price
    recorded_at: Instant

    @classmethod
    def of(cls, row: payments.Refund) -> Self:
        """Return a refund as the API shows it."""
        return cls(**asdict(row))
