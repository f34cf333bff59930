"""What can go wrong, one class and one sentence each. Nothing here knows HTTP."""

from datetime import datetime
from uuid import UUID


class FlashSaleError(Exception):
    """Something went wrong in the flash sale."""

    def __str__(self) -> str:
        """Return what was passed, or the sentence of the class."""
        return super().__str__() or (self.__doc__ or "")


class ConfigurationError(FlashSaleError):
    """The configuration is incomplete or wrong."""


class InvalidRequest(FlashSaleError):
    """The request is not valid."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        """Take pairs of field and message."""
        super().__init__()
        self.errors = errors


class TooLarge(FlashSaleError):
    """The request body is larger than 4 KB."""


class UnsupportedMediaType(FlashSaleError):
    """The request body must be sent as application/json."""


class Unauthenticated(FlashSaleError):
    """This request needs a valid token."""


class Forbidden(FlashSaleError):
    """This token is valid, but not for this: admin paths need an admin's token, all others a shopper's."""


class NotFound(FlashSaleError):
    """There is nothing at this address, or it is not yours."""


class MethodNotAllowed(FlashSaleError):
    """This address does not take that method."""

    def __init__(self, allowed: list[str]) -> None:
        """Take the methods that it does take."""
        super().__init__()
        self.allowed = allowed


class InsufficientStock(FlashSaleError):
    """Fewer units are available than were asked for."""

    def __init__(self, quantity: int, available: int, next_release_at: datetime | None) -> None:
        """Take the units asked for, the units available, and when the next hold lapses."""
        super().__init__(f"Insufficient stock: {quantity} asked for, {available} available.")
        self.available = available
        self.next_release_at = next_release_at


class LimitExceeded(FlashSaleError):
    """This would be more of the product than one shopper may have."""

    def __init__(self, held: int, limit: int, reservation_id: UUID | None) -> None:
        """Take the units held and bought together, the limit, and the shopper's running hold if there is one."""
        hold = " You already hold this product." if reservation_id else ""
        super().__init__(f"At most {limit} for each shopper, held and bought together; you have {held}.{hold}")
        self.held = held
        self.limit = limit
        self.reservation_id = reservation_id


class TooManyHolds(FlashSaleError):
    """The shopper has as many running holds as one may have."""

    def __init__(self, active_holds: int, limit: int) -> None:
        """Take the number of running holds, and the limit."""
        super().__init__(f"At most {limit} holds at a time; you have {active_holds}. Complete or cancel one first.")
        self.active_holds = active_holds
        self.limit = limit


class CoolingDown(FlashSaleError):
    """The shopper let too many holds of this product lapse and has to wait a moment."""

    def __init__(self, lapses: int, until: datetime, seconds: float) -> None:
        """Take how many holds lapsed, when the wait is over, and how many seconds that is from now."""
        super().__init__(f"You let {lapses} holds of this product lapse; you can reserve it again in a moment.")
        self.lapses = lapses
        self.until = until
        self.seconds = seconds


class IdempotencyMismatch(FlashSaleError):
    """This idempotency key was used before with another body; use a new key for a new reservation."""


class TooManyRequests(FlashSaleError):
    """Too many requests from this address; try again later."""

    def __init__(self, seconds: float) -> None:
        """Take how long to wait."""
        super().__init__()
        self.seconds = seconds


class ExtensionLimit(FlashSaleError):
    """The hold can't be extended any further."""


class PaymentDeclined(FlashSaleError):
    """The payment provider does not confirm this payment; nothing was completed."""


class PaymentUsed(FlashSaleError):
    """This payment was already used for another reservation."""


class SaleNotOpen(FlashSaleError):
    """The sale of this product has not started or is over."""

    def __init__(self, starts_at: datetime | None, ends_at: datetime | None) -> None:
        """Take the sale's window; None where it has no bound."""
        super().__init__()
        self.starts_at = starts_at
        self.ends_at = ends_at


class NotActive(FlashSaleError):
    """The reservation has already ended."""

    def __init__(self, status: str, payment_reference: str | None = None) -> None:
        """Take the final status of the reservation, and the payment whose money must go back if there is one."""
        refund = " The payment must be refunded." if payment_reference else ""
        super().__init__(f"The reservation is {status} and can't be changed any more.{refund}")
        self.status = status
        self.payment_reference = payment_reference


class ReservationExpired(FlashSaleError):
    """The hold lapsed before this request; its units went back to stock."""


class RefundRequired(FlashSaleError):
    """The payment succeeded, but the hold had lapsed and can't be replaced; the payment must be refunded."""

    def __init__(self, payment_reference: str) -> None:
        """Take the payment whose money must go back."""
        super().__init__()
        self.payment_reference = payment_reference


class Busy(FlashSaleError):
    """The database can't be reached or did not answer in time; try again shortly."""


class Locked(Busy):
    """Another request keeps what this one needs locked; try again shortly."""


class MalformedMessage(FlashSaleError):
    """The message does not name a reservation."""


class NotPublished(FlashSaleError):
    """The event bus did not take all of the events."""
