"""The errors of the system. A docstring is the default message. `api/problems.py` maps errors to HTTP."""

import math
from datetime import datetime
from uuid import UUID


class FlashSaleError(Exception):
    """The flash sale reported an error."""

    def __str__(self) -> str:
        """Return the message that was passed, or else the docstring of the class."""
        return super().__str__() or (self.__doc__ or "")


class ConfigurationError(FlashSaleError):
    """A setting is missing or wrong."""


class InvalidRequest(FlashSaleError):
    """The request is not valid."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        """`errors` are pairs of field and message."""
        super().__init__()
        self.errors = errors


class TooLarge(FlashSaleError):
    """The request body is larger than 32 KB."""


class UnsupportedMediaType(FlashSaleError):
    """The request body must be sent as application/json."""


class Unauthenticated(FlashSaleError):
    """The request needs a valid token. Send it in the header Authorization: Bearer <token>."""


class Forbidden(FlashSaleError):
    """The token does not allow this: admin paths need an admin token, all other paths a shopper token."""


class NotFound(FlashSaleError):
    """Nothing was found here, or it belongs to another shopper."""


class MethodNotAllowed(FlashSaleError):
    """This path does not support the method; the header Allow lists the methods that it supports."""

    def __init__(self, allowed: list[str]) -> None:
        """`allowed` are the methods that the path supports."""
        super().__init__()
        self.allowed = allowed


class InsufficientStock(FlashSaleError):
    """Fewer units are available than were requested."""

    def __init__(self, quantity: int, available: int, next_release_at: datetime | None) -> None:
        """`quantity` units were requested, `available` are available, and the next hold lapses at `next_release_at`."""
        super().__init__(f"Insufficient stock: {quantity} requested, {available} available.")
        self.available = available
        self.next_release_at = next_release_at


class LimitExceeded(FlashSaleError):
    """One shopper may not have this many units of the product."""

    def __init__(self, held: int, limit: int, reservation_id: UUID | None) -> None:
        """`held` counts units held, bought and waited for; `reservation_id` is a running hold, if there is one."""
        hold = " You already hold this product: complete or cancel that hold first." if reservation_id else ""
        super().__init__(
            f"A shopper may hold, buy and wait for at most {limit} units of this product, counted together;"
            f" you have {held}.{hold}"
        )
        self.held = held
        self.limit = limit
        self.reservation_id = reservation_id


class TooManyHolds(FlashSaleError):
    """The shopper already has the largest allowed number of running holds, places in waiting lists included."""

    def __init__(self, active_holds: int, limit: int) -> None:
        """`active_holds` holds are running or waited for; `limit` are allowed."""
        super().__init__(
            f"At most {limit} holds at a time, places in waiting lists included; you have {active_holds}."
            " Complete or cancel a hold, or leave a waiting list, first."
        )
        self.active_holds = active_holds
        self.limit = limit


class CoolingDown(FlashSaleError):
    """The shopper let too many holds lapse, or cancelled too many, and must wait before the next one."""

    def __init__(self, lapses: int, until: datetime, seconds: float) -> None:
        """`lapses` holds lapsed or were cancelled; the shopper may reserve at `until`, which is `seconds` from now."""
        super().__init__(
            f"You let {lapses} holds lapse or cancelled too many. Wait {math.ceil(seconds)} s before you reserve again."
        )
        self.lapses = lapses
        self.until = until
        self.seconds = seconds


class IdempotencyMismatch(FlashSaleError):
    """This idempotency key was used with another body; use a new key for a new reservation."""


class TooManyRequests(FlashSaleError):
    """Too many requests from this address; try again later."""

    def __init__(self, seconds: float) -> None:
        """The next request is allowed in `seconds`."""
        super().__init__()
        self.seconds = seconds


class TooManyAtOnce(FlashSaleError):
    """Too many requests of this shopper are waiting for each other; try again shortly."""


class ExtensionLimit(FlashSaleError):
    """The hold can't be extended any further."""

    def __init__(self, *, others_wait: bool) -> None:
        """While others wait for the product, a hold can be extended once at most."""
        why = " Others wait for this product, so a hold of it can be extended once at most." if others_wait else ""
        super().__init__(f"The hold can't be extended any further.{why}")
        self.others_wait = others_wait


