"""The payment provider: who takes the money, and knows whether it was taken.

The order is reserve, pay, complete: the shopper holds units, pays at the provider, and then names the payment here.
A real provider takes the place of MockProvider and is asked over HTTP.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol
from uuid import UUID

DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Charge:
    """What a payment must be for: whoever pays for one reservation can't complete another with it."""

    reservation_id: UUID
    shopper_id: UUID
    amount: Decimal


class PaymentProvider(Protocol):
    """The service that takes the shoppers' money."""

    def confirms(self, reference: str | None, charge: Charge) -> bool:
        """Return whether the payment `reference` was made for exactly this charge; raise Busy if there is no answer.

        A provider must return False without a reference, and for a payment that was made for another reservation,
        shopper or amount.
        """


class MockProvider:
    """Stands for a provider: every payment was made, without a reference too, unless it begins with "declined"."""

    def confirms(self, reference: str | None, charge: Charge) -> bool:  # noqa: ARG002 - any charge was paid
        """Return whether the reference reads as paid."""
        return reference is None or not reference.startswith(DECLINED)


def current() -> PaymentProvider:
    """Return the provider of this execution environment."""
    return MockProvider()
