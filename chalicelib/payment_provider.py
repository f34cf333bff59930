"""The payment provider, which takes the money and confirms payments.

The shopper reserves units, pays at the provider, and completes the reservation with the reference of the payment.
Completion always asks the provider. To use a real provider, replace MockProvider by a class that calls it over HTTP.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol
from uuid import UUID

DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Charge:
    """What a payment must be for. A payment for one reservation can't complete another."""

    reservation_id: UUID
    shopper_id: UUID
    amount: Decimal
    currency: str  # ISO 4217


class PaymentProvider(Protocol):
    """A service that takes payments."""

    def confirms(self, reference: str | None, charge: Charge) -> bool:
        """Return whether the payment `reference` was made for exactly this charge.

        A real provider returns False if there is no reference, and if the payment was made for another reservation,
        shopper, amount or currency. Raises Busy if the provider does not answer.
        """


class MockProvider:
    """Confirms every payment, even one without a reference, unless the reference begins with "declined"."""

    def confirms(self, reference: str | None, charge: Charge) -> bool:  # noqa: ARG002 - confirms any charge
        """Return False if the reference begins with "declined", else True."""
        return reference is None or not reference.startswith(DECLINED)


def current() -> PaymentProvider:
    """Return the provider of this execution environment."""
    return MockProvider()
