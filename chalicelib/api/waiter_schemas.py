"""The models of the waiting lists."""

from dataclasses import asdict
from typing import Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from chalicelib.api.schemas import Instant, Model
from chalicelib.db import waiters
from chalicelib.db.reservations import QUANTITY_MAX
from chalicelib.db.waiters import WaiterStatus


class JoinRequest(Model):
    """A request to wait for units of a product."""

    model_config = ConfigDict(strict=True, frozen=True, validate_by_name=False)

    quantity: int = Field(ge=1, le=QUANTITY_MAX, examples=[1])


class Waiter(Model):
    """An entry in the waiting list of a product as it reads now."""

    id: UUID
    product_id: UUID
    product_name: str
    quantity: int
    status: WaiterStatus
    reason: Literal["limit-exceeded", "too-many-holds", "cooling-down", "sale-ended"] | None = Field(
        description="Why a PASSED_OVER entry could not be served, else null."
    )
    position: int | None = Field(description="The place in the line, from 1; null unless WAITING.")
    created_at: Instant
    ended_at: Instant | None = Field(description="When the entry left WAITING, else null.")
    reservation_id: UUID | None = Field(description="The reservation of an OFFERED entry, else null.")
    earliest_offer_at: Instant | None = Field(
        description="When enough running holds lapse for everybody up to this place, if none of them is paid; null if"
        " they have too few units."
    )

    @classmethod
    def of(cls, row: waiters.Waiter) -> Self:
        """Return an entry as the API shows it."""
        return cls(**asdict(row))