class ExtensionTooEarly(FlashSaleError):
    """A hold can be extended only shortly before it lapses."""

    def __init__(self, extendable_at: datetime, seconds: float) -> None:
        """The hold can be extended from `extendable_at` on, which is `seconds` from now."""
        super().__init__(f"The hold can be extended in {max(1, math.ceil(seconds))} s, shortly before it lapses.")
        self.extendable_at = extendable_at
        self.seconds = seconds


class PaymentDeclined(FlashSaleError):
    """The payment provider did not confirm the payment; the reservation was not completed."""


class PaymentUsed(FlashSaleError):
    """This payment was made for another reservation."""


class SaleNotOpen(FlashSaleError):
    """The sale of this product has not started or has ended."""

    def __init__(self, starts_at: datetime | None, ends_at: datetime | None) -> None:
        """`starts_at` and `ends_at` are the sale window; None is no bound."""
        super().__init__()
        self.starts_at = starts_at
        self.ends_at = ends_at


class SalePaused(FlashSaleError):
    """The sale of this product is paused; try again later."""


class InStock(FlashSaleError):
    """The units can be reserved now; nobody needs to wait for them."""

    def __init__(self, available: int) -> None:
        """`available` units can be reserved."""
        super().__init__()
        self.available = available


class AlreadyWaiting(FlashSaleError):
    """The shopper waits for another quantity of this product already; leave the waiting list first."""

    def __init__(self, waiter_id: UUID, quantity: int) -> None:
        """`waiter_id` is the entry, which waits for `quantity` units."""
        super().__init__(f"You wait for {quantity} units of this product already. Leave the waiting list first.")
        self.waiter_id = waiter_id
        self.quantity = quantity


class WaitingListFull(FlashSaleError):
    """The waiting list of this product is full."""

    def __init__(self, limit: int) -> None:
        """At most `limit` shoppers wait for a product."""
        super().__init__(f"The waiting list of this product is full: {limit} shoppers wait. Try again later.")
        self.limit = limit


class TooManyJoins(FlashSaleError):
    """A shopper may join waiting lists 20 times an hour; try again later."""


class NotWaiting(FlashSaleError):
    """The entry is not in the waiting list any more."""

    def __init__(self, status: str, reservation_id: UUID | None) -> None:
        """`status` is the final status; `reservation_id` is the hold of an OFFERED entry."""
        hold = " Cancel the reservation if you do not want it." if reservation_id else ""
        super().__init__(f"The entry is {status}, which is final.{hold}")
        self.status = status
        self.reservation_id = reservation_id


class NotActive(FlashSaleError):
    """The reservation has already ended."""

    def __init__(self, status: str, payment_reference: str | None = None) -> None:
        """`status` is the final status; `payment_reference` is the payment that must be refunded, if there is one."""
        refund = " The payment must be refunded." if payment_reference else ""
        super().__init__(f"The reservation is {status}, which is final.{refund}")
        self.status = status
        self.payment_reference = payment_reference


class ReservationExpired(FlashSaleError):
    """The hold lapsed before this request; its units are available again."""


class RefundRequired(FlashSaleError):
    """The payment succeeded, but the hold had lapsed and no replacement is possible; the payment must be refunded."""

    def __init__(self, payment_reference: str) -> None:
        """`payment_reference` is the payment that must be refunded."""
        super().__init__()
        self.payment_reference = payment_reference


class Busy(FlashSaleError):
    """The database did not answer in time; try again shortly."""


class Locked(Busy):
    """Another request holds a lock that this one needs; try again shortly."""


class MalformedMessage(FlashSaleError):
    """The message does not name a reservation."""


class NotPublished(FlashSaleError):
    """The event bus did not accept all of the events."""
