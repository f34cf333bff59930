"""Replies of the admin routes that show a sale while it goes on, and afterwards."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field

from chalicelib.api.admin_schemas import ListedProduct, NewInstant
from chalicelib.api.schemas import Instant, Model
from chalicelib.db import products, sale, sale_report
from chalicelib.formats import Json

WINDOW_SECONDS = 60

Units = Annotated[int, Field(ge=0)]


class Lapses(Model):
    """Units of lapsed holds that returned to stock, by what expired the hold."""

    message: Units = 0
    sweep: Units = 0
    reclaim: Units = 0


class LastMinute(Model):
    """What happened to a product in the window, in units."""

    reserved: Units = 0
    reservations: int = Field(0, ge=0, description="The number of reservations that `reserved` units are in.")
    extended: Units = 0
    completed: Units = 0
    cancelled: Units = 0
    restocked: int = Field(0, description="Negative if more units were taken out than added.")
    expired: Lapses = Lapses()


class Lateness(Model):
    """How many seconds after the lapse of their holds units returned to stock. Shoppers could buy them at once."""

    median: float
    p90: float
    p99: float
    longest: float

    @classmethod
    def of(cls, row: sale.Delays | None) -> Self | None:
        """Return them as the API shows them."""
        return cls(median=row.median, p90=row.p90, p99=row.p99, longest=row.longest) if row else None


class SaleProduct(ListedProduct):
    """A product in a sale: where its units are, and what happened in the last minute."""

    in_stock: int = Field(description="Units in the stock rows. total = inStock + held + sold")
    held: int = Field(description="Includes the units of lapsed holds that are not yet expired.")
    lapsed: int = Field(description="The part of `held` that belongs to lapsed holds. Shoppers can buy these units.")
    sold: int
    last_minute: LastMinute
    refused: dict[str, Units] = Field(
        description="Reserve requests refused in the window, by reason, the most frequent first. Approximate: each"
        " execution environment counts them in memory and writes its counts at most once a second. The log is exact."
    )
    expiry_lateness: Lateness | None = Field(description="Of the holds expired in the window; null if there were none.")
    sold_out_in_seconds: float | None = Field(
        description="When no unit is left at the window's rate of reserved less returned units; null: never."
    )


class Connections(Model):
    """The sessions of the database server."""

    open: int
    allowed: int


class Sale(Model):
    """Every product while a sale goes on."""

    at: Instant
    window_seconds: int = Field(description="The length of the window of `lastMinute` and `refused`.")
    database_connections: Connections
    products: list[SaleProduct]


class ReportQuery(Model):
    """Which part of which sale a report is about."""

    product_id: UUID | None = Field(None, description="Only this product.")
    since: NewInstant | None = Field(None, description="Absent: everything. Bounds what is read.")
    until: NewInstant | None = Field(None, description="Absent: now.")


class Buyers(Model):
    """Who bought a product's units."""

    shoppers: int = Field(description="Shoppers who bought at least one unit, without anonymous ones.")
    units: int = Field(description="Units that these shoppers bought.")
    anonymous_units: int = Field(description="Units bought without a token: it is not known by how many people.")
    of_the_top: int = Field(description="Units of the shopper who bought the most.")
    of_the_top_ten: int = Field(description="Units of the ten shoppers who bought the most.")


class Addresses(Model):
    """The addresses that guest tokens were issued to. They are not kept with reservations, and only for an hour."""

    tokens: int
    addresses: int
    of_the_top: int = Field(description="Tokens of the address that got the most.")
    of_the_top_ten: int
    since: Instant | None = Field(description="The earliest minute that is still counted.")

    @classmethod
    def of(cls, row: sale_report.Addresses) -> Self:
        """Return them as the API shows them."""
        return cls(**asdict(row))


class Moment(Model):
    """What happened to a product in one part of the time, in units."""

    at: Instant = Field(description="When the part begins.")
    reserved: int
    completed: int
    returned: int = Field(description="Cancelled and expired.")


class ProductReport(Model):
    """The sale of one product, as the database knows it."""

    product_id: UUID
    name: str
    total: int = Field(description="Units of the product now: in stock, held and sold.")
    events: LastMinute = Field(description="What happened in the time of the report.")
    sell_through: float | None = Field(description="The share of the units that the time's completions sold.")
    first_reserved_at: Instant | None
    last_reserved_at: Instant | None
    sold_out_at: Instant | None = Field(description="When the stock rows first had no unit left.")
    seconds_to_sold_out: float | None = Field(description="From the first reservation.")
    expiry_lateness: Lateness | None
    buyers: Buyers | None
    timeline: list[Moment]


class Report(Model):
    """A sale, as the database knows it. All refusals and the order of requests are in the log."""

    since: Instant | None
    until: Instant
    addresses: Addresses
    products: list[ProductReport] = Field(description="Those with an event in the time.")


def lapses(events: list[sale.Events]) -> Lapses:
    """Return the expired units by what expired them."""
    return Lapses(**{one.by: one.units for one in events if one.event == "EXPIRED"})


def counted(events: list[sale.Events]) -> LastMinute:
    """Return the events of one product."""
    units = {name: sum(one.units for one in events if one.event == name) for name in _MEMBERS}
    made = sum(one.entries for one in events if one.event == "RESERVED")
    members = {member: units[name] for name, member in _MEMBERS.items()}
    return LastMinute(**members, reservations=made, expired=lapses(events))


_MEMBERS = {
    "RESERVED": "reserved",
    "EXTENDED": "extended",
    "COMPLETED": "completed",
    "CANCELLED": "cancelled",
    "RESTOCKED": "restocked",
}


def sold_out_in_seconds(available: int, window: LastMinute, seconds: int) -> float | None:
    """Return in how many seconds no unit is left at the rate of a window; None if the stock does not shrink."""
    expired = window.expired
    returned = window.cancelled + expired.message + expired.sweep + expired.reclaim
    rate = (window.reserved - returned) / seconds
    if available <= 0:
        return 0.0
    return round(available / rate, 1) if rate > 0 else None


def product_report(row: products.Listed, found: sale_report.Report) -> ProductReport:
    """Return the report of one product."""
    product_id, total = row.product.id, row.product.total_stock
    course = _one(found.courses, product_id)
    events = counted([one for one in found.events if one.product_id == product_id])
    buyers = _one(found.shoppers, product_id)
    return ProductReport(
        product_id=product_id,
        name=row.product.name,
        total=total,
        events=events,
        sell_through=round(events.completed / total, 4) if total else None,
        first_reserved_at=course.first_reserved_at,
        last_reserved_at=course.last_reserved_at,
        sold_out_at=course.sold_out_at,
        seconds_to_sold_out=_seconds_between(course.first_reserved_at, course.sold_out_at),
        expiry_lateness=Lateness.of(_one(found.delays, product_id)),
        buyers=buyers and Buyers(**_members(buyers)),
        timeline=[Moment(**_members(one)) for one in found.timeline if one.product_id == product_id],
    )


def _one(rows: list[Any], product_id: UUID) -> Any:
    return next((row for row in rows if row.product_id == product_id), None)


def _members(row: Any) -> Json:
    return {name: value for name, value in asdict(row).items() if name != "product_id"}


def _seconds_between(first: datetime | None, last: datetime | None) -> float | None:
    return (last - first).total_seconds() if first and last else None
