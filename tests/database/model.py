"""The life of reservations in Python: what every shopper, admin, message and tick of the clock must lead to.

It knows no slots, locks or jobs. A hold past its lapse is over, whoever puts its units back and whenever.
"""

from dataclasses import dataclass, field
from uuid import UUID

HOLD_SECONDS = 1_000
LIMIT = 3  # units of a product for each shopper


@dataclass
class Hold:
    """A reservation as the model has it."""

    id: UUID
    product_id: UUID
    shopper_id: UUID
    quantity: int
    lapses_at: int
    status: str = "ACTIVE"
    extended: bool = False
    paid: bool = False  # a payment for it bought it, or its replacement


@dataclass
class Model:
    """Products, reservations and the time in seconds."""

    totals: dict[UUID, int]
    now: int = 0
    holds: dict[UUID, Hold] = field(default_factory=dict)

    def status(self, hold: Hold) -> str:
        """Return how a reservation reads now."""
        return "EXPIRED" if hold.status == "ACTIVE" and self.now >= hold.lapses_at else hold.status

    def has(self, product_id: UUID, shopper_id: UUID | None = None) -> int:
        """Return the units held and sold of a product, of all shoppers or of one."""
        return sum(
            hold.quantity
            for hold in self.holds.values()
            if hold.product_id == product_id
            and shopper_id in (None, hold.shopper_id)
            and self.status(hold) in ("ACTIVE", "COMPLETED")
        )

    def available(self, product_id: UUID) -> int:
        """Return the units that can be had now."""
        return self.totals[product_id] - self.has(product_id)

    def refusal(self, product_id: UUID, shopper_id: UUID, quantity: int) -> str | None:
        """Return why so many units can't be had by a shopper now, or None."""
        if self.has(product_id, shopper_id) + quantity > LIMIT:
            return "LimitExceeded"
        return "InsufficientStock" if self.available(product_id) < quantity else None

    def reserve(self, made: Hold) -> None:
        """Add a reservation."""
        self.holds[made.id] = made

    def end(self, hold: Hold, status: str) -> str:
        """Complete or cancel a hold if it is running, or if it has ended so already; return the outcome."""
        if self.status(hold) == "ACTIVE":
            hold.status = status
        return {status: "done", "EXPIRED": "ReservationExpired"}.get(self.status(hold), "NotActive")

    def extend(self, hold: Hold) -> str:
        """Extend a running hold once; return the outcome."""
        match self.status(hold):
            case "EXPIRED":
                return "ReservationExpired"
            case "ACTIVE" if hold.extended:
                return "ExtensionLimit"
            case "ACTIVE":
                hold.extended, hold.lapses_at = True, hold.lapses_at + HOLD_SECONDS
                return "done"
        return "NotActive"

    def pay(self, hold: Hold) -> str:
        """Settle a payment; return "completed", "replaced" (the caller adds the replacement), or the refusal."""
        if hold.paid:
            return "RefundRequired" if self.status(hold) == "EXPIRED" else "NotActive"
        match self.status(hold):
            case "ACTIVE":
                hold.status, hold.paid = "COMPLETED", True
                return "completed"
            case "EXPIRED" if self.refusal(hold.product_id, hold.shopper_id, hold.quantity) is None:
                hold.paid = True
                return "replaced"
            case "EXPIRED":
                return "RefundRequired"
        return "NotActive"

    def restock(self, product_id: UUID, units: int) -> str:
        """Add units or take some out; return the outcome."""
        if self.available(product_id) + units < 0:
            return "InsufficientStock"
        self.totals[product_id] += units
        return "done"
