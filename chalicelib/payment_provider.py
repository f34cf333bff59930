"""The payment provider: who takes the money, and knows whether it was taken.

The order of things is reserve, pay, complete: the shopper holds units, pays at the provider, and then names the
payment here. In this place a real provider is asked over HTTP.
"""

from decimal import Decimal
from typing import Protocol

DECLINED = "declined"


class PaymentProvider(Protocol):
    """Whoever takes the shoppers' money."""

    def confirms(self, reference: str, amount: Decimal) -> bool:
        """Tell whether the payment `reference` was made, of exactly `amount`; raise Busy if there is no answer.

        Asked outside any transaction: an answer may take seconds.
        """


class MockProvider:
    """Stands for a provider: every payment was made, save those whose reference begins with "declined"."""

    def confirms(self, reference: str, amount: Decimal) -> bool:  # noqa: ARG002 - whatever was asked for was paid
        """Tell whether the reference reads as paid."""
        return not reference.startswith(DECLINED)


def current() -> PaymentProvider:
    """Return the provider of this execution environment."""
    return MockProvider()
