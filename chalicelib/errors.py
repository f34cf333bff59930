"""What can go wrong, one class and one sentence each. Nothing here knows HTTP."""

from datetime import datetime


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
    """This request needs a valid shopper token."""


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


class SaleNotOpen(FlashSaleError):
    """The sale of this product has not started or is over."""

    def __init__(self, starts_at: datetime | None, ends_at: datetime | None) -> None:
        """Take the sale's window; None where it has no bound."""
        super().__init__()
        self.starts_at = starts_at
        self.ends_at = ends_at


class NotActive(FlashSaleError):
    """The reservation has already ended."""

    def __init__(self, status: str) -> None:
        """Take the final status of the reservation."""
        super().__init__(f"The reservation is {status} and can't be changed any more.")
        self.status = status


class ReservationExpired(FlashSaleError):
    """The hold lapsed before this request; its units went back to stock."""


class Busy(FlashSaleError):
    """The database can't be reached or did not answer in time; try again shortly."""


class MalformedMessage(FlashSaleError):
    """The message does not name a reservation."""
